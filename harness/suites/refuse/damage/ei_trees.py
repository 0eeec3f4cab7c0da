"""Damage to the set of records in a 2.0 message, with correct counts and totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, copied
from schemas.ei.totals import added
from schemas.facts import totals
from schemas.facts.elements import UNBOUNDED
from schemas.facts.message_types import MessageType
from schemas.facts.records import Record
from schemas.message.node import Node
from schemas.releases.read_write import write

_DEBET = "D"


def _restated(message: MessageType, root: Node) -> None:
    """Recompute the totals, so that only the records are wrong."""
    values = root.values
    for total in totals.of(message.name):
        stated = total.total
        if stated.amount.name not in values:
            continue
        amount = added(total, root)
        amount += total.minus_total.of(values) if total.minus_total else 0
        values[stated.amount.name] = str(abs(amount)).zfill(stated.amount.length)
        values[stated.sign.name] = totals.CREDIT if amount < 0 else _DEBET


def _required(message: MessageType) -> list[Record]:
    """The detail records that their parent requires; keyed ones may be elsewhere."""
    return [
        item for item in message.records.values() if item.parent and item.lowest and not item.key
    ]


def _limited(message: MessageType) -> list[Record]:
    return [item for item in message.records.values() if item.parent and item.highest < UNBOUNDED]


def _owned(message: MessageType) -> list[Record]:
    return [item for item in message.records.values() if item.key]


def _parents(root: Node, records: list[Record]) -> Iterator[tuple[Node, Record]]:
    """Yield each node that has a child of one of the records."""
    for node in root.walk():
        for record in records:
            if node.of(record.code):
                yield node, record


def _written(specimen: Specimen, root: Node, record: Record) -> Damaged:
    _restated(specimen.message, root)
    return Damaged(write(specimen.message, root, "2.0"), record.evidence)


def _missing(specimen: Specimen, draw: Draw, records: list[Record]) -> Damaged | None:
    root = copied(specimen.trees["2.0"])
    found = [
        (node, record) for node, record in _parents(root, records) if record.parent == node.record
    ]
    if not found:
        return None
    node, record = draw.pick(found)
    node.children = [child for child in node.children if child.record != record.code]
    return _written(specimen, root, record)


def _repeated(specimen: Specimen, draw: Draw, records: list[Record]) -> Damaged | None:
    root = copied(specimen.trees["2.0"])
    found = list(_parents(root, records))
    if not found:
        return None
    node, record = draw.pick(found)
    one = node.of(record.code)[0]
    node.children += [copied(one) for _ in range(record.highest)]
    return _written(specimen, root, record)


def _without_own(specimen: Specimen, draw: Draw, records: list[Record]) -> Damaged | None:
    """Remove the records that name their owner."""
    root = copied(specimen.trees["2.0"])
    found = [
        (node, record) for node, record in _parents(root, records) if record.parent != node.record
    ]
    if not found:
        return None
    node, record = draw.pick(found)
    node.children = [child for child in node.children if child.record != record.code]
    return _written(specimen, root, record)


# The records of a message type that allow a kind of damage, and how it is done.
MakeOf = Callable[[Specimen, Draw, list[Record]], Damaged | None]
OF_RECORDS: dict[str, tuple[Callable[[MessageType], list[Record]], MakeOf]] = {
    "record-missing": (_required, _missing),
    "record-repeated": (_limited, _repeated),
    "owner-without-record": (_owned, _without_own),
}


def _kind(listed: Callable[[MessageType], list[Record]], make: MakeOf) -> Kind:
    return Kind(
        lambda specimen, draw: make(specimen, draw, listed(specimen.message)),
        lambda message: bool(listed(message)),
    )


KINDS: dict[str, Kind] = {name: _kind(*parts) for name, parts in OF_RECORDS.items()}
