"""Addresses of a flaw in an input message, in both releases.

The address in the other release is where the field or record would be after conversion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from harness.judging.addresses import ei_address, numbering, pair_of, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain
from harness.judging.xml_lines import Lines
from harness.suites.refuse.damage.damage import copied
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER
from schemas.message.fault import EiAddress, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import parse


@dataclass(frozen=True)
class Spot:
    """A place in a tree: a value, a group of values, or a whole record if `key` is empty."""

    chain: Chain
    record: str
    key: str = ""


def _chains(root: Node, above: Chain = ()) -> Iterator[tuple[Chain, Node]]:
    """Yield each record of a tree with its chain."""
    yield above, root
    places: Counter[str] = Counter()
    for child in root.children:
        chain = (*above, (child.record, places[child.record]))
        places[child.record] += 1
        yield from _chains(child, chain)


def spot_of_ei(root: Node, place: EiAddress) -> Spot | None:
    """The spot of an address in a 2.0 message.

    Comments and unknown records, which are in no tree, belong to the record before them.
    """
    if place.record in (HEADER, TRAILER):
        return Spot((), HEADER, place.field)
    before = [(node.line, chain, node) for chain, node in _chains(root) if node.line]
    found = max((item for item in before if item[0] <= place.number), key=_line, default=None)
    if found is None:
        return None
    _, chain, node = found
    return Spot(chain, node.record, place.field)


def _line(item: tuple[int, Chain, Node]) -> int:
    return item[0]


def spot_of_xml(message: MessageType, root: Node, path: str) -> Spot | None:
    """The spot of a path in a 2.1 message: the innermost record, and the rest of the path."""
    if not path.strip("/"):
        return None
    tree = Siblings(root)
    known = {
        xml_path(message, tree, chain, node.record, ""): (chain, node.record)
        for chain, node in _chains(root)
    }
    start = path
    while start and start not in known:
        start = start.rpartition("/")[0]
    if not start:
        return None
    chain, record = known[start]
    return Spot(chain, record, path.removeprefix(start).strip("/"))


def is_known(message: MessageType, path: str) -> bool:
    """Whether the tables have the element of a path."""
    below = "/".join(step.partition("[")[0] for step in path.split("/")[2:])
    return bool(below) and below in message.elements


def ei_of(
    message: MessageType, release: str, root: Node, records: int, spot: Spot
) -> EiAddress | None:
    """The address of a spot in a 2.0 message; `records` is the number of records read."""
    if release == "2.0":
        numbers = {chain: node.line for chain, node in _chains(root)}
        numbers[((TRAILER, 0),)] = records
    else:
        numbers = numbering(message, _as_20(message, root))
    # A repeating element may occur once here, and a single one twice.
    once = spot.key.partition("[")[0]
    keys = (key for key in (spot.key, once, f"{once}[1]") if pair_of(message, spot.record, key))
    return ei_address(message, numbers, spot.chain, spot.record, next(keys, spot.key))


def xml_of(
    message: MessageType, release: str, root: Node, data: bytes, spot: Spot
) -> XmlAddress | None:
    """The address of a spot in a 2.1 message; None if 2.1 has no such element."""
    if not message.root:
        return None
    # In a 2.0 message the key is a field name, which 2.1 may lack.
    if release == "2.0" and spot.key and pair_of(message, spot.record, spot.key) is None:
        return None
    if spot.chain and not message.records[spot.record].container:
        return None
    path = xml_path(message, Siblings(root), spot.chain, spot.record, spot.key)
    line = Lines(parse(data).root).of(path) if release == "2.1" else 0
    return XmlAddress(path, line)


def _as_20(message: MessageType, root: Node) -> Node:
    """A copy of a 2.1 tree with its comments as in 2.0, where they take records."""
    comment = comment_fields(message.name)
    if comment is None:
        return root
    tree = copied(root)
    for node in tree.walk():
        pair = pair_of(message, node.record, comment.text.name)
        keys = pair.keys if pair else ()
        text = next((node.values[key] for key in keys if key in node.values), "")
        node.values[comment.text.name] = text
    return tree
