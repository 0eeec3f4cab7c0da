"""A whole message from a seed and an index, in 2.0, in 2.1 or in both with the same content."""

from __future__ import annotations

from generators.content import amounts
from generators.content.content import Content
from generators.content.prefab import Shape, Slots
from generators.planning.draw_group import comment_fields, is_present, own_or_default, raw
from generators.planning.plan import PRESENT, RARELY, comment_slot, count_of, only_20
from generators.prebuilt.prefab_pools import Pool, whole
from generators.values.draw import Draw
from generators.values.specs import BOTH
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER


def _shaped(draw: Draw, pool: Pool, shape: Shape, times: int = 0) -> Content:
    """A class: a shape of its pool, what hangs on this message, and all below it.

    `times`, where it is not 0, is how often what stands directly below it repeats.
    """
    slots = shape.slots
    drawn: list[str] = []
    for make, spec in slots.makes:
        drawn.append(make(draw, spec))
    if slots.agreements:
        drawn = slots.agreed(draw, drawn)
    content = Content(pool.record, shape, drawn)
    for name, (at, notation) in slots.above:
        draw.above[name] = notation(drawn[at])
    if shape.above:
        draw.above.update(shape.above)
    if slots.fields:
        _fields(draw, slots, drawn)
    if pool.below:
        random, children = draw.random, content.children
        for share, kinds in pool.below:
            if times or share >= 1.0 or random() < share:
                for kind, low, span in kinds:
                    count = times or low + int(random() * random() * span)
                    for below in kind.some(draw, count):
                        children.append(_shaped(draw, kind, below))
    return content


def _fields(draw: Draw, slots: Slots, drawn: list[str]) -> None:
    """The 2.0-only fields that hang on this message."""
    for slot, argument, ready in slots.fields:
        default = draw.above.get(argument, "") or ready
        drawn += own_or_default(draw, slot, default), default


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """A record of a message that 2.1 has no XML for, and all below it."""
    content = Content(record)
    values, slots = content.values.source_20, only_20(message.name)
    for slot in slots.get(record, ()):
        present = 1 - RARELY if slot.spec.has_long_list else PRESENT
        if not slot.spec.may_be_absent or is_present(draw, present):
            values[slot.field.name] = raw(draw, slot)
    comment = comment_slot(message.name)
    if comment and record in message.records[COMMENT].comments_on and is_present(draw, PRESENT):
        values[comment.field.name] = comment.make(draw, comment.spec)
        comment_fields(draw, slots.get(COMMENT, ()), comment.field.name, values)
    for name in [name for name, value in values.items() if not value]:
        del values[name]
    for kind in message.records.values():
        if kind.parent == record:
            low, high = count_of(message, kind.code)
            for _ in range(draw.few(low if draw.chance(RARELY) else max(low, 1), high)):
                content.children.append(_only_20_tree(draw, message, kind.code))
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
    content = _shaped(draw, pool, pool.pick(draw), clients)
    content.drawn += amounts.drawn_21(draw, message, content)
    return content
