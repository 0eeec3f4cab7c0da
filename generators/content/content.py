"""The content of a message: what it holds in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20, SOURCE_21, Values
from schemas.message.node import Node

# What some fields of 2.0 hold, and what must come back in them from 2.1, by name.
Alone = tuple[dict[str, str], dict[str, str]]


class Content:
    """One record or class of a message, with its children.

    `path` is that of the class, as far as it is known: a record may stand for two classes. `alone`
    is what the fields say that only 2.0 has and that depend on no others; `own` holds what was
    drawn for those that do, None for what comes back from 2.1. By `mark`, in [0, 1), one of several
    2.0 codes is chosen.
    """

    __slots__ = ("alone", "children", "mark", "own", "path", "record", "values")

    def __init__(self, record: str, path: str = "", values: Values | None = None) -> None:
        self.record = record
        self.path = path
        self.values = values or Values()
        self.children: list[Content] = []
        self.alone: Alone | None = None
        self.own: Sequence[str | None] = ()
        self.mark = 0.0

    def saying(self, sides: Sequence[dict[str, str]]) -> Content:
        """Return a copy with other values on each side and the same children."""
        one, two, three, four = sides
        other = Content(self.record, self.path, Values((one, two, three, four), self.values.cut))
        other.children = list(self.children)
        return other

    def node(self, side: int) -> Node:
        """Return one side of the content and its children as a tree."""
        node = Node(self.record, dict(self.values.of[side]))
        node.children = [child.node(side) for child in self.children]
        return node

    def count(self, side: int) -> int:
        """Return the number of values on one side, of the content and all below it."""
        return len(self.values.of[side]) + sum([child.count(side) for child in self.children])

    @property
    def source_20(self) -> Node:
        """The message in 2.0."""
        return self.node(SOURCE_20)

    @property
    def source_21(self) -> Node:
        """The message in 2.1."""
        return self.node(SOURCE_21)

    @property
    def expected_20(self) -> Node:
        """The 2.0 message that converting the 2.1 message must give."""
        return self.node(EXPECTED_20)

    @property
    def expected_21(self) -> Node:
        """The 2.1 message that converting the 2.0 message must give."""
        return self.node(EXPECTED_21)

    def walk(self) -> Iterator[Content]:
        """Yield the content and everything below it, parents first."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            if item.children:
                waiting += item.children[::-1]

    def by_path(self) -> dict[str, list[Content]]:
        """Return the content and everything below it, by the path of their class."""
        found: dict[str, list[Content]] = {}
        for item in self.walk():
            found.setdefault(item.path, []).append(item)
        return found
