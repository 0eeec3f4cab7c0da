"""Entries under one key, indexed by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import product
from typing import Any, Generic, TypeVar

# A number that the release of the message cannot express.
UNSUPPORTED = object()
# Up to this many items a scan is faster than the index.
_SCAN_LIMIT = 16
Numbers = tuple[Any, ...]
# The indexes of the stated numbers; the items by those numbers, each with its own index.
_Indexes = tuple[int, ...]
T = TypeVar("T")
_Lookup = dict[Numbers, list[tuple[int, T]]]


class Numbered(Generic[T]):
    """Items in order of arrival, each with numbers of which some may be UNSUPPORTED."""

    __slots__ = ("_all", "_by", "_stated")

    def __init__(self) -> None:
        self._all: list[tuple[Numbers, T]] = []
        # By the indexes that an item states, then by those of them that a query asks for.
        self._by: dict[_Indexes, dict[_Indexes, _Lookup[T]]] = {}
        self._stated: dict[_Indexes, list[int]] = {}

    def add(self, numbers: Numbers, item: T) -> None:
        """Append an item."""
        self._all.append((numbers, item))
        count = len(self._all)
        if count > _SCAN_LIMIT:
            for place in range(0 if count == _SCAN_LIMIT + 1 else count - 1, count):
                self._index(place)

    def _index(self, place: int) -> None:
        numbers, item = self._all[place]
        stated = _stated(numbers)
        self._stated.setdefault(stated, []).append(place)
        for asked, found in self._by.get(stated, {}).items():
            found.setdefault(_subset(numbers, asked), []).append((place, item))

    def newest_first(self, numbers: Numbers) -> Iterator[T]:
        """Return the items, newest first, without those that state a different number."""
        if len(self._all) <= _SCAN_LIMIT:
            return (item for _, item in reversed(self._all))
        wanted = _stated(numbers)
        found = [
            group for stated in self._stated for group in self._groups(stated, wanted, numbers)
        ]
        return (item for _, item in merge(*map(reversed, found), key=lambda one: -one[0]))

    def _groups(
        self, stated: _Indexes, wanted: _Indexes, numbers: Numbers
    ) -> Iterator[list[tuple[int, T]]]:
        if len(stated) == len(wanted) == len(numbers):
            # Both state all numbers, so that an absent number matches only an absent one.
            yield self._found(stated, stated).get(numbers, [])
            return
        both = tuple(place for place in wanted if place in stated and numbers[place] is not None)
        known = self._found(stated, both)
        for some in product(*((numbers[place], None) for place in both)):
            yield known.get(some, [])

    def _found(self, stated: _Indexes, asked: _Indexes) -> _Lookup[T]:
        """Return the items that state some numbers, by the asked ones; indexed on first use."""
        found = self._by.setdefault(stated, {}).get(asked)
        if found is None:
            found = self._by[stated][asked] = {}
            for place in self._stated[stated]:
                numbers, item = self._all[place]
                found.setdefault(_subset(numbers, asked), []).append((place, item))
        return found


def _stated(numbers: Numbers) -> _Indexes:
    return tuple(place for place, number in enumerate(numbers) if number is not UNSUPPORTED)


def _subset(numbers: Numbers, places: _Indexes) -> Numbers:
    return tuple(numbers[place] for place in places)
