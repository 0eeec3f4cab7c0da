"""Damage to the records of a 2.0 message: their length, their order, and which there are."""

from __future__ import annotations

from collections.abc import Iterator

from generators.draw import Draw
from harness.damage.ei_lines import Lines, is_detail
from harness.damage.kinds import Damaged, Kind, copied, of_bytes
from harness.exchange import Exchange, write
from schemas import totals
from schemas.ei_lines import ENCODING
from schemas.elements import UNBOUNDED
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import Record

_DEBET = "D"


def _too_long(exchange: Exchange, draw: Draw) -> Damaged:
    lines = Lines(exchange)
    lines.texts[draw.between(0, len(lines.texts) - 1)] += " "
    return lines.damaged()


def _too_short(exchange: Exchange, draw: Draw) -> Damaged | None:
    lines = Lines(exchange)
    # A record that ends in a blank, so that no value is cut.
    places = [place for place, text in enumerate(lines.texts) if text.endswith(" ")]
    if not places:
        return None
    place = draw.pick(places)
    lines.texts[place] = lines.texts[place][:-1]
    return lines.damaged()


def _unknown_record(exchange: Exchange, draw: Draw) -> Damaged:
    message, lines = exchange.message, Lines(exchange)
    kinds = [f"{kind:02}" for kind in range(100) if f"{kind:02}" not in message.records]
    place = draw.between(1, len(lines.texts) - 1)
    lines.texts.insert(place, draw.pick(kinds).ljust(message.record_length))
    return lines.damaged()


def _empty_line(exchange: Exchange, draw: Draw) -> Damaged:
    lines = Lines(exchange)
    lines.texts.insert(draw.between(1, len(lines.texts)), "")
    return lines.damaged()


def _wrong_order(exchange: Exchange, _draw: Draw) -> Damaged | None:
    """The last record before the last detail record."""
    lines = Lines(exchange)
    if not is_detail(lines.texts[-2]):
        return None
    lines.texts[-2:] = reversed(lines.texts[-2:])
    return lines.damaged()


def _second_first(exchange: Exchange, draw: Draw) -> Damaged:
    lines = Lines(exchange)
    lines.texts.insert(draw.between(1, len(lines.texts) - 1), lines.texts[0])
    return lines.damaged()


def _no_last(exchange: Exchange, _draw: Draw) -> Damaged:
    lines = Lines(exchange)
    del lines.texts[-1]
    return lines.damaged()


def _one_long_record(exchange: Exchange, draw: Draw) -> Damaged:
    """CR alone between two records."""
    lines = Lines(exchange)
    place = draw.between(0, len(lines.texts) - 2)
    lines.texts[place : place + 2] = ["\r".join(lines.texts[place : place + 2])]
    return lines.damaged()


def _in_utf_8(exchange: Exchange, _draw: Draw) -> Damaged | None:
    """The records with their letters of two bytes, by which they are too long."""
    data = exchange.sources["2.0"].decode(ENCODING).encode("utf-8")
    return Damaged(data) if data != exchange.sources["2.0"] else None


def _restated(message: MessageType, root: Node) -> None:
    """Let the totals add up again, so that nothing but the records is wrong."""
    values = root.values
    for total in totals.of(message.name):
        stated = total.total
        if stated.amount.name not in values:
            continue
        amount = totals.added(total, root)
        amount += total.minus_total.of(values) if total.minus_total else 0
        values[stated.amount.name] = str(abs(amount)).zfill(stated.amount.length)
        values[stated.sign.name] = totals.CREDIT if amount < 0 else _DEBET


def _required(message: MessageType) -> list[Record]:
    """The detail records that their parent must have; those with a key may stand elsewhere."""
    return [
        item for item in message.records.values() if item.parent and item.lowest and not item.key
    ]


def _limited(message: MessageType) -> list[Record]:
    return [item for item in message.records.values() if item.parent and item.highest < UNBOUNDED]


def _owned(message: MessageType) -> list[Record]:
    return [item for item in message.records.values() if item.key]


def _parents(root: Node, records: list[Record]) -> Iterator[tuple[Node, Record]]:
    """Each node with a kind of record that stands below it."""
    for node in root.walk():
        for record in records:
            if node.of(record.code):
                yield node, record


def _written(exchange: Exchange, root: Node, record: Record) -> Damaged:
    _restated(exchange.message, root)
    return Damaged(write(exchange.message, root, "2.0"), record.evidence)


def _missing(exchange: Exchange, draw: Draw) -> Damaged | None:
    root = copied(exchange.trees["2.0"])
    found = [
        (node, record)
        for node, record in _parents(root, _required(exchange.message))
        if record.parent == node.record
    ]
    if not found:
        return None
    node, record = draw.pick(found)
    node.children = [child for child in node.children if child.record != record.code]
    return _written(exchange, root, record)


def _repeated(exchange: Exchange, draw: Draw) -> Damaged | None:
    root = copied(exchange.trees["2.0"])
    found = list(_parents(root, _limited(exchange.message)))
    if not found:
        return None
    node, record = draw.pick(found)
    one = node.of(record.code)[0]
    node.children += [copied(one) for _ in range(record.highest)]
    return _written(exchange, root, record)


def _without_own(exchange: Exchange, draw: Draw) -> Damaged | None:
    """A record of which those that name it as their owner are gone."""
    root = copied(exchange.trees["2.0"])
    found = [
        (node, record)
        for node, record in _parents(root, _owned(exchange.message))
        if record.parent != node.record
    ]
    if not found:
        return None
    node, record = draw.pick(found)
    node.children = [child for child in node.children if child.record != record.code]
    return _written(exchange, root, record)


KINDS: dict[str, Kind] = {
    "record-too-long": Kind(_too_long),
    "record-too-short": Kind(_too_short),
    "unknown-record": Kind(_unknown_record),
    "empty-line": Kind(_empty_line),
    "wrong-order": Kind(_wrong_order),
    "second-first-record": Kind(_second_first),
    "no-last-record": Kind(_no_last),
    "record-missing": Kind(_missing, lambda message: bool(_required(message))),
    "record-repeated": Kind(_repeated, lambda message: bool(_limited(message))),
    "owner-without-record": Kind(_without_own, lambda message: bool(_owned(message))),
    "carriage-return-alone": Kind(_one_long_record),
    "utf-8": Kind(_in_utf_8),
    "two-messages": of_bytes(lambda data, _draw: data * 2, "2.0"),
}
