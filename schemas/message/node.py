"""A message as a tree with the same structure in both releases: one node per record or class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_NONE: Mapping[str, str] = {}


class Node:
    """A record of 2.0, or the class of 2.1 that corresponds to it.

    `values` holds what is present, by field name in 2.0 and by path in 2.1. `links` holds the
    fields of 2.0 that are derived from others (numbers, keys). `line` is the line it was read from,
    from 1.
    """

    __slots__ = ("children", "line", "links", "record", "values")

    def __init__(
        self,
        record: str,
        values: dict[str, str] | None = None,
        line: int = 0,
        links: Mapping[str, str] = _NONE,
    ) -> None:
        self.record = record
        self.values: dict[str, str] = {} if values is None else values
        self.children: list[Node] = []
        self.links = links
        self.line = line

    def get(self, key: str, default: str = "") -> str:
        """Return the value of a key, or a default if it is absent."""
        return self.values.get(key, default)

    def copied(self) -> dict[str, str]:
        """Return a copy of the values."""
        return self.values.copy()

    def count(self) -> int:
        """Return the number of values."""
        return len(self.values)

    def walk(self) -> Iterator[Node]:
        """Yield the node and everything below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, record: str) -> list[Node]:
        """Return the children with a record code."""
        return [child for child in self.children if child.record == record]


def size(node: Node) -> int:
    """Return the number of values in a tree."""
    return sum(item.count() for item in node.walk())
