"""A whole message from a seed and an index, in 2.0, in 2.1 or in both with the same content."""

from __future__ import annotations

from collections.abc import Mapping

from generators import amounts
from generators.content import Content
from generators.derive import derive, for_one_release
from generators.draw import Draw
from generators.plan import (
    FieldSlot,
    GroupSlot,
    LeafSlot,
    comment_slot,
    count_of,
    only_20,
    plan,
)
from generators.specs import BOTH
from schemas.mapping import dropped_20
from schemas.messages import MessageType
from schemas.records import COMMENT, HEADER, TRAILER

_PRESENT = 0.6
_RARELY = 0.1
# Groups that hold whole records are mostly there.
_FILLED = 0.8
_SINGLE_CODE = "0200"


def _leaf(draw: Draw, slot: LeafSlot, values: dict[str, str]) -> None:
    spec = slot.spec
    if slot.most:
        for place, code in enumerate(_distinct(draw, slot), 1):
            values[f"{slot.key}[{place}]"] = code
    elif spec.fixed:
        values[slot.key] = draw.pick(spec.fixed)
    else:
        values[slot.key] = slot.make(draw, spec)


def _distinct(draw: Draw, slot: LeafSlot) -> list[str]:
    """Some codes, none of them twice; often the one that says that nothing is wrong."""
    if draw.chance(0.3):
        return [_SINGLE_CODE]
    return list(dict.fromkeys(draw.pick(slot.spec.codes) for _ in range(draw.few(1, slot.most))))


def _group(draw: Draw, slot: GroupSlot, content: Content) -> None:
    values = content.v21
    for member in slot.members:
        if isinstance(member, LeafSlot):
            share = 1 - _RARELY if member.spec.has_long_list else _PRESENT
            if not member.spec.may_be_absent or draw.chance(share):
                _leaf(draw, member, values)
        elif member.record:
            _classes(draw, member, content)
        elif not member.may_be_absent or draw.chance(_FILLED if member.holds_records else _PRESENT):
            _group(draw, member, content)
    if slot.agreement:
        slot.agreement(draw, values, slot.key)


def _classes(draw: Draw, slot: GroupSlot, content: Content) -> None:
    for _ in range(draw.few(slot.low, slot.high)):
        child = Content(slot.record)
        _group(draw, slot, child)
        content.children.append(child)


def _raw(draw: Draw, slot: FieldSlot) -> str:
    """A value of a field that only 2.0 has, as it stands in a tree; an empty text when absent."""
    value = slot.make(draw, slot.spec).replace("-" if slot.spec.base == "date" else ":", "")
    if slot.field.is_number:
        value = value.zfill(slot.field.length)
    blank = not slot.field.zero_is_value and value == slot.field.blank
    return "" if blank else value


def _fields(draw: Draw, message: MessageType, content: Content, above: Mapping[str, str]) -> None:
    """The fields that only 2.0 has: as they come back from 2.1, or with a value of their own."""
    parts = (HEADER, TRAILER) if content.record == HEADER else (content.record,)
    for part in parts:
        content.x20 |= dropped_20(message.records[part], content.x20, above)
    for slot in only_20(message.name)[content.record]:
        name = slot.field.name
        # The codes of a long list come round only where the field is mostly filled.
        share = _RARELY if slot.spec.has_long_list else 1 - _PRESENT
        if slot.field.rule.role == "drop" and draw.chance(share):
            value = content.x20.get(name, "")
        elif slot.spec.may_be_absent and draw.chance(share):
            value = ""
        else:
            value = _raw(draw, slot)
        if value:
            content.v20[name] = value
    _comment_fields(draw, message, content)


def _comment_fields(draw: Draw, message: MessageType, content: Content) -> None:
    """The fields of a comment record that only 2.0 has, where the record is commented on."""
    comment = comment_slot(message.name)
    if comment and comment.field.name in content.v20:
        for slot in only_20(message.name)[COMMENT]:
            if draw.chance(1 - _PRESENT) and (value := _raw(draw, slot)):
                content.v20[f"{COMMENT}/{slot.field.name}"] = value


def _derive_all(
    draw: Draw, message: MessageType, content: Content, root: Content, above: dict[str, str]
) -> None:
    derive(draw, message, content, root)
    above = above | {f"{content.record}/{name}": v for name, v in content.x20.items()}
    _fields(draw, message, content, above)
    for child in content.children:
        _derive_all(draw, message, child, root, above)


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """A record of a message that 2.1 has no XML for, and all below it."""
    content = Content(record)
    for slot in only_20(message.name)[record]:
        share = _RARELY if slot.spec.has_long_list else 1 - _PRESENT
        if not slot.spec.may_be_absent or not draw.chance(share):
            content.v20[slot.field.name] = _raw(draw, slot)
    comment = comment_slot(message.name)
    commented = message.records[COMMENT].comments_on if comment else ()
    if comment and record in commented and draw.chance(_PRESENT):
        content.v20[comment.field.name] = comment.make(draw, comment.spec)
        _comment_fields(draw, message, content)
    content.v20 = {name: value for name, value in content.v20.items() if value}
    for kind in message.records.values():
        if kind.parent == record:
            low, high = count_of(message, kind.code)
            for _ in range(draw.few(low if draw.chance(_RARELY) else max(low, 1), high)):
                content.children.append(_only_20_tree(draw, message, kind.code))
    return content


def generate(message: MessageType, seed: int, index: int, release: str = BOTH) -> Content:
    """The content of the message of a type with a seed and an index, from 0.

    `release` is `2.0`, `2.1`, or `both`: what both can say, with 2.0-only fields and 2.1-only
    elements besides.
    """
    draw = Draw(seed, f"{message.name}/{release}", index)
    if message.root is None:
        content = _only_20_tree(draw, message, HEADER)
        amounts.fill_20(draw, message, content)
        return content
    content = Content(HEADER)
    _group(draw, plan(message.name, release), content)
    amounts.fill_21(draw, message, content)
    _derive_all(draw, message, content, content, {})
    for_one_release_all(content, release)
    return content


def for_one_release_all(content: Content, release: str) -> None:
    """Forget the other release in a content and all below it."""
    for item in content.walk():
        for_one_release(item, release)
