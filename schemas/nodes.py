"""A message as a tree, the same shape in both releases: a node for each record or class."""

from __future__ import annotations

from collections.abc import Iterator


class Node:
    """A record of 2.0, or the class of 2.1 that it becomes.

    `values` holds what is present: by field name in 2.0, by path in 2.1. `links` holds the fields
    of 2.0 that follow from others (numbers, keys). `line` is where it was read, from 1.
    """

    __slots__ = ("children", "line", "links", "record", "values")

    def __init__(
        self,
        record: str,
        values: dict[str, str] | None = None,
        line: int = 0,
        links: dict[str, str] | None = None,
    ) -> None:
        self.record = record
        self.values: dict[str, str] = {} if values is None else values
        self.children: list[Node] = []
        self.links: dict[str, str] = {} if links is None else links
        self.line = line

    def walk(self) -> Iterator[Node]:
        """The node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, record: str) -> list[Node]:
        """The children that are of a kind of record."""
        return [child for child in self.children if child.record == record]
