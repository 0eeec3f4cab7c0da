"""Generates a whole message from a seed and an index, in 2.0, in 2.1 or in both."""

from __future__ import annotations

from collections.abc import Mapping

from generators.content import amounts
from generators.content.content import Content
from generators.content.derive import for_one_release
from generators.content.prefab import DrawnPart, Prefab
from generators.planning.draw_group import comment_fields, is_present, own_or_default, raw
from generators.planning.plan import PRESENT, RARELY, comment_slot, count_of, only_20
from generators.prebuilt.prefab_pools import Pool, root_pool
from generators.values.draw import Draw
from generators.values.specs import BOTH
from generators.variation.apply import fewest, varied
from generators.variation.covering_plan import planned
from generators.variation.siblings import own
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER


def _assemble(
    draw: Draw, pool: Pool, prefab: Prefab, least: Mapping[str, int], times: int = 0
) -> Content:
    """Build a class from a prefab: draw what depends on the message, then add its children.

    `least` is how often some classes must occur per parent, by path; `times`, unless 0, fixes how
    often each direct child class repeats.
    """
    drawn_part = prefab.drawn_part
    drawn: list[str] = []
    for make, spec in drawn_part.makes:
        drawn.append(make(draw, spec))
    if drawn_part.agreements:
        drawn = drawn_part.agreed(draw, drawn)
    content = Content(pool.record, prefab, drawn)
    for name, (at, notation) in drawn_part.above:
        draw.above[name] = notation(drawn[at])
    if prefab.above:
        draw.above.update(prefab.above)
    if drawn_part.fields:
        _fields(draw, drawn_part, drawn)
    if pool.below:
        random, children = draw.random, content.children
        for share, kinds in pool.below:
            wanted = [least.get(kind.slot.key, 0) for kind, _, _ in kinds] if least else ()
            if times or share >= 1.0 or any(wanted) or random() < share:
                for place, (kind, low, span) in enumerate(kinds):
                    count = times or low + int(random() * random() * span)
                    if wanted:
                        count = max(count, wanted[place])
                    for below in kind.pick_siblings(draw, count):
                        children.append(_assemble(draw, kind, below, least))
    return content


def _fields(draw: Draw, drawn_part: DrawnPart, drawn: list[str]) -> None:
    """Draw the 2.0-only fields that depend on the message."""
    for slot, argument, ready in drawn_part.fields:
        default = draw.above.get(argument, "") or ready
        drawn += own_or_default(draw, slot, default), default


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """Draw a record, and those below it, of a message type without a 2.1 form."""
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
    """Return the content of a message type for a seed and an index (from 0).

    `release` is `2.0`, `2.1` or `both`. `both` gives what both releases can express, plus 2.0-only
    fields and 2.1-only elements. `clients`, unless 0, sets the number of clients in a message of a
    type that has a 2.1 form; it then shows no variation.
    """
    draw = Draw(seed, f"{message.name}/{release}", index)
    if message.root is None:
        content = _only_20_tree(draw, message, HEADER)
        amounts.fill_20(draw, message, content)
        return content
    # A message of 2.0 that shows variations is drawn for both releases: they are set as 2.1.
    listed = () if clients else planned(message.name, _planned_for(release), index)
    drawn_for = _planned_for(release) if listed else release
    least = fewest(message.name, drawn_for, listed) if listed else {}
    pool = root_pool(message.name, drawn_for)
    content = _assemble(draw, pool, pool.pick(draw), least, clients)
    content.drawn += amounts.drawn_21(draw, message, content)
    if not listed:
        return content
    content = varied(draw, message, drawn_for, content, listed)
    return content if release == BOTH else _only(release, content)


def _planned_for(release: str) -> str:
    return BOTH if release == "2.0" else release


def _only(release: str, content: Content) -> Content:
    """Return a message with its source in one release alone."""
    result = own(content)
    for item in result.walk():
        for_one_release(item.values, release)
    return result
