"""What to check for each record of a 2.0 message, derived from the tables once per message type."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.ei.links import dependent_fields, number_field
from schemas.facts.catalogue import catalogue
from schemas.facts.records import Field, Record
from schemas.facts.together import Together, together


@dataclass(frozen=True)
class RecordChecks:
    """The checks for one record code.

    `equal` lists the fields that repeat a field of a record above: the field, its name, and the
    code and field name of the other. `dependent` lists the fields that are absent with another one.
    `valid_orders` and `valid_sets` cache what was checked before and had no fault.
    """

    number: Field | None
    number_name: str
    equal: tuple[tuple[Field, str, str, str], ...]
    dependent: tuple[Field, ...]
    together: Together
    below: tuple[Record, ...]
    keyed: frozenset[str]
    counted: tuple[tuple[Field, str], ...]
    # Valid sequences of child records, and valid sets of filled fields.
    valid_orders: set[tuple[str, ...]] = dataclasses.field(default_factory=set)
    valid_sets: set[tuple[str, ...]] = dataclasses.field(default_factory=set)


def _equal(record: Record) -> Iterator[tuple[Field, str, str, str]]:
    for field in record.fields:
        if field.rule.role == "equal":
            owner, _, name = field.rule.argument.partition("/")
            yield field, field.name, owner, name


@cache
def record_checks(name: str) -> dict[str, RecordChecks]:
    """Return the checks of each record of a message type, by record code."""
    message = catalogue().one(name)
    found = {}
    for code, record in message.records.items():
        below = tuple(item for item in message.records.values() if item.parent == code)
        number = number_field(message, code)
        found[code] = RecordChecks(
            number=number,
            number_name=number.name if number else "",
            equal=tuple(_equal(record)),
            dependent=dependent_fields(name)[code],
            together=together(name).get(code, ()),
            below=below,
            keyed=frozenset(item.code for item in below if item.key),
            counted=tuple((f, f.rule.argument) for f in record.fields if f.rule.role == "count"),
        )
    return found
