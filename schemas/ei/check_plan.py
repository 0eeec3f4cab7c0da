"""What to check of each kind of record of a 2.0 message, worked out once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.ei.links import number_field, with_fields
from schemas.facts.message_types import catalogue
from schemas.facts.records import Field, Record
from schemas.facts.together import Together, together


@dataclass(frozen=True)
class Plan:
    """What to check of one kind of record.

    `equal` holds the fields that repeat one above: the field, its name, and the record and the
    name of the other.
    """

    number: Field | None
    number_name: str
    equal: tuple[tuple[Field, str, str, str], ...]
    alone: tuple[Field, ...]
    together: Together
    below: tuple[Record, ...]
    keyed: frozenset[str]
    counted: tuple[tuple[Field, str], ...]
    # What was met and found good: rows of records below, and fields that were filled.
    good_rows: set[tuple[str, ...]] = dataclasses.field(default_factory=set)
    good_pairs: set[tuple[str, ...]] = dataclasses.field(default_factory=set)


def _equal(record: Record) -> Iterator[tuple[Field, str, str, str]]:
    for field in record.fields:
        if field.rule.role == "equal":
            owner, _, name = field.rule.argument.partition("/")
            yield field, field.name, owner, name


@cache
def plans(name: str) -> dict[str, Plan]:
    """What to check of each record of a message type."""
    message = catalogue().one(name)
    found = {}
    for code, record in message.records.items():
        below = tuple(item for item in message.records.values() if item.parent == code)
        number = number_field(message, code)
        found[code] = Plan(
            number=number,
            number_name=number.name if number else "",
            equal=tuple(_equal(record)),
            alone=with_fields(name)[code],
            together=together(name).get(code, ()),
            below=below,
            keyed=frozenset(item.code for item in below if item.key),
            counted=tuple((f, f.rule.argument) for f in record.fields if f.rule.role == "count"),
        )
    return found
