"""A message as a tree, the same shape in both releases: a node for each record or class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_NONE: Mapping[str, str] = {}


class Ready:
    """Values that many nodes share; `written` is where a writer keeps how it wrote them."""

    __slots__ = ("values", "written")

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.written: dict[Any, Any] = {}


class Node:
    """A record of 2.0, or the class of 2.1 that it becomes.

    Its values, by field name in 2.0 and by path in 2.1, are its own and, before them, those it
    shares as `ready`. `links` holds the fields of 2.0 that follow from others (numbers, keys).
    `line` is where it was read, from 1.
    """

    __slots__ = ("children", "line", "links", "own", "ready", "record")

    def __init__(
        self,
        record: str,
        values: dict[str, str] | None = None,
        line: int = 0,
        links: Mapping[str, str] = _NONE,
        ready: Ready | None = None,
    ) -> None:
        self.record = record
        self.own: dict[str, str] = {} if values is None else values
        self.ready = ready
        self.children: list[Node] = []
        self.links = links
        self.line = line

    @property
    def values(self) -> dict[str, str]:
        """What is present. Whoever asks may change it, so that nothing is shared from then on."""
        if self.ready is not None:
            self.own = self.ready.values | self.own
            self.ready = None
        return self.own

    @values.setter
    def values(self, values: dict[str, str]) -> None:
        self.own, self.ready = values, None

    def get(self, key: str, default: str = "") -> str:
        """The value of a key, or a default where it is absent."""
        found = self.own.get(key)
        if found is None and self.ready is not None:
            found = self.ready.values.get(key)
        return default if found is None else found

    def copied(self) -> dict[str, str]:
        """What is present, as a copy: what is shared stays so."""
        return self.own.copy() if self.ready is None else self.ready.values | self.own

    def count(self) -> int:
        """How many values it has."""
        return len(self.own if self.ready is None else self.ready.values.keys() | self.own.keys())

    def walk(self) -> Iterator[Node]:
        """The node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, record: str) -> list[Node]:
        """The children that are of a kind of record."""
        return [child for child in self.children if child.record == record]
