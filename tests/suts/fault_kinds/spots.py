"""Where a kind of fault can strike: the fields and elements of a message type, by its tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from schemas.facts import fills
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, Field, Record
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_kinds.spot_facts import (
    around,
    common,
    containers,
    element_at,
    is_many,
    nth,
    sort_of_record,
)


def _spot_21(message: MessageType, field: Field, owner: Record, path: str, at: str) -> Spot:
    element = element_at(message, path, at)
    listed = element.type.codelist if element.type else None
    known = listed or field.codelist
    return Spot(
        **common(message, "2.1", field, element),
        paths=(element.path,),
        nth=nth(path),
        optional=element.optional,
        many=is_many(message, owner.code),
        listed=listed is not None,
        codes=tuple(known.valid("2.1")) if known else (),
        around=around(message, element.path),
    )


def _fields_21(message: MessageType) -> Iterator[Spot]:
    for record in message.records.values():
        for field in record.fields:
            owners = [message.records[code] for code in record.comments_on] or [record]
            for owner in owners:
                for path in field.paths:
                    for at in containers(owner) or ("",):
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
                around=around(message, item.path),
            )


def _groups_21(message: MessageType) -> Iterator[Spot]:
    owners = {path: r for r in message.records.values() for path in containers(r)}
    for path, element in message.elements.items():
        if not path or path in owners or not element.children:
            continue
        if any(other.startswith(f"{path}/") for other in owners):
            continue
        if any(child.highest > 1 for child in element.children):
            continue
        owner = max((c for c in owners if path.startswith(f"{c}/")), key=len, default="")
        yield Spot(
            message.name,
            "2.1",
            owners[owner].code if owner else HEADER,
            paths=(path,),
            sort="group",
            optional=element.optional,
            around=around(message, path),
        )


def _spot_20(message: MessageType, field: Field) -> Spot:
    record = message.records[field.record]
    owners = [message.records[code] for code in record.comments_on] or [record]
    found = [
        element_at(message, path, at)
        for owner in owners
        for path in field.paths
        for at in containers(owner) or ("",)
    ]
    return Spot(
        **common(message, "2.0", field, found[0] if found else None),
        paths=tuple(element.path for element in found),
        nth=nth("".join(field.paths)),
        optional=field.presence != "M" and not field.zero_is_value,
        many=is_many(message, field.record),
        listed=field.codelist is not None,
        codes=tuple(field.codelist.valid("2.0")) if field.codelist else (),
    )


def _records(message: MessageType, release: str) -> Iterator[Spot]:
    for record in message.records.values():
        owner = message.records.get(record.parent)
        yield Spot(
            message.name,
            release,
            record.code,
            paths=containers(record),
            sort=sort_of_record(message, record),
            optional=record.lowest == 0,
            many=record.highest > 1,
            nested=owner is not None and is_many(message, owner.code),
            tied=any(r.parent == record.code for r in message.records.values()),
        )


@cache
def spots(name: str, release: str) -> tuple[Spot, ...]:
    """All that a fault can strike in what is written of a message type for a release."""
    message = catalogue().one(name)
    if release == "2.0":
        fields = (f for record in message.records.values() for f in record.fields)
        return (*(_spot_20(message, field) for field in fields), *_records(message, release))
    found = (
        *_fields_21(message),
        *_only_21(message),
        *_groups_21(message),
        *_records(message, release),
    )
    return tuple(dict.fromkeys(found))
