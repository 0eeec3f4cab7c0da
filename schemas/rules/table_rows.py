"""Row types of the rule tables: judgements, register entries and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.facts.message_types import MessageType
from schemas.rules.expression import Expression
from schemas.rules.registers.history import ADD, FORGET, KEEP, LATEST, LEAST, WITHDRAW
from schemas.rules.rule_rows import Rule

FIRST, HERE, NEXT = "first", "here", "next message"
# The entry stays in its register even if its message is returned or refused.
SENT = "sent"
ACTIONS = (KEEP, ADD, LEAST, LATEST, FORGET, WITHDRAW, SENT)


@dataclass(frozen=True)
class Judgement:
    """A row of judgements.csv: how a rule is evaluated at a class.

    `element` is where a finding is reported. `retour` holds the return codes by release: some or
    all of those of the rule; `evidence_retour` grades them, where they are less sure than the rule.
    """

    rule: Rule
    messages: tuple[MessageType, ...]
    releases: tuple[str, ...]
    at: str
    element: str
    expected: str
    expression: Expression
    retour: Mapping[str, str]
    evidence: str
    evidence_retour: str
    where: str


@dataclass(frozen=True)
class EntryRow:
    """A row of registers.csv: what a class records in a register.

    `key` identifies the entry, `counts_from` says from when it counts, and `by` orders the values
    where the latest one counts.
    """

    register: str
    kind: str
    messages: tuple[MessageType, ...]
    releases: tuple[str, ...]
    at: str
    when: Expression | None
    key: tuple[Expression, ...]
    action: str
    value: Expression | None
    by: Expression | None
    counts_from: str
    where: str

    @property
    def held(self) -> str:
        """The action with which the register stores it."""
        return KEEP if self.action == SENT else self.action


@dataclass(frozen=True)
class DateRow:
    """A row of dates.csv: the element that dates messages, and their rank within a day."""

    messages: tuple[MessageType, ...]
    element: str
    rank: int
    where: str


@dataclass(frozen=True)
class RuleTables:
    """All rows of the rule tables; rules are keyed by name."""

    rules: Mapping[str, Rule]
    judgements: tuple[Judgement, ...]
    entries: tuple[EntryRow, ...]
    dates: tuple[DateRow, ...]

    def rule(self, name: str) -> Rule | None:
        """Return the rule with this name or former name, in any case; None if there is none."""
        wanted = name.upper()
        return next((r for r in self.rules.values() if wanted in (r.name, *r.also)), None)
