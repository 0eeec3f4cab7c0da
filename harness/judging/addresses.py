"""Addresses of tree nodes: the record of a 2.0 message, the path of a 2.1 message."""

from __future__ import annotations

from functools import cache

from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain
from schemas.ei.comments import comment_lines
from schemas.facts import table_rows as tables
from schemas.facts.comments import of_comment_key
from schemas.facts.message_types import MessageType, full_path
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.fault import EiAddress
from schemas.message.node import Node


@cache
def _by_key(name: str) -> dict[tuple[str, str], Mapped]:
    """The mapped pairs by record and by element key or field name."""
    found = {}
    for record, pairs in mapped(name).items():
        owner = HEADER if record == TRAILER else record
        for pair in pairs:
            for name_or_key in (pair.field.name, *pair.keys):
                found[owner, name_or_key] = pair
    return found


def pair_of(message: MessageType, record: str, key: str) -> Mapped | None:
    """The mapped pair of a value in either release."""
    return _by_key(message.name).get((record, key))


def field_of(message: MessageType, record: str, key: str) -> Field | None:
    """The 2.0 field of a value in either release."""
    pair = pair_of(message, record, key)
    if pair:
        return pair.field
    parts = [record, TRAILER] if record == HEADER else [record]
    if of_comment := of_comment_key(key)[0]:
        parts, key = [COMMENT], of_comment
    for part in parts:
        if found := message.records[part].by_name.get(key):
            return found
    return None


def evidence(message: MessageType, record: str, key: str) -> str:
    """The grade of the weakest fact behind a value, or behind a whole record."""
    pair = pair_of(message, record, key)
    if pair:
        return tables.weakest(pair.evidence, *(row.evidence for row in pair.field.rule.map))
    field = field_of(message, record, key)
    if field:
        return field.evidence
    path = full_path(message.records[record], key)
    if key and path in message.elements:
        return message.elements[path].evidence
    container = message.elements.get(message.records[record].container)
    grades = [container.evidence] if container else []
    return tables.weakest(message.records[record].evidence, *grades)


def evidence_in(message: MessageType, record: str, key: str, release: str) -> str:
    """The grade of the weakest fact behind a value in one release, or behind a whole record."""
    pair = pair_of(message, record, key)
    return pair.evidence_in(release) if pair else evidence(message, record, key)


def numbering(message: MessageType, root: Node) -> dict[Chain, int]:
    """The record number of each chain of a tree, in the order in which 2.0 is written."""
    numbers: dict[Chain, int] = {(): 1}
    comment = message.records.get(COMMENT)
    text = (
        next((f.name for f in comment.fields if f.rule.role == "comment-text"), "")
        if comment
        else ""
    )
    last = 1

    def place(node: Node, chain: Chain) -> None:
        nonlocal last
        last += 1
        numbers[chain] = last
        last += len(list(comment_lines(node.values.get(text, ""))))
        below(node, chain)

    def below(node: Node, chain: Chain) -> None:
        for kind in message.records.values():
            if kind.parent != node.record:
                continue
            if kind.key:
                owner = kind.by_name[kind.key].rule.argument.partition("/")[0]
                for number, item in enumerate(node.of(owner)):
                    for place_, child in enumerate(item.of(kind.code)):
                        place(child, (*chain, (owner, number), (kind.code, place_)))
            for place_, child in enumerate(node.of(kind.code)):
                place(child, (*chain, (kind.code, place_)))

    below(root, ())
    numbers[((TRAILER, 0),)] = last + 1
    return numbers


def ei_address(
    message: MessageType, numbers: dict[Chain, int], chain: Chain, record: str, key: str
) -> EiAddress | None:
    """The address of a value in a 2.0 message with numbered records."""
    field = field_of(message, record, key) if key else None
    if field and field.record == TRAILER:
        chain = ((TRAILER, 0),)
    number = numbers.get(chain)
    if number is None:
        return None
    if field is None:
        return EiAddress(number, record)
    if field.record == COMMENT:
        number += of_comment_key(key)[1] or 1
    return EiAddress(number, field.record, field.name, field.start, field.end)


def _container(message: MessageType, chain: Chain) -> str:
    """The path, from the root, of the element at the end of a chain."""
    record = message.records[chain[-1][0]]
    owned = len(chain) > 1 and record.keyed_container and chain[-2][0] != record.parent
    return record.keyed_container if owned else record.container


def _class_path(message: MessageType, tree: Siblings, chain: Chain) -> str:
    path, base, node = "/Bericht", "", tree.root
    for depth, (kind, place) in enumerate(chain, 1):
        container = _container(message, chain[:depth])
        path += "/" + container.removeprefix(f"{base}/" if base else "")
        siblings = tree.of(node, kind)
        if len(siblings) > 1:
            path += f"[{place + 1}]"
        if place < len(siblings):
            node = siblings[place]
        base = container
    return path


def xml_path(message: MessageType, tree: Siblings, chain: Chain, record: str, key: str) -> str:
    """The path of a value in a 2.1 message, with positions where elements repeat."""
    pair, node = pair_of(message, record, key), tree.at(chain)
    there = node.values if node else {}
    if pair and key == pair.field.name:
        key = next((item for item in pair.keys if item in there), pair.keys[0])
    path = _class_path(message, tree, chain)
    known = pair is not None or full_path(message.records[record], key) in message.elements
    if not (key and known):
        return path
    if key.endswith("[1]") and f"{key[:-3]}[2]" not in there:
        key = key[:-3]
    return f"{path}/{key}"
