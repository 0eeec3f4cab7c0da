"""The facts of the tables by which a kind of fault chooses what it strikes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field, Record

_REPEATED = re.compile(r"\[(\d)\]$")


def containers(record: Record) -> tuple[str, ...]:
    """The paths of the classes that a record can become."""
    return tuple(filter(None, (record.container, record.keyed_container)))


def sort_of(field: Field, element: Element | None) -> str:
    """What a field holds: a date, a code, a text; or what it is for, where it says nothing."""
    rule = field.rule
    if rule.role != "value":
        return rule.role
    if rule.argument == MESSAGE_CODE:
        return "message-code"
    if rule.codec in ("date", "time"):
        return rule.codec
    if field.codelist:
        return "code"
    if element is not None and element.type is not None and element.type.is_number:
        return "number"
    return "digits" if field.is_number else "text"


@cache
def tied(name: str) -> frozenset[tuple[str, str]]:
    """The fields of 2.0 that others follow, add up to, or stand together with."""
    message = catalogue().one(name)
    found = _added_up(name)
    for record in message.records.values():
        for field in record.fields:
            owner, _, other = field.rule.argument.rpartition("/")
            found |= {(owner or record.code, other), (record.code, field.rule.absent_with)}
            if field.rule.absent_with or _holds_its_group(message, record, field):
                found.add((record.code, field.name))
    return frozenset(found)


def _added_up(name: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for row in tables.rows("totals"):
        if row["message"] == name:
            for column, value in row.cells.items():
                found.add((TRAILER if "total" in column else row["record"], value))
    for row in tables.rows("together"):
        found |= {(row["record"], item) for item in row["fields"].split("|")}
    return found


def _holds_its_group(message: MessageType, record: Record, field: Field) -> bool:
    """Whether an optional group of more elements cannot stand without this one."""
    for path in field.paths:
        for at in containers(record):
            element = element_at(message, path, at)
            group = message.elements[element.path.rpartition("/")[0]]
            if group.optional and not element.optional and len(group.children) > 1:
                return group.path not in containers(record)
    return False


def around(message: MessageType, path: str) -> tuple[str, ...]:
    """Where an XSD misses an element: at what may come next, or else at the parent."""
    parent, _, name = path.rpartition("/")
    siblings = message.elements[parent].children
    names = [child.name for child in siblings]
    later = siblings[names.index(name) + 1 :]
    found = [child.path for child in later]
    return (*found, parent)


def element_at(message: MessageType, path: str, container: str) -> Element:
    """The element of a field, in one of the classes of its record."""
    if path.startswith("Header/"):
        return message.elements[_REPEATED.sub("", path)]
    return message.elements[_REPEATED.sub("", f"{container}/{path}")]


def common(
    message: MessageType, release: str, field: Field, element: Element | None
) -> dict[str, Any]:
    """The facts that a spot has in either release."""
    return {
        "message": message.name,
        "release": release,
        "record": field.record,
        "name": field.name,
        "sort": sort_of(field, element),
        "start": field.start,
        "length": field.length,
        "numeric": field.is_number,
        "in_every_20": field.presence == "M",
        "zero_is_value": field.zero_is_value,
        "role": message.role,
        "tied": (field.record, field.name) in tied(message.name),
    }


def is_many(message: MessageType, record: str) -> bool:
    """Whether a message can have more of a record, or of one that it stands below."""
    while record and record in message.records:
        if message.records[record].highest > 1:
            return True
        record = message.records[record].parent
    return False


def sort_of_record(message: MessageType, record: Record) -> str:
    """What a record is for; one that hangs on another by a key, and that other, are apart."""
    special = {HEADER: "header", TRAILER: "trailer", COMMENT: "comment"}
    if record.keyed_container:
        return "owned-record"
    keyed = [item for item in message.records.values() if item.key]
    owners = {item.by_name[item.key].rule.argument.partition("/")[0] for item in keyed}
    return "owner-record" if record.code in owners else special.get(record.code, "record")


def nth(path: str) -> int:
    """The place of an element that repeats, from 1; 0 where it does not repeat."""
    found = _REPEATED.search(path)
    return int(found[1]) if found else 0
