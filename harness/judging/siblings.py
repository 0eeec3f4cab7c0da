"""Looks up the nodes of a tree by position, with an index built once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from harness.judging.tree_diff import Chain
from schemas.message.node import Node


class Siblings:
    """An index of the nodes of a tree that does not change."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._known: dict[tuple[int, str], list[Node]] = {}
        self._places: dict[int, int] = {}

    def of(self, node: Node, kind: str) -> list[Node]:
        """The children of a node with a kind of record."""
        mark = (id(node), kind)
        found = self._known.get(mark)
        if found is None:
            found = self._known[mark] = node.of(kind)
        return found

    def at(self, chain: Chain) -> Node | None:
        """The node at a chain, or None."""
        node = self.root
        for kind, place in chain:
            siblings = self.of(node, kind)
            if place >= len(siblings):
                return None
            node = siblings[place]
        return node

    def chain(self, nodes: Sequence[Node]) -> Chain:
        """The chain of a path of nodes, from the root down."""
        return tuple((node.record, self._place(above, node)) for above, node in pairwise(nodes))

    def _place(self, above: Node, node: Node) -> int:
        if id(node) not in self._places:
            alike = self.of(above, node.record)
            self._places.update({id(item): place for place, item in enumerate(alike)})
        return self._places[id(node)]
