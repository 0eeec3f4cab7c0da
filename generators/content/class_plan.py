"""What each class of a message consists of: how it is drawn, and what 2.0 makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from generators.content.content import Content
from generators.content.derive import Pairs, pairs_of
from generators.planning.draw_group import comment_fields, group, is_present, leaf, own_value
from generators.planning.plan import (
    FieldSlot,
    GroupSlot,
    LeafSlot,
    class_slots,
    leaves,
    only_20,
    plan,
    split,
    wanted_above,
)
from generators.planning.rule_constraints import Condition, Siblings, conditions, siblings
from generators.values.draw import Draw
from schemas.facts.records import COMMENT
from schemas.mapping.field_pairs import mapped

# The share of classes in which everything that may be absent is present.
_FULL = 7 / 12
# How often a class is drawn to find one that may occur with its siblings.
_TRIES = 64
# A group of classes: its probability, and for each class in it the lowest and highest count.
Below = tuple[float, tuple[tuple["ClassPlan", int, int], ...]]


@dataclass(eq=False)
class ClassPlan:
    """A class of a message type.

    `ready` is drawn first, and then the `own` elements and groups, which depend on what was drawn,
    each with its presence condition. `fields` are those that only 2.0 has, `comment_fields` those
    of a comment, whose text has the key `comment`; `wanted` names what fields of records below are
    filled from.
    """

    record: str
    path: str
    ready: GroupSlot
    own: tuple[tuple[LeafSlot | GroupSlot, Condition | None], ...]
    siblings: Siblings | None
    pairs: Pairs
    fields: tuple[FieldSlot, ...]
    comment: str
    comment_fields: tuple[FieldSlot, ...]
    wanted: tuple[str, ...]
    below: tuple[Below, ...] = field(default=())

    def drawn(self, draw: Draw) -> Content:
        """Return a class with its elements, and without those of the classes below it."""
        content = Content(self.record, self.path)
        content.mark = draw.random()
        draw.full = draw.random() < _FULL
        values = content.values.source_21
        group(draw, self.ready, values)
        for member, condition in self.own:
            share = condition.share(values, member.share) if condition else member.share
            if share and is_present(draw, share):
                if isinstance(member, LeafSlot):
                    leaf(draw, member, values)
                else:
                    group(draw, member, values)
        content.own = [own_value(draw, slot) for slot in self.fields]
        if self.comment in values:
            comment_fields(draw, self.comment_fields, content.values.source_20)
        return content

    def drawn_siblings(self, draw: Draw, count: int) -> Iterator[Content]:
        """Yield up to `count` classes that may occur together below one parent."""
        if self.siblings is None:
            for _ in range(count):
                yield self.drawn(draw)
            return
        taken: set[tuple[str | None, ...]] = set()
        for _ in range(count):
            for _ in range(_TRIES):
                content = self.drawn(draw)
                if self._fits(content.values.source_21, taken):
                    yield content
                    break

    def _fits(self, values: Mapping[str, str], taken: set[tuple[str | None, ...]]) -> bool:
        """Whether a class may occur beside others, of which it then is one."""
        assert self.siblings is not None
        key = self.siblings.unique_key(values)
        if not taken and not self.siblings.may_be_first(values):
            return False
        if key and key in taken:
            return False
        taken.add(key)
        return True


@cache
def class_plans(name: str, release: str) -> dict[str, ClassPlan]:
    """Return the classes of a message type by path, for `2.0`, `2.1` or `both`."""
    slots = class_slots(name, release)
    found = {slot.key: _class_plan(name, slot) for slot in slots}
    for slot in slots:
        found[slot.key].below = tuple(_below(slot, found))
    return found


def root_plan(name: str, release: str) -> ClassPlan:
    """Return the class of the whole message."""
    return class_plans(name, release)[plan(name, release).key]


def _class_plan(name: str, slot: GroupSlot) -> ClassPlan:
    ready, own = split(slot)
    depends = conditions(slot.key)
    return ClassPlan(
        record=slot.record,
        path=slot.key,
        ready=ready,
        own=tuple(
            (member, depends.get(member.key)) for member in own.members if not _holds(member)
        ),
        siblings=siblings(slot.key),
        pairs=pairs_of(name, slot.record, (leaf.key for leaf in leaves(slot))),
        fields=only_20(name).get(slot.record, ()),
        comment=_comment_key(name, slot.record),
        comment_fields=only_20(name).get(COMMENT, ()),
        wanted=wanted_above(name).get(slot.record, ()),
    )


def _comment_key(name: str, record: str) -> str:
    """Return the key of the comment on a record; empty if there can be none."""
    listed = (pair for pair in mapped(name)[record] if pair.field.rule.role == "comment-text")
    return next((pair.keys[0] for pair in listed), "")


def _holds(member: LeafSlot | GroupSlot) -> bool:
    """Whether a member is a class, or a group of classes."""
    return isinstance(member, GroupSlot) and (bool(member.record) or member.holds_records)


def _below(slot: GroupSlot, found: Mapping[str, ClassPlan]) -> Iterator[Below]:
    """Yield the groups of classes in a class."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            continue
        inner = (member,) if member.record else member.members
        classes = [item for item in inner if isinstance(item, GroupSlot) and item.record]
        if classes:
            share = 1.0 if member.record else member.share
            yield share, tuple((found[item.key], item.low, item.high) for item in classes)
