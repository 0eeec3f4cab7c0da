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
        values[slot.key] = slot.make(draw, slot.spec)


def _distinct(draw: Draw, slot: LeafSlot) -> list[str]:
    """Draw distinct codes; often only the one that means that nothing is wrong."""
    if not draw.full and draw.chance(0.3):
        return [_SINGLE_CODE]
    count = slot.most if draw.full else draw.few(1, slot.most)
    return list(dict.fromkeys(draw.in_turn(slot.spec.codes) for _ in range(count)))


def group(draw: Draw, slot: GroupSlot, values: dict[str, str]) -> None:
    """Draw the values of a group without records, and make them agree."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            if is_present(draw, member.share):
                leaf(draw, member, values)
        elif is_present(draw, member.share):
            group(draw, member, values)
    if slot.agreement:
        slot.agreement(draw, values, slot.key)


def raw(draw: Draw, slot: FieldSlot) -> str:
    """Draw a value of a 2.0-only field as a tree holds it; empty if absent."""
    value = slot.make(draw, slot.spec).replace(slot.between, "").zfill(slot.filled_to)
    return "" if value == slot.absent else value


def own_or_default(draw: Draw, slot: FieldSlot, default: str) -> str:
    """Draw a 2.0-only field: its default from the way back, absent, or a value of its own."""
    if not draw.full:
        if slot.is_dropped and draw.random() < slot.absence:
            return default
        if slot.spec.may_be_absent and draw.random() < slot.absence:
            return ""
    return raw(draw, slot)


def comment_fields(
    draw: Draw, slots: tuple[FieldSlot, ...], text: str, values: dict[str, str]
) -> None:
    """Draw the 2.0-only fields of a comment record, if the record has a comment."""
    if text not in values:
        return
    for slot in slots:
        if is_present(draw, PRESENT) and (value := raw(draw, slot)):
            values[comment_key(slot.field.name)] = value
