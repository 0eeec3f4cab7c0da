"""Generates a whole message from a seed and an index, in 2.0, in 2.1 or in both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generators.content import amounts
from generators.content.class_plan import ClassPlan, class_plans, root_plan
from generators.content.content import Content
from generators.content.derive import derive, for_one_release, header_code
from generators.content.only_20 import add_only_20
from generators.planning.draw_group import comment_fields, is_present
from generators.planning.plan import PRESENT, RARELY, comment_slot, count_of, only_20
from generators.values.draw import Draw
from generators.values.specs import BOTH
from generators.variation.apply import fewest, vary
from generators.variation.changes import Changer
from generators.variation.covering_plan import planned
from generators.variation.every_code import put_codes
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER

# More messages than a batch has, and than its cases with a defect look back at.
_MOST_KEPT = 16
# The clients by which each code is given a place; twice as many until there is one for all.
_CLIENTS = 256


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
    planned_for = BOTH if release == "2.0" else release
    listed = () if clients else planned(message.name, planned_for, index)
    drawn_for = planned_for if listed else release
    plan = root_plan(message.name, drawn_for)
    content = plan.drawn(draw)
    least = fewest(message.name, drawn_for, listed) if listed else {}
    _add_below(draw, plan, content, least, clients)
    vary(draw, message, drawn_for, content, listed)
    amounts.fill_21(draw, message, content)
    _finish(message, class_plans(message.name, drawn_for), content)
    if release != BOTH:
        for item in content.walk():
            for_one_release(item.values, release)
    return content


def with_every_code(message: MessageType, seed: int, index: int) -> Content:
    """Return a content for both releases with each code of the long lists where one may stand.

    It has as many clients as that takes, and need not obey the business rules.
    """
    clients = _CLIENTS
    while True:
        draw = Draw(seed, f"{message.name}/every-code", index)
        plan = root_plan(message.name, BOTH)
        content = plan.drawn(draw)
        _add_below(draw, plan, content, {}, clients)
        if put_codes(Changer(draw, message, BOTH), content):
            break
        clients *= 2
    amounts.fill_21(draw, message, content)
    _finish(message, class_plans(message.name, BOTH), content)
    return content


@lru_cache(maxsize=_MOST_KEPT)
def generated(message: MessageType, seed: int, index: int) -> Content:
    """Return the content for both releases, kept for the next to ask; it is never changed."""
    return generate(message, seed, index)


def _add_below(
    draw: Draw, plan: ClassPlan, content: Content, least: Mapping[str, int], times: int = 0
) -> None:
    """Draw the classes below a class.

    `least` is how often some classes must occur per parent, by path; `times`, unless 0, fixes how
    often each direct child class repeats.
    """
    for share, kinds in plan.below:
        is_sure = share >= 1.0 or times or any(kind.path in least for kind, _, _ in kinds)
        if not (is_sure or draw.random() < share):
            continue
        for kind, low, high in kinds:
            count = times or max(draw.few(low, high), least.get(kind.path, 0))
            for child in kind.drawn_siblings(draw, count):
                content.children.append(child)
                if kind.below:
                    _add_below(draw, kind, child, least)


def _finish(message: MessageType, plans: Mapping[str, ClassPlan], root: Content) -> None:
    """Derive the other sides of a content and of all below it."""
    above: dict[str, str] = {}
    for content in root.walk():
        plan, values = plans[content.path], content.values
        derive(plan.pairs, values, values.source_21, content.mark)
        if content is root:
            header_code(message, values)
        # Records come after those that they are below.
        for name in plan.wanted:
            above[f"{plan.record}/{name}"] = values.expected_20.get(name, "")
        add_only_20(plan.fields, content, above)


def _only_20_tree(draw: Draw, message: MessageType, record: str) -> Content:
    """Draw a record, and those below it, of a message type without a 2.1 form."""
    content = Content(record)
    values, slots = content.values.source_20, only_20(message.name)
    for slot in slots.get(record, ()):
        present = 1 - RARELY if slot.spec.has_long_list else PRESENT
        if not slot.spec.may_be_absent or is_present(draw, present):
            values[slot.field.name] = slot.pick(draw)
    comment = comment_slot(message.name)
    if comment and record in message.records[COMMENT].comments_on and is_present(draw, PRESENT):
        values[comment.field.name] = comment.pick(draw)
        comment_fields(draw, slots.get(COMMENT, ()), values)
    for name in [name for name, value in values.items() if not value]:
        del values[name]
    for kind in message.records.values():
        if kind.parent == record:
            low, high = count_of(message, kind.code)
            for _ in range(draw.few(low if draw.chance(RARELY) else max(low, 1), high)):
                content.children.append(_only_20_tree(draw, message, kind.code))
    return content
