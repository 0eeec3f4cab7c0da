"""What the fields that exist in 2.0 only must hold after conversion from 2.1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generators.content.content import Content
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field


def fill_only_20(name: str, record: str, kept: dict[str, str], above: Mapping[str, str]) -> None:
    """Add to `kept`, the expected 2.0 values of a record, the fields that 2.1 drops.

    `above` holds expected values of the records above, by `RECORD/FIELD`. Fields of the trailer
    count as the header's.
    """
    found = ((field.name, _goes_back(field, kept, above)) for field in dropped(name)[record])
    kept |= {own: value for own, value in found if value}


@cache
def dropped(name: str) -> dict[str, tuple[Field, ...]]:
    """Return the fields of each record that 2.1 drops; the header's include the trailer's."""
    found = {
        code: tuple(field for field in record.fields if field.rule.role == "drop")
        for code, record in catalogue().one(name).records.items()
    }
    found[HEADER] += found.pop(TRAILER)
    return found


def _goes_back(field: Field, kept: Mapping[str, str], above: Mapping[str, str]) -> str:
    """Return the expected value of a dropped field; empty if it stays blank."""
    back, named = field.rule.back, field.rule.argument
    if "/" in named:
        value = above.get(named, "")
    elif named:
        where_filled, where_not = back.split("|")
        value = where_filled if kept.get(named) else where_not
    else:
        value = back
    return value if value.strip("0" if field.is_number else " ") else ""


def refill_only_20(
    message: MessageType, content: Content, above: Mapping[str, str] | None = None
) -> None:
    """Recompute the expected 2.0-only fields of a content and of all below it."""
    kept, above = content.values.expected_20, above or {}
    for field in dropped(message.name)[content.record]:
        kept.pop(field.name, None)
    above = {**above, **{f"{content.record}/{name}": value for name, value in kept.items()}}
    fill_only_20(message.name, content.record, kept, above)
    for child in content.children:
        refill_only_20(message, child, above)
