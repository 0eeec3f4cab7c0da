"""What the audit of a mailbox found: the values from which all its reports are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file or with the pair that it belongs to; blocking, or only told.

    `other` is the file that it is wrong beside, `rule` the rule of the switch that is broken, `at`
    when (`send` or `receive`, and a day or a time), `moved` why a deadline was another one.
    """

    code: str
    blocking: bool
    evidence: str
    message: str
    release: str
    gemeente: str
    aanbieder: str
    identification: str
    date: str
    file: str
    other: str
    rule: str
    at: str
    moved: str
    found: str


@dataclass(frozen=True)
class Partner:
    """A gemeente and an aanbieder that exchange messages, with their problems by code."""

    gemeente: str
    aanbieder: str
    messages: int
    asked: int
    answered: int
    problems: int
    notes: int
    codes: Mapping[str, int]


@dataclass(frozen=True)
class PairsSummary:
    """An audit in figures; `codes` has for each finding how many block and how many only tell.

    `asked` counts heenberichten, however many files one takes, `answered` those with a return
    message of their release.
    """

    version: str
    mailbox: str
    switch: str
    overrides: int
    overrides_used: int
    with_times: bool
    files: int
    messages: int
    asked: int
    answered: int
    partners: int
    codes: Mapping[str, tuple[int, int]]

    @property
    def problems(self) -> int:
        """How many problems there are."""
        return sum(blocking for blocking, _ in self.codes.values())

    @property
    def notes(self) -> int:
        """How many findings only tell something."""
        return sum(telling for _, telling in self.codes.values())

    @property
    def outcome(self) -> str:
        """`red` where there is a problem, else `good`."""
        return "red" if self.problems else "good"

    @property
    def exit_code(self) -> int:
        """1 where there is a problem, else 0."""
        return int(self.problems > 0)


class Audit(Protocol):
    """An audit that was done; what it found is read one by one, as it may be much."""

    @property
    def summary(self) -> PairsSummary:
        """The audit in figures."""

    def problems(self, code: str = "", most: int = -1) -> Iterator[Problem]:
        """The problems, or those of a code, by code, parties and message; at most so many."""

    def partners(self, most: int = -1) -> Iterator[Partner]:
        """The partners, those with the most problems first; at most so many."""
