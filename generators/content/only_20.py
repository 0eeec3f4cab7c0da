"""What the fields that exist in 2.0 only hold, in the source and after conversion from 2.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generators.content.content import Alone, Content
from generators.planning.draw_group import own_value
from generators.planning.plan import FieldSlot, only_20
from generators.values.absence import not_blank
from generators.values.domains import is_free
from generators.values.draw import Draw
from generators.values.value_pool import Pool, shared_pool
from schemas.facts.message_types import MessageType


def is_alone(slot: FieldSlot) -> bool:
    """Whether a field depends on nothing else in the message."""
    return slot.back is not None and is_free(slot.make, slot.spec)


def pool_alone(slots: Iterable[FieldSlot]) -> Pool[Alone]:
    """Return the pool of those fields of a record that depend on no others."""
    found = tuple(filter(is_alone, slots))

    def made(draw: Draw) -> Alone:
        told, kept = dict[str, str](), dict[str, str]()
        for slot in found:
            own = own_value(draw, slot)
            if slot.back:
                kept[slot.name] = slot.back
            if value := slot.back if own is None else own:
                told[slot.name] = value
        return told, kept

    label = "/".join(slot.name for slot in found)
    return shared_pool(label, tuple(slot.signature for slot in found), made)


def add_only_20(slots: tuple[FieldSlot, ...], content: Content, above: Mapping[str, str]) -> None:
    """Add the fields of a record that 2.1 drops: what was drawn, and what must come back.

    `above` holds expected values of the record and of those above it, by `RECORD/FIELD`.
    """
    kept, told = content.values.expected_20, content.values.source_20
    if content.alone:
        told.update(content.alone[0])
        kept.update(content.alone[1])
    for slot, own in zip(slots, content.own, strict=True):
        if back := _goes_back(slot, kept, above):
            kept[slot.name] = back
        if value := back if own is None else own:
            told[slot.name] = value


def refill_only_20(
    message: MessageType, content: Content, above: Mapping[str, str] | None = None
) -> None:
    """Recompute the expected 2.0-only fields of a content and of all below it."""
    kept, above = content.values.expected_20, above or {}
    slots = [slot for slot in only_20(message.name)[content.record] if slot.is_dropped]
    for slot in slots:
        kept.pop(slot.name, None)
    above = {**above, **{f"{content.record}/{name}": value for name, value in kept.items()}}
    for slot in slots:
        if back := _goes_back(slot, kept, above):
            kept[slot.name] = back
    for child in content.children:
        refill_only_20(message, child, above)


def _goes_back(slot: FieldSlot, kept: Mapping[str, str], above: Mapping[str, str]) -> str:
    """Return the expected value of a dropped field; empty if it stays blank."""
    if slot.back is not None:
        return slot.back
    named, rule = slot.field.rule.argument, slot.field.rule
    if "/" in named:
        value = above.get(named, "")
    else:
        where_filled, where_not = rule.back.split("|")
        value = where_filled if kept.get(named) else where_not
    return not_blank(slot.field, value)
