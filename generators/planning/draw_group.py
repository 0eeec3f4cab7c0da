"""Draws the values of a group: which ones are present, and what they are."""

from __future__ import annotations

from functools import cache

from generators.planning.plan import PRESENT, FieldSlot, GroupSlot, LeafSlot
from generators.values.draw import Draw
from generators.values.value_pool import SIZE, Pool, shared_pool
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
    return list(dict.fromkeys(draw.some_in_turn(slot.spec.codes, count)))


def group(draw: Draw, slot: GroupSlot, values: dict[str, str]) -> None:
    """Draw the values of a group without records, and make them agree."""
    byte, full = draw.byte, draw.full
    for share, key, texts, groups, member in _steps(slot):
        if full or share >= SIZE or byte() < share:
            if texts is not None:
                values[key] = texts[byte()]
            elif groups is not None:
                values |= groups[byte() | 1 if full else byte() & ~1]
            elif isinstance(member, GroupSlot):
                group(draw, member, values)
            elif member.most:
                leaf(draw, member, values)
            else:
                values[key] = member.make(draw, member.spec)
    if slot.agreement:
        slot.agreement(draw, values, slot.key)


def drawn(draw: Draw, slot: LeafSlot | GroupSlot, values: dict[str, str]) -> None:
    """Draw an element or a group that is present."""
    if isinstance(slot, GroupSlot):
        group(draw, slot, values)
    else:
        leaf(draw, slot, values)


# A member: the bytes for which it is present, its key, and the pool of its texts or, if it is a
# group, of its values.
_Step = tuple[int, str, Pool[str] | None, Pool[dict[str, str]] | None, LeafSlot | GroupSlot]


@cache
def _steps(slot: GroupSlot) -> tuple[_Step, ...]:
    """Return what to draw in turn, with that of the groups that are always present."""
    found: list[_Step] = []
    for member in slot.members:
        share = round(SIZE * member.share)
        if isinstance(member, LeafSlot):
            found.append((share, member.key, None if member.most else member.texts, None, member))
        elif member.is_free:
            pool = _pool(member)
            found.append((share, member.key, None, pool, member))
        elif share >= SIZE and member.agreement is None:
            found += _steps(member)
        else:
            found.append((share, member.key, None, None, member))
    return tuple(found)


def _pool(slot: GroupSlot) -> Pool[dict[str, str]]:
    """Return the pool of the values of a group."""

    def made(draw: Draw) -> dict[str, str]:
        values: dict[str, str] = {}
        group(draw, slot, values)
        return values

    return shared_pool(slot.key, slot.signature, made)


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
