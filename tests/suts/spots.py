"""Where a kind of fault can strike: the fields and elements of a message type, by its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas import fills, tables
from schemas.codelists import CodeList
from schemas.elements import Element
from schemas.mapping_rules import MESSAGE_CODE
from schemas.messages import MessageType, catalogue, full_path
from schemas.records import COMMENT, HEADER, TRAILER, Field, Record

_REPEATED = re.compile(r"\[(\d)\]$")


@dataclass(frozen=True)
class Spot:
    """A field of 2.0, an element of 2.1, or both: what one fault strikes in one message type.

    `paths` are those of the element, seen from the root; `nth` its place where it repeats. `sort`
    tells what it holds, `tied` that other fields of 2.0 must agree with it.
    """

    message: str
    release: str
    record: str
    name: str = ""
    paths: tuple[str, ...] = ()
    nth: int = 0
    sort: str = ""
    optional: bool = False
    tied: bool = False
    many: bool = False
    nested: bool = False
    length: int = 0
    codes: tuple[str, ...] = ()
    around: tuple[str, ...] = ()

    @property
    def ei(self) -> str:
        """The place in 2.0, as the findings have it."""
        return f"{self.record} {self.name}".strip()

    @property
    def text(self) -> str:
        """The place for people: that of 2.0, or that of 2.1 where 2.0 has none."""
        return self.ei if self.name or not self.paths else self.paths[0]

    def fits(self, facts: dict[str, Any]) -> bool:
        """Whether the facts that a kind asks for hold: a value, or one of a list."""
        for fact, asked in facts.items():
            known = getattr(self, fact)
            if isinstance(asked, list):
                if not any(_is(known, item) for item in asked):
                    return False
            elif not _is(known, asked):
                return False
        return True


def _is(known: object, asked: object) -> bool:
    if isinstance(known, tuple):
        return bool(known) if asked is True else any(f"/{k}".endswith(f"/{asked}") for k in known)
    return known == asked


def _containers(record: Record) -> tuple[str, ...]:
    return tuple(filter(None, (record.container, record.keyed_container)))


def _sort(field: Field, element: Element | None) -> str:
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
def _tied(name: str) -> frozenset[tuple[str, str]]:
    """The fields of 2.0 that others follow, add up to, or stand together with."""
    message = catalogue().one(name)
    found: set[tuple[str, str]] = set()
    for record in message.records.values():
        for field in record.fields:
            owner, _, other = field.rule.argument.rpartition("/")
            found.add((owner or record.code, other))
            if field.rule.absent_with:
                found |= {(record.code, field.name), (record.code, field.rule.absent_with)}
            if "Omvang" in field.rule.phrase or "/Omvang/" in f"/{''.join(field.paths)}":
                found.add((record.code, field.name))
    for row in tables.rows("totals"):
        if row["message"] == name:
            for column, value in row.cells.items():
                found |= {(TRAILER, value)} if "total" in column else {(row["record"], value)}
    for row in tables.rows("together"):
        found |= {(row["record"], item) for item in row["fields"].split("|")}
    return frozenset(found)


def _around(message: MessageType, path: str) -> tuple[str, ...]:
    """Where an XSD misses an element: at what may come next, or else at the parent."""
    parent, _, name = path.rpartition("/")
    siblings = message.elements[parent].children
    names = [child.name for child in siblings]
    later = siblings[names.index(name) + 1 :]
    found = [child.path for child in later]
    return (*found, parent)


def _element(message: MessageType, record: Record, path: str, container: str) -> Element:
    if path.startswith("Header/"):
        return message.elements[_REPEATED.sub("", path)]
    return message.elements[_REPEATED.sub("", f"{container}/{path}")]


def _common(
    message: MessageType, release: str, field: Field, element: Element | None
) -> dict[str, Any]:
    return {
        "message": message.name,
        "release": release,
        "record": field.record,
        "name": field.name,
        "sort": _sort(field, element),
        "length": field.length,
        "tied": (field.record, field.name) in _tied(message.name),
    }


def _is_many(message: MessageType, record: str) -> bool:
    while record and record in message.records:
        if message.records[record].highest > 1:
            return True
        record = message.records[record].parent
    return False


def _codes(listed: CodeList | None, release: str) -> tuple[str, ...]:
    return tuple(listed.valid(release)) if listed else ()


def _spot_21(message: MessageType, field: Field, owner: Record, path: str, at: str) -> Spot:
    element = _element(message, owner, path, at)
    nth = _REPEATED.search(path)
    listed = element.type.codelist if element.type else None
    return Spot(
        **_common(message, "2.1", field, element),
        paths=(element.path,),
        nth=int(nth[1]) if nth else 0,
        optional=element.optional,
        many=_is_many(message, owner.code),
        codes=_codes(listed, "2.1"),
        around=_around(message, element.path),
    )


def _fields_21(message: MessageType) -> Iterator[Spot]:
    for record in message.records.values():
        for field in record.fields:
            owners = [message.records[code] for code in record.comments_on] or [record]
            for owner in owners:
                for path in field.paths:
                    for at in _containers(owner) or ("",):
                        yield _spot_21(message, field, owner, path, at)


def _only_21(message: MessageType) -> Iterator[Spot]:
    for record, items in fills.only_21(message.name).items():
        for item in items:
            element = message.elements[item.path]
            yield Spot(
                message.name,
                "2.1",
                record,
                paths=(item.path,),
                sort="only-21",
                optional=element.optional,
                around=_around(message, item.path),
            )


def _groups_21(message: MessageType) -> Iterator[Spot]:
    containers = {path: r for r in message.records.values() for path in _containers(r)}
    for path, element in message.elements.items():
        if not path or path in containers or not element.children or element.name == "RetourCodes":
            continue
        if any(other.startswith(f"{path}/") for other in containers):
            continue
        owner = max((c for c in containers if path.startswith(f"{c}/")), key=len, default="")
        yield Spot(
            message.name,
            "2.1",
            containers[owner].code if owner else HEADER,
            paths=(path,),
            sort="group",
            optional=element.optional,
            around=_around(message, path),
        )


def _spot_20(message: MessageType, field: Field) -> Spot:
    record = message.records[field.record]
    owners = [message.records[code] for code in record.comments_on] or [record]
    found = [
        _element(message, owner, path, at)
        for owner in owners
        for path in field.paths
        for at in _containers(owner) or ("",)
    ]
    return Spot(
        **_common(message, "2.0", field, found[0] if found else None),
        paths=tuple(element.path for element in found),
        nth=int(m[1]) if (m := _REPEATED.search("".join(field.paths))) else 0,
        optional=field.presence != "M" and not field.zero_is_value,
        many=_is_many(message, field.record),
        codes=_codes(field.codelist, "2.0"),
    )


def _records(message: MessageType, release: str) -> Iterator[Spot]:
    for record in message.records.values():
        special = {HEADER: "header", TRAILER: "trailer", COMMENT: "comment"}
        sort = "owned-record" if record.keyed_container else special.get(record.code, "record")
        owner = message.records.get(record.parent)
        yield Spot(
            message.name,
            release,
            record.code,
            paths=_containers(record),
            sort=sort,
            optional=record.lowest == 0,
            many=record.highest > 1,
            nested=owner is not None and _is_many(message, owner.code),
            tied=any(r.parent == record.code for r in message.records.values()),
        )


@cache
def spots(name: str, release: str) -> tuple[Spot, ...]:
    """All that a fault can strike in what is written of a message type for a release."""
    message = catalogue().one(name)
    if release == "2.0":
        fields = (f for record in message.records.values() for f in record.fields)
        return (*(_spot_20(message, field) for field in fields), *_records(message, release))
    found = (*_fields_21(message), *_only_21(message), *_groups_21(message), *_records(message, release))
    return tuple(dict.fromkeys(found))
