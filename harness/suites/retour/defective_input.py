"""Heenberichten with the defects of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from generators.content.sides import SOURCE
from generators.message import generate
from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.judging.addresses import pair_of
from harness.suites.retour.kinds import ONE, ClassEdits, RetourKind
from schemas.facts.message_types import MessageType
from schemas.mapping.convert_value import to_20
from schemas.mapping.field_pairs import mapped
from schemas.message.node import Node
from schemas.rules.placements import placements

# The number of clients in a message of which some get a defect.
_CLIENTS = 3


def defective(kind: RetourKind, release: str, specimen: Specimen) -> Node:
    """The tree of a heenbericht with the defects of a kind, in a release."""
    message, seed, index = specimen.message, specimen.seed, specimen.index
    if not kind.defects:
        return specimen.trees[release]
    draw = Draw(seed, f"{message.name}/{release}/retour/{kind.kind}", index)
    content = generate(message, seed, index, clients=_CLIENTS)
    root = content.node(SOURCE[release])
    chosen = draw.between(0, len(root.children) - 1)
    clients = [
        client
        for place, client in enumerate(root.children)
        if (place == chosen) == (kind.clients == ONE)
    ]
    for defect in kind.defects:
        for node in _places(message, root, clients, defect.at, draw):
            _change(message, release, node, defect)
    return root


def _places(
    message: MessageType, root: Node, clients: Iterable[Node], at: str, draw: Draw
) -> Iterator[Node]:
    """The classes to change: the header, or one class of each given client."""
    record = _record(message.name, at)
    if record == root.record:
        yield root
        return
    for client in clients:
        yield draw.pick([node for node in client.walk() if node.record == record])


@cache
def _record(name: str, at: str) -> str:
    return next(place for place in placements(name) if place.named(at)).records[-1]


def _change(message: MessageType, release: str, node: Node, defect: ClassEdits) -> None:
    for path, value in defect.edits:
        for key in _keys(message, release, node, path):
            node.values.pop(key, None)
            if value:
                node.values[key] = _written(message, release, node, path, value)


def _keys(message: MessageType, release: str, node: Node, path: str) -> list[str]:
    """The keys of a node that a path names, or of everything below it."""
    below = path.removesuffix("*")
    if release == "2.1":
        return [key for key in node.values if key.startswith(below)] if below != path else [path]
    if below == path:
        pair = pair_of(message, node.record, path)
        return [pair.field.name] if pair else []
    pairs = mapped(message.name)[node.record]
    return [pair.field.name for pair in pairs if any(key.startswith(below) for key in pair.keys)]


def _written(message: MessageType, release: str, node: Node, path: str, value: str) -> str:
    pair = pair_of(message, node.record, path) if release == "2.0" else None
    return to_20(message, pair)(value) if pair else value
