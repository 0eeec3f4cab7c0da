"""A whole message from a seed and an index, in 2.0, in 2.1 or in both with the same content."""

from __future__ import annotations

from generators import amounts
from generators.content import Content
from generators.derive import derive, for_one_release, header_code, header_pairs
from generators.draw import Draw
from generators.drawing import (
    comment_fields,
    is_present,
    leaf,
    own_or_default,
    raw,
)
from generators.plan import (
    PRESENT,
    RARELY,
    GroupSlot,
    LeafSlot,
    comment_slot,
    count_of,
    only_20,
    own_fields,
    plan,
    wanted_above,
)
from generators.shapes import Pool, pools
from generators.specs import BOTH
from schemas.mapping import dropped_20
from schemas.messages import MessageType
from schemas.records import COMMENT, HEADER, TRAILER


class _Generator:
    """Draws one message that both releases, or one of them, can say."""

    def __init__(self, message: MessageType, release: str, draw: Draw) -> None:
        self.message = message
        self.draw = draw
        self.pools = pools(message.name, release)
        self.wanted = wanted_above(message.name)
        self.own = own_fields(message.name)

    def members(self, slot: GroupSlot, content: Content, values: dict[str, str]) -> None:
        """Draw the members of a group that are not in a pool, records and all."""
        draw = self.draw
        for member in slot.members:
            if isinstance(member, LeafSlot):
                if is_present(draw, member.share):
                    leaf(draw, member, values)
            elif member.record:
                for _ in range(draw.few(member.low, member.high)):
                    content.children.append(self.shaped(self.pools[member.key]))
            elif is_present(draw, member.share):
                self.members(member, content, values)
        if slot.agreement:
            slot.agreement(draw, values, slot.key)

    def shaped(self, pool: Pool) -> Content:
        """A class: a shape of the pool, and what hangs on this message."""
        draw = self.draw
        shape = pool.pick(draw)
        content = Content(shape.record)
        content.v20, content.v21 = shape.v20.copy(), shape.v21.copy()
        content.x20, content.x21 = shape.x20.copy(), shape.x21.copy()
        content.cut = shape.cut
        draw.credit = shape.credit
        drawn: dict[str, str] = {}
        self.members(pool.own, content, drawn)
        derive(draw, pool.own_pairs, content, drawn)
        return content

    def fields(self, content: Content, above: dict[str, str]) -> None:
        """The 2.0-only fields that hang on this message, there and below."""
        draw, x20 = self.draw, content.x20
        if wanted := self.wanted.get(content.record):
            above = above | {f"{content.record}/{name}": x20.get(name, "") for name in wanted}
        for slot in self.own[content.record]:
            name, argument = slot.field.name, slot.field.rule.argument
            default = above.get(argument, "") or x20.get(name, "")
            if default:
                x20[name] = default
            if value := own_or_default(draw, slot, default):
                content.v20[name] = value
        for child in content.children:
            self.fields(child, above)

    def message_content(self, root: GroupSlot) -> Content:
        """The whole message: the header last, as its totals add up the lines."""
        content = Content(HEADER)
        drawn: dict[str, str] = {}
        self.members(root, content, drawn)
        amounts.fill_21(self.draw, self.message, content, drawn)
        derive(self.draw, header_pairs(self.message.name), content, drawn)
        header_code(self.message, content)
        for part in (HEADER, TRAILER):
            content.x20 |= dropped_20(self.message.records[part], content.x20, {})
        return content


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """A record of a message that 2.1 has no XML for, and all below it."""
    content = Content(record)
    slots = only_20(message.name)
    for slot in slots.get(record, ()):
        present = 1 - RARELY if slot.spec.has_long_list else PRESENT
        if not slot.spec.may_be_absent or is_present(draw, present):
            content.v20[slot.field.name] = raw(draw, slot)
    comment = comment_slot(message.name)
    if comment and record in message.records[COMMENT].comments_on and is_present(draw, PRESENT):
        content.v20[comment.field.name] = comment.make(draw, comment.spec)
        comment_fields(draw, slots.get(COMMENT, ()), comment.field.name, content.v20)
    content.v20 = {name: value for name, value in content.v20.items() if value}
    for kind in message.records.values():
        if kind.parent == record:
            low, high = count_of(message, kind.code)
            for _ in range(draw.few(low if draw.chance(RARELY) else max(low, 1), high)):
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
    generator = _Generator(message, release, draw)
    content = generator.message_content(plan(message.name, release))
    generator.fields(content, {})
    if release != BOTH:
        for item in content.walk():
            for_one_release(item, release)
    return content
