"""What 2.0 must hold in the fields that only it has, where a message is made from 2.1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from schemas.facts.message_types import catalogue
from schemas.facts.records import HEADER, TRAILER, Field


def fill_only_20(name: str, record: str, kept: dict[str, str], above: Mapping[str, str]) -> None:
    """Add the fields of a record that 2.1 drops to what 2.0 `kept` of it, as their rows say.

    `above` holds what 2.0 kept of the records above it, as `RECORD/FIELD`. The fields of the last
    record go with the header's.
    """
    found = ((field.name, _goes_back(field, kept, above)) for field in dropped(name)[record])
    kept |= {own: value for own, value in found if value}


@cache
def dropped(name: str) -> dict[str, tuple[Field, ...]]:
    """For each record the fields that 2.1 drops; those of the last record go with the header's."""
    found = {
        code: tuple(field for field in record.fields if field.rule.role == "drop")
        for code, record in catalogue().one(name).records.items()
    }
    found[HEADER] += found.pop(TRAILER)
    return found


def _goes_back(field: Field, kept: Mapping[str, str], above: Mapping[str, str]) -> str:
    """The value of a field, or an empty text where it stays blank."""
    back, named = field.rule.back, field.rule.argument
    if "/" in named:
        value = above.get(named, "")
    elif named:
        where_filled, where_not = back.split("|")
        value = where_filled if kept.get(named) else where_not
    else:
        value = back
    return value if value.strip("0" if field.is_number else " ") else ""
