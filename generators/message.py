"""A whole message from a seed and an index, in 2.0, in 2.1 or in both with the same content."""

from __future__ import annotations

from collections.abc import Mapping

from generators import amounts
from generators.content import Content
from generators.derive import derive, for_one_release
from generators.draw import Draw
from generators.drawing import (
    comment_fields,
    is_present,
    own_or_default,
    raw,
)
from generators.plan import (
    PRESENT,
    RARELY,
    comment_slot,
    count_of,
    only_20,
)
from generators.shapes import Pool, Shape, whole
from generators.specs import BOTH
from schemas.messages import MessageType
from schemas.records import COMMENT, HEADER


def _shaped(
    draw: Draw, pool: Pool, shape: Shape, above: Mapping[str, str], times: int = 0
) -> Content:
    """A class: a shape of its pool, what hangs on this message, and all below it.

    `above` maps `RECORD/FIELD` to what 2.0 is to hold of the classes it stands in; `times`, where
    it is not 0, is how often what stands directly below it repeats.
    """
    content = Content(pool.record, shape.ready)
    content.cut, draw.credit = shape.cut, shape.credit
    if shape.own:
        drawn = {key: make(draw, spec) for key, make, spec in shape.own}
        for agreement, key in shape.agreements:
            agreement(draw, drawn, key)
        derive(draw, pool.own_pairs, content, drawn)
    if pool.wanted:
        kept = content.expected_20
        above = {**above, **{f"{pool.record}/{name}": kept.get(name) for name in pool.wanted}}
    if pool.own_fields:
        _fields(draw, pool, content, above)
    if pool.below:
        for group in pool.below:
            if times or is_present(draw, group.share):
                for kind, low, high in group.kinds:
                    for below in kind.some(draw, times or draw.few(low, high)):
                        content.add(_shaped(draw, kind, below, above))
    return content


def _fields(draw: Draw, pool: Pool, content: Content, above: Mapping[str, str]) -> None:
    """The 2.0-only fields that hang on this message."""
    kept = content.expected_20
    for slot in pool.own_fields:
        name = slot.field.name
        default = above.get(slot.field.rule.argument, "") or kept.get(name)
        if default:
            kept.own[name] = default
        if value := own_or_default(draw, slot, default):
            content.source_20.own[name] = value


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """A record of a message that 2.1 has no XML for, and all below it."""
    content = Content(record)
    values, slots = content.source_20.own, only_20(message.name)
    for slot in slots.get(record, ()):
        present = 1 - RARELY if slot.spec.has_long_list else PRESENT
        if not slot.spec.may_be_absent or is_present(draw, present):
            values[slot.field.name] = raw(draw, slot)
    comment = comment_slot(message.name)
    if comment and record in message.records[COMMENT].comments_on and is_present(draw, PRESENT):
        values[comment.field.name] = comment.make(draw, comment.spec)
        comment_fields(draw, slots.get(COMMENT, ()), comment.field.name, values)
    content.source_20.own = {name: value for name, value in values.items() if value}
    for kind in message.records.values():
        if kind.parent == record:
            low, high = count_of(message, kind.code)
            for _ in range(draw.few(low if draw.chance(RARELY) else max(low, 1), high)):
                content.add(_only_20_tree(draw, message, kind.code))
    return content


def generate(
    message: MessageType, seed: int, index: int, release: str = BOTH, clients: int = 0
) -> Content:
    """The content of the message of a type with a seed and an index, from 0.

    `release` is `2.0`, `2.1`, or `both`: what both can say, with 2.0-only fields and 2.1-only
    elements besides. `clients`, where it is not 0, is how many clients a message of a converted
    type has.
    """
    draw = Draw(seed, f"{message.name}/{release}", index)
    if message.root is None:
        content = _only_20_tree(draw, message, HEADER)
        amounts.fill_20(draw, message, content)
        return content
    pool = whole(message.name, release)
    content = _shaped(draw, pool, pool.pick(draw), {}, clients)
    amounts.fill_21(draw, message, content)
    if release != BOTH:
        for item in content.walk():
            for_one_release(item, release)
    return content
