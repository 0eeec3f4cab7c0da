"""The content of a message: what it says in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from schemas.nodes import Node


class Content:
    """One record or class with four sets of values.

    `v20` and `v21` are what the message says in each release; `x20` is what 2.0 must hold when
    it is made from `v21`, and `x21` what 2.1 must hold when it is made from `v20`. `cut` counts
    the values that 2.0 keeps in part.
    """

    __slots__ = ("children", "cut", "record", "v20", "v21", "x20", "x21")

    def __init__(self, record: str) -> None:
        self.record = record
        self.v20: dict[str, str] = {}
        self.v21: dict[str, str] = {}
        self.x20: dict[str, str] = {}
        self.x21: dict[str, str] = {}
        self.cut = 0
        self.children: list[Content] = []

    def walk(self) -> Iterator[Content]:
        """The content and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def _tree(content: Content, values: Callable[[Content], dict[str, str]]) -> Node:
    node = Node(content.record, values(content))
    node.children = [_tree(child, values) for child in content.children]
    return node


def source_20(content: Content) -> Node:
    """The tree of the 2.0 message."""
    return _tree(content, attrgetter("v20"))


def source_21(content: Content) -> Node:
    """The tree of the 2.1 message."""
    return _tree(content, attrgetter("v21"))


def expected_20(content: Content) -> Node:
    """The tree that a 2.0 message made from the 2.1 message must hold."""
    return _tree(content, attrgetter("x20"))


def expected_21(content: Content) -> Node:
    """The tree that a 2.1 message made from the 2.0 message must hold."""
    return _tree(content, attrgetter("x21"))
