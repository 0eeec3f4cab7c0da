"""The content of a message: what it says in each release, and what conversion must make of it."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.nodes import Node, Ready


class Content:
    """One record or class as four nodes, each in a tree of its own.

    `source_20` and `source_21` are what the message says in each release; `expected_20` is what
    2.0 must hold when it is made from the 2.1 message, and `expected_21` what 2.1 must hold when
    it is made from the 2.0 message. `cut` counts the values that 2.0 keeps in part.
    """

    __slots__ = (
        "children",
        "cut",
        "expected_20",
        "expected_21",
        "record",
        "source_20",
        "source_21",
    )

    def __init__(self, record: str, ready: FourReady | None = None) -> None:
        self.record = record
        one, two, three, four = ready or (None, None, None, None)
        self.source_20 = Node(record, ready=one)
        self.source_21 = Node(record, ready=two)
        self.expected_20 = Node(record, ready=three)
        self.expected_21 = Node(record, ready=four)
        self.cut = 0
        self.children: list[Content] = []

    def add(self, child: Content) -> None:
        """Put a content below this one, in all trees."""
        self.children.append(child)
        self.source_20.children.append(child.source_20)
        self.source_21.children.append(child.source_21)
        self.expected_20.children.append(child.expected_20)
        self.expected_21.children.append(child.expected_21)

    def source(self, release: str) -> Node:
        """What it says in a release."""
        return self.source_20 if release == "2.0" else self.source_21

    def walk(self) -> Iterator[Content]:
        """The content and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


# What is ready-made of each of the four nodes, in the order in which a content names them.
FourReady = tuple[Ready, Ready, Ready, Ready]
