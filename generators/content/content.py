"""The content of a message: what it says in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.content.prefab import Shape
from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20, SOURCE_21, Values
from schemas.message.node import Node


class Content:
    """One record or class of a message, with all below it.

    Most are a `shape` with what was `drawn` for this message; their values are worked out when
    somebody asks for them. The others have values of their own.
    """

    __slots__ = ("_values", "children", "drawn", "record", "shape")

    def __init__(self, record: str, shape: Shape | None = None, drawn: list[str] | None = None):
        self.record = record
        self.shape = shape
        self.drawn: list[str] = [] if drawn is None else drawn
        self.children: list[Content] = []
        self._values: Values | None = None

    @property
    def values(self) -> Values:
        """What it says, on each side."""
        if self._values is None:
            self._values = self.shape.values(self.drawn) if self.shape else Values()
        return self._values

    @property
    def cut(self) -> int:
        """How many of its values 2.0 keeps in part."""
        return self.shape.cut if self.shape else self.values.cut

    @classmethod
    def of(cls, record: str, values: Values) -> Content:
        """One with values of its own, and nothing below it."""
        content = cls(record)
        content._values = values
        return content

    def saying(self, sides: Sequence[dict[str, str]]) -> Content:
        """A copy that says something else on each side, with the same below it."""
        other = Content(self.record)
        one, two, three, four = sides
        other._values = Values((one, two, three, four), self.cut)
        other.children = list(self.children)
        return other

    def node(self, side: int) -> Node:
        """A side of it and of all below it, as a tree of its own."""
        node = Node(self.record, dict(self.values.of[side]))
        node.children = [child.node(side) for child in self.children]
        return node

    @property
    def source_20(self) -> Node:
        """What the message says in 2.0."""
        return self.node(SOURCE_20)

    @property
    def source_21(self) -> Node:
        """What the message says in 2.1."""
        return self.node(SOURCE_21)

    @property
    def expected_20(self) -> Node:
        """What 2.0 must hold when it is made from the 2.1 message."""
        return self.node(EXPECTED_20)

    @property
    def expected_21(self) -> Node:
        """What 2.1 must hold when it is made from the 2.0 message."""
        return self.node(EXPECTED_21)

    def walk(self) -> Iterator[Content]:
        """The content and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()
