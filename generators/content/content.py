"""The content of a message: what it holds in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.content.prefab import Prefab
from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20, SOURCE_21, Values
from schemas.message.node import Node


class Content:
    """One record or class of a message, with its children.

    Most contents are a `prefab` completed with values `drawn` for this message; their values are
    computed on first access. The others hold values of their own.
    """

    __slots__ = ("_path", "_values", "children", "drawn", "prefab", "record")

    def __init__(self, record: str, prefab: Prefab | None = None, drawn: list[str] | None = None):
        self.record = record
        self.prefab = prefab
        self.drawn: list[str] = [] if drawn is None else drawn
        self.children: list[Content] = []
        self._values: Values | None = None
        self._path = ""

    @property
    def path(self) -> str:
        """The path of the class, as far as it is known; a record may stand for two classes."""
        return self.prefab.drawn_part.path if self.prefab else self._path

    @property
    def values(self) -> Values:
        """The values on each side."""
        if self._values is None:
            self._values = self.prefab.values(self.drawn) if self.prefab else Values()
        return self._values

    @property
    def cut(self) -> int:
        """The number of values that 2.0 truncates."""
        return self.prefab.cut if self.prefab else self.values.cut

    @classmethod
    def of(cls, record: str, values: Values, path: str = "") -> Content:
        """Create a content with values of its own and no children."""
        content = cls(record)
        content._values = values
        content._path = path
        return content

    def saying(self, sides: Sequence[dict[str, str]]) -> Content:
        """Return a copy with other values on each side and the same children."""
        other = Content(self.record)
        one, two, three, four = sides
        other._values = Values((one, two, three, four), self.cut)
        other.children = list(self.children)
        return other

    def node(self, side: int) -> Node:
        """Return one side of the content and its children as a tree."""
        node = Node(self.record, dict(self.values.of[side]))
        node.children = [child.node(side) for child in self.children]
        return node

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
        yield self
        for child in self.children:
            yield from child.walk()
