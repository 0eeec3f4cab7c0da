"""Heenberichten with the defects of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from generators.content.sides import SOURCE
from generators.defects.earlier import earlier_messages
from generators.defects.injection import inject
from generators.defects.table import own_defects
from generators.expected.from_21 import field_value
from generators.message import generate
from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.judging.addresses import pair_of
from harness.suites.retour.kinds import ONE, Change, RetourKind
from schemas.errors import IkeurError, Refused
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import mapped
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from schemas.rules.evaluate import RuleJudge
from schemas.rules.placements import placements

# The step to the next index to try, which keeps clear of the run's own messages.
_STEP = 1_000_000_007
_MOST_TRIES = 400


def defective(kind: RetourKind, release: str, specimen: Specimen) -> Node:
    """The tree of a heenbericht with the defects of a kind, in a release.

    Where the generated message has no place for them, it is that of the first one that has.
    """
    message, seed = specimen.message, specimen.seed
    if not kind.changes:
        return specimen.trees[release]
    for attempt in range(_MOST_TRIES):
        index = specimen.index + attempt * _STEP
        draw = Draw(seed, f"{message.name}/{release}/retour/{kind.kind}", index)
        content = generate(message, seed, index, clients=kind.of)
        tree = _changed(kind, message, release, content.node(SOURCE[release]), draw)
        if tree is not None:
            return tree
    raise IkeurError("RUN-DAMAGE", f"no message of {message.name} has a place for {kind.kind}")


def _changed(
    kind: RetourKind, message: MessageType, release: str, root: Node, draw: Draw
) -> Node | None:
    """The tree with the changes of a kind, or None if it has no place for them."""
    if any(change.defect for change in kind.changes):
        return _injected(kind, message, release, root, draw)
    clients = _clients(kind, message, root, draw)
    if not clients and root.children:
        return None
    for change in kind.changes:
        for node in _places(kind, message, root, clients, change.at, draw):
            _edit(message, release, node, change)
    return root


def _clients(kind: RetourKind, message: MessageType, root: Node, draw: Draw) -> list[Node]:
    """The clients to change; of one with several classes to change, a class stays as it is."""
    there = [*range(len(root.children))]
    if kind.classes > 1:
        record = _record(message.name, kind.changes[0].at)
        there = [n for n in there if _below(root.children[n], record)[kind.classes :]]
        if not there:
            return []
    chosen = there[draw.between(0, len(there) - 1)]
    return [
        client
        for place, client in enumerate(root.children)
        if (place == chosen) == (kind.clients == ONE)
    ]


def _below(client: Node, record: str) -> list[Node]:
    return [node for node in client.walk() if node.record == record]


def _places(
    kind: RetourKind, message: MessageType, root: Node, clients: Sequence[Node], at: str, draw: Draw
) -> Iterator[Node]:
    """The classes to change: the header, or some classes of each given client."""
    record = _record(message.name, at)
    if record == root.record:
        yield root
        return
    for client in clients:
        found = _below(client, record)
        begin = draw.between(0, len(found) - kind.classes)
        yield from found[begin : begin + kind.classes]


def _injected(
    kind: RetourKind, message: MessageType, release: str, root: Node, draw: Draw
) -> Node | None:
    """The tree with a defect of the generators, if that breaks the rules of the kind."""
    (change,) = kind.changes
    earlier = earlier_messages(release, 0, 0)
    found = list(inject(own_defects()[change.defect], message, release, root, earlier))
    first = draw.between(0, max(len(found) - 1, 0))
    for item in (*found[first:], *found[:first]):
        _edit(message, release, item.chain[-1], change)
        if _breaks(kind, message, release, item.root):
            return item.root
    return None


def _breaks(kind: RetourKind, message: MessageType, release: str, root: Node) -> bool:
    """Whether a message breaks the rules of its kind when it is read, with a code for each."""
    try:
        reading = read(write(message, root, release), release)
    except Refused:
        return False
    if reading.root is None:
        return False
    broken = RuleJudge().broken(message, reading.root, release)
    return {item.check.rule.name for item in broken if item.check.retour} >= {*kind.rules}


@cache
def _record(name: str, at: str) -> str:
    return next(place for place in placements(name) if place.named(at)).records[-1]


def _edit(message: MessageType, release: str, node: Node, change: Change) -> None:
    for path, value in change.edits:
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
    return field_value(pair, value) if pair else value
