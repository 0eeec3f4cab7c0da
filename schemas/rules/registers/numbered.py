"""What was entered under one key, found by its numbers however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import product
from typing import Any, Generic, TypeVar

# What stands for a number that the release of a message has no place for.
UNSAID = object()
# So few are looked through sooner than they are found.
_FEW = 16
Numbers = tuple[Any, ...]
# The places of the numbers that are said, and by those numbers what was entered, with its place.
_Places = tuple[int, ...]
T = TypeVar("T")
_By = dict[Numbers, list[tuple[int, T]]]


class Numbered(Generic[T]):
    """Items in the order in which they came, each with numbers, of which some may be unsaid."""

    __slots__ = ("_all", "_by", "_said")

    def __init__(self) -> None:
        self._all: list[tuple[Numbers, T]] = []
        # By the places that an item says those of its numbers that are asked for.
        self._by: dict[_Places, dict[_Places, _By[T]]] = {}
        self._said: dict[_Places, list[int]] = {}

    def add(self, numbers: Numbers, item: T) -> None:
        """Put an item behind the others."""
        self._all.append((numbers, item))
        count = len(self._all)
        if count > _FEW:
            for place in range(0 if count == _FEW + 1 else count - 1, count):
                self._index(place)

    def _index(self, place: int) -> None:
        numbers, item = self._all[place]
        said = _said(numbers)
        self._said.setdefault(said, []).append(place)
        for asked, found in self._by.get(said, {}).items():
            found.setdefault(_some(numbers, asked), []).append((place, item))

    def newest_first(self, numbers: Numbers) -> Iterator[T]:
        """All items but those of which a number that both say is another one."""
        if len(self._all) <= _FEW:
            return (item for _, item in reversed(self._all))
        wanted = _said(numbers)
        found = [group for said in self._said for group in self._groups(said, wanted, numbers)]
        return (item for _, item in merge(*map(reversed, found), key=lambda one: -one[0]))

    def _groups(
        self, said: _Places, wanted: _Places, numbers: Numbers
    ) -> Iterator[list[tuple[int, T]]]:
        if len(said) == len(wanted) == len(numbers):
            # All is said by both, so that no number is as good as another one.
            yield self._found(said, said).get(numbers, [])
            return
        both = tuple(place for place in wanted if place in said and numbers[place] is not None)
        known = self._found(said, both)
        for some in product(*((numbers[place], None) for place in both)):
            yield known.get(some, [])

    def _found(self, said: _Places, asked: _Places) -> _By[T]:
        """What says some numbers, by those of them that are asked for; made when it first is."""
        found = self._by.setdefault(said, {}).get(asked)
        if found is None:
            found = self._by[said][asked] = {}
            for place in self._said[said]:
                numbers, item = self._all[place]
                found.setdefault(_some(numbers, asked), []).append((place, item))
        return found


def _said(numbers: Numbers) -> _Places:
    return tuple(place for place, number in enumerate(numbers) if number is not UNSAID)


def _some(numbers: Numbers, places: _Places) -> Numbers:
    return tuple(numbers[place] for place in places)
