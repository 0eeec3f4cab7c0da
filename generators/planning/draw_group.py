"""Draws the values of a group: which ones are present, and what they are."""

from __future__ import annotations

from generators.planning.plan import PRESENT, FieldSlot, GroupSlot, LeafSlot
from generators.values.draw import Draw
from schemas.facts.comments import comment_key

_SINGLE_CODE = "0200"


def is_present(draw: Draw, share: float) -> bool:
    """Draw whether something with this probability is present; in a full draw it always is."""
    return share >= 1.0 or draw.full or draw.random() < share


def leaf(draw: Draw, slot: LeafSlot, values: dict[str, str]) -> None:
    """Draw the text of an element, or the codes of a repeating one."""
    if slot.most:
        for place, code in enumerate(_distinct(draw, slot), 1):
            values[f"{slot.key}[{place}]"] = code
    else:
        values[slot.key] = slot.pick(draw)


def _distinct(draw: Draw, slot: LeafSlot) -> list[str]:
    """Draw distinct codes; often only the one that means that nothing is wrong."""
    if not draw.full and draw.chance(0.3):
        return [_SINGLE_CODE]
    count = slot.most if draw.full else draw.few(1, slot.most)
    return list(dict.fromkeys(draw.in_turn(slot.spec.codes) for _ in range(count)))


def group(draw: Draw, slot: GroupSlot, values: dict[str, str]) -> None:
    """Draw the values of a group without records, and make them agree."""
    random, full = draw.random, draw.full
    for share, key, pick, member in slot.steps:
        if full or share >= 1.0 or random() < share:
            if pick is not None:
                values[key] = pick(draw)
            elif isinstance(member, GroupSlot):
                group(draw, member, values)
            else:
                leaf(draw, member, values)
    if slot.agreement:
        slot.agreement(draw, values, slot.key)


def own_value(draw: Draw, slot: FieldSlot) -> str | None:
    """Draw a 2.0-only field: a value, absent, or None for the value that comes back from 2.1."""
    if not draw.full:
        if slot.is_dropped and draw.random() < slot.absence:
            return None
        if slot.spec.may_be_absent and draw.random() < slot.absence:
            return ""
    return slot.pick(draw)


def comment_fields(draw: Draw, slots: tuple[FieldSlot, ...], values: dict[str, str]) -> None:
    """Draw the 2.0-only fields of a comment."""
    for slot in slots:
        if is_present(draw, PRESENT) and (value := slot.pick(draw)):
            values[comment_key(slot.field.name)] = value
