"""The content of a message: what it says in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Iterator

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


def source_20(content: Content) -> Node:
    """The tree of the 2.0 message."""
    node = Node(content.record, content.v20)
    node.children = [source_20(child) for child in content.children]
    return node


def source_21(content: Content) -> Node:
    """The tree of the 2.1 message."""
    node = Node(content.record, content.v21)
    node.children = [source_21(child) for child in content.children]
    return node


def expected_20(content: Content) -> Node:
    """The tree that a 2.0 message made from the 2.1 message must hold."""
    node = Node(content.record, content.x20)
    node.children = [expected_20(child) for child in content.children]
    return node


def expected_21(content: Content) -> Node:
    """The tree that a 2.1 message made from the 2.0 message must hold."""
    node = Node(content.record, content.x21)
    node.children = [expected_21(child) for child in content.children]
    return node
