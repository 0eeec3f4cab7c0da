"""The results of a mailbox audit, from which all its reports are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Problem:
    """A problem with a file or its pair; blocking, or a note.

    `other` is the file it conflicts with, `rule` the broken rule of the switch, `at` when (`send`
    or `receive`, and a day or time), `moved` why a deadline was moved.
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
    """The figures of an audit; `codes` has the number of blocking findings and of notes.

    `asked` counts heenberichten, however many files each takes; `answered` those with a return
    message in their release.
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
        """The number of problems."""
        return sum(blocking for blocking, _ in self.codes.values())

    @property
    def notes(self) -> int:
        """The number of notes."""
        return sum(telling for _, telling in self.codes.values())

    @property
    def outcome(self) -> str:
        """`red` if there is a problem, else `good`."""
        return "red" if self.problems else "good"

    @property
    def exit_code(self) -> int:
        """1 if there is a problem, else 0."""
        return int(self.problems > 0)


class Audit(Protocol):
    """A finished audit; its results are read one by one, as there may be many."""

    @property
    def summary(self) -> PairsSummary:
        """The figures of the audit."""

    def problems(self, code: str = "", most: int = -1) -> Iterator[Problem]:
        """The problems, optionally of one code, in the order of the reports; at most `most`."""

    def partners(self, most: int = -1) -> Iterator[Partner]:
        """The partners, those with the most problems first; at most `most`."""
