"""What the fields that exist in 2.0 only hold, in the source and after conversion from 2.1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generators.content.content import Content
from generators.planning.plan import FieldSlot
from generators.values.absence import not_blank
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field


def add_only_20(slots: tuple[FieldSlot, ...], content: Content, above: Mapping[str, str]) -> None:
    """Add the fields of a record that 2.1 drops: what was drawn, and what must come back.

    `above` holds expected values of the record and of those above it, by `RECORD/FIELD`.
    """
    kept, told = content.values.expected_20, content.values.source_20
    for slot, own in zip(slots, content.own, strict=True):
        back = slot.back
        if back is None:
            back = _goes_back(slot.field, kept, above)
        if back:
            kept[slot.name] = back
        if value := back if own is None else own:
            told[slot.name] = value


@cache
def dropped(name: str) -> dict[str, tuple[Field, ...]]:
    """Return the fields of each record that 2.1 drops; the header's include the trailer's."""
    found = {
        code: tuple(field for field in record.fields if field.rule.role == "drop")
        for code, record in catalogue().one(name).records.items()
    }
    found[HEADER] += found.pop(TRAILER)
    return found


def refill_only_20(
    message: MessageType, content: Content, above: Mapping[str, str] | None = None
) -> None:
    """Recompute the expected 2.0-only fields of a content and of all below it."""
    kept, above = content.values.expected_20, above or {}
    fields = dropped(message.name)[content.record]
    for field in fields:
        kept.pop(field.name, None)
    above = {**above, **{f"{content.record}/{name}": value for name, value in kept.items()}}
    for field in fields:
        if value := _goes_back(field, kept, above):
            kept[field.name] = value
    for child in content.children:
        refill_only_20(message, child, above)


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
    return not_blank(field, value)
