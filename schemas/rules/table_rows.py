"""What the rows of the rule tables say: rules, how they are judged, and what is kept for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.facts.message_types import MessageType
from schemas.rules.expression import Expression
from schemas.rules.registers.history import ADD, FORGET, KEEP, LATEST, LEAST, WITHDRAW

RELEASES = ("2.0", "2.1")
LEVELS = ("in-message", "condition", "constraint", "cross-message", "external", "schema")
RULE, SCHEMA, NOTHING = "rule", "schema", "nothing"
TESTED_BY = (RULE, SCHEMA, NOTHING)
FIRST, HERE, NEXT = "first", "here", "next message"
# What was sent stays in its register, whatever becomes of the message.
SENT = "sent"
ACTIONS = (KEEP, ADD, LEAST, LATEST, FORGET, WITHDRAW, SENT)


@dataclass(frozen=True)
class Rule:
    """A business rule; by release its return codes (`|` between alternatives) and evidence."""

    name: str
    also: tuple[str, ...]
    level: str
    messages: str
    meaning: Mapping[str, str]
    retour: Mapping[str, str]
    evidence: Mapping[str, str]
    tested_by: str
    findings: tuple[str, ...]
    because: Mapping[str, str]
    where: str


@dataclass(frozen=True)
class Judgement:
    """How a rule is judged at one class; `element` is where a finding of it is.

    `retour` are its return codes by release, of those of the rule.
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
    where: str


@dataclass(frozen=True)
class Entry:
    """What a class enters in a register, by which key, and from when it counts.

    `by` is the age of a value of which the latest counts.
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
        """How it is held in its register."""
        return KEEP if self.action == SENT else self.action


@dataclass(frozen=True)
class Dated:
    """The element that dates messages of some types, and their rank within a day."""

    messages: tuple[MessageType, ...]
    element: str
    rank: int
    where: str


@dataclass(frozen=True)
class RuleTables:
    """All rows, rules by name."""

    rules: Mapping[str, Rule]
    judgements: tuple[Judgement, ...]
    entries: tuple[Entry, ...]
    dates: tuple[Dated, ...]

    def rule(self, name: str) -> Rule | None:
        """The rule of a name, or of one that it had before."""
        wanted = name.upper()
        return next((r for r in self.rules.values() if wanted in (r.name, *r.also)), None)
