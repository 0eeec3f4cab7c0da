"""A message as a tree, the same shape in both releases: a node for each record or class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_NONE: Mapping[str, str] = {}


class Node:
    """A record of 2.0, or the class of 2.1 that it becomes.

    `values` is what is present, by field name in 2.0 and by path in 2.1. `links` holds the fields
    of 2.0 that follow from others (numbers, keys). `line` is where it was read, from 1.
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
        """The value of a key, or a default where it is absent."""
        return self.values.get(key, default)

    def copied(self) -> dict[str, str]:
        """What is present, as a copy."""
        return self.values.copy()

    def count(self) -> int:
        """How many values it has."""
        return len(self.values)

    def walk(self) -> Iterator[Node]:
        """The node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, record: str) -> list[Node]:
        """The children that are of a kind of record."""
        return [child for child in self.children if child.record == record]


def size(node: Node) -> int:
    """How many values a tree holds."""
    return sum(item.count() for item in node.walk())
