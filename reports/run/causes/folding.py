"""Folds findings into their causes: what follows from something else is told with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from reports.run.causes.causes import KINDS, Cause
from reports.run.causes.consequences import followed
from reports.run.causes.levels import level_of, rank
from reports.run.causes.many_at_once import many_at_once
from reports.run.causes.moved_together import moved
from reports.run.causes.same_cause import keys_of

# So many causes are folded, the most frequent ones; the others stand by themselves.
MOST_FOLDED = 400
_SEEN_FROM_THE_OTHER = {"in": "from", "from": "in", "swapped": "swapped", "as": "as"}


def folded(found: Sequence[Cause]) -> tuple[Cause, ...]:
    """The causes, those that explain most first, each with what follows from it."""
    first, rest = found[:MOST_FOLDED], found[MOST_FOLDED:]
    declared = [cause for cause in first if cause.kind == "declared"]
    others = [cause for cause in first if cause.kind != "declared"]
    causes = [*_Groups(others).causes(), *_Groups(declared).causes(), *rest]
    return tuple(sorted(causes, key=lambda cause: (KINDS.index(cause.effect), -cause.total)))


class _Groups:
    """Causes that are put together, each group below the one that explains most."""

    def __init__(self, found: Sequence[Cause]) -> None:
        self.found = sorted(found, key=rank)
        self.numbers = {id(cause): number for number, cause in enumerate(self.found)}
        self.above = list(range(len(found)))
        # How the value of the first moved to the second.
        self.moved: dict[tuple[int, int], str] = {}
        roots = self._fold_consequences()
        self._fold_same(roots)
        self._fold_moved(roots)
        for many in many_at_once(roots):
            for other in many[1:]:
                self._join(many[0], other)

    def _top(self, number: int) -> int:
        while self.above[number] != number:
            number = self.above[number]
        return number

    def _join(self, one: Cause, other: Cause) -> None:
        first, second = sorted(self._top(self.numbers[id(item)]) for item in (one, other))
        self.above[second] = first

    def _fold_consequences(self) -> list[Cause]:
        """Put each cause below what it follows from; returns those that follow from nothing."""
        for number, cause in enumerate(self.found):
            parent = followed(cause, self.found) if level_of(cause) else None
            if parent and self._top(self.numbers[id(parent)]) != number:
                self.above[number] = self.numbers[id(parent)]
        return [cause for number, cause in enumerate(self.found) if self.above[number] == number]

    def _fold_same(self, roots: Iterable[Cause]) -> None:
        """Put the same field, or the same refusal, in several types and directions together."""
        first: dict[tuple[str, ...], Cause] = {}
        for cause in roots:
            for key in keys_of(cause, level_of(cause)):
                self._join(first.setdefault(key, cause), cause)

    def _fold_moved(self, roots: Iterable[Cause]) -> None:
        """Put fields of one record together if the value of one stands in the other."""
        fields = [cause for cause in roots if level_of(cause) == "field"]
        for one, other in combinations(fields, 2):
            if how := moved(one, other):
                self._join(one, other)
                self.moved[self.numbers[id(one)], self.numbers[id(other)]] = how

    def causes(self) -> list[Cause]:
        """The causes with what follows from each."""
        below: dict[int, list[int]] = {}
        for number in range(len(self.found)):
            below.setdefault(self._top(number), []).append(number)
        return [self._cause(top, members) for top, members in below.items()]

    def _cause(self, top: int, members: Sequence[int]) -> Cause:
        """A cause with what follows from it, first the field with which its value moved."""
        how, partner = self._moved_with(top)
        order = sorted(
            (number for number in members if number != top),
            key=lambda number: (number != partner, number),
        )
        follows = tuple(self.found[number] for number in order)
        return replace(self.found[top], follows=follows, moved=how)

    def _moved_with(self, top: int) -> tuple[str, int]:
        """How a value moved, and the field with which it did."""
        for (one, other), how in self.moved.items():
            if top == one:
                return how, other
            if top == other:
                return _SEEN_FROM_THE_OTHER[how], one
        return "", top
