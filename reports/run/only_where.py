"""Tells which findings show only where the input has some notation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field

from reports.events.events import CaseFinished

# Each notation must show in this many messages: in one, it may as well be the content.
LEAST_MESSAGES = 2
# More notations than this are not listed; the fault is then hardly one of notation.
MOST_LISTED = 5

_Place = tuple[str, str, str]


@dataclass
class _Shown:
    """The cases that show a finding; `messages` has the first few of each notation."""

    cases: Counter[tuple[_Place, str]] = field(default_factory=Counter)
    messages: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    last: str = ""


class NotationTally:
    """Counts the cases asked, and those that show a finding, by the notation of their input.

    What shows in the usual notation too is forgotten, so that memory does not grow with the run.
    """

    def __init__(self) -> None:
        self._asked: Counter[tuple[_Place, str]] = Counter()
        self._all: Counter[_Place] = Counter()
        self._shown: dict[Hashable, _Shown | None] = {}

    def asked(self, case: CaseFinished) -> None:
        """Count a case that was asked."""
        self._asked[_place(case), case.notation] += 1
        self._all[_place(case)] += 1

    def shows(self, what: Hashable, case: CaseFinished) -> None:
        """Count a finding of a case; `what` is what such findings have in common."""
        if not case.notation:
            self._shown[what] = None
        shown = self._shown.setdefault(what, _Shown())
        if shown is None or shown.last == case.id:
            return
        shown.last = case.id
        shown.cases[_place(case), case.notation] += 1
        messages = shown.messages.setdefault(case.notation, set())
        if len(messages) < LEAST_MESSAGES:
            messages.add((case.message, case.id.rpartition(".")[2]))

    def only(self, what: Hashable) -> tuple[str, ...]:
        """The notations of which every case shows it, if no case of another notation does."""
        shown = self._shown.get(what)
        if shown is None or len(shown.messages) > MOST_LISTED:
            return ()
        if any(len(found) < LEAST_MESSAGES for found in shown.messages.values()):
            return ()
        asked: Counter[_Place] = Counter()
        for place in {place for place, _ in shown.cases}:
            for notation in shown.messages:
                if shown.cases[place, notation] != self._asked[place, notation]:
                    return ()
                asked[place] += self._asked[place, notation]
        is_told_apart = any(self._all[place] > number for place, number in asked.items())
        return tuple(shown.messages) if is_told_apart else ()


def _place(case: CaseFinished) -> _Place:
    return case.message, case.suite, case.direction
