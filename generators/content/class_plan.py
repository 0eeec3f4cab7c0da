"""What each class of a message consists of: how it is drawn, and what 2.0 makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from generators.content.content import Alone, Content
from generators.content.derive import Pairs, pairs_of
from generators.content.only_20 import is_alone, pool_alone
from generators.planning.draw_group import comment_fields, drawn, group, is_present, own_value
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
from generators.values.value_pool import Pool
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

    `ready` is drawn first, then what is its `own`, as it depends on the message, and then what it
    may have only `beside` other elements, with the condition. Of the fields that only 2.0 has,
    `alone` depend on no others and `fields` do; `comment_fields` are those of a comment, whose text
    has the key `comment`; `wanted` names what fields of records below are filled from.
    """

    record: str
    path: str
    ready: GroupSlot
    own: GroupSlot
    beside: tuple[tuple[LeafSlot | GroupSlot, Condition], ...]
    siblings: Siblings | None
    pairs: Pairs
    alone: Pool[Alone]
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
        group(draw, self.own, values)
        for member, condition in self.beside:
            share = condition.share(values, member.share)
            if share and is_present(draw, share):
                drawn(draw, member, values)
        place = draw.byte()
        content.alone = self.alone[place | 1 if draw.full else place & ~1]
        if self.fields:
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
    fields = only_20(name).get(slot.record, ())
    return ClassPlan(
        record=slot.record,
        path=slot.key,
        ready=ready,
        own=replace(own, members=[item for item in own.members if item.key not in depends]),
        beside=tuple(
            (member, depends[member.key]) for member in own.members if member.key in depends
        ),
        siblings=siblings(slot.key),
        pairs=pairs_of(name, slot.record, (leaf.key for leaf in leaves(slot))),
        alone=pool_alone(fields),
        fields=tuple(field for field in fields if not is_alone(field)),
        comment=_comment_key(name, slot.record),
        comment_fields=only_20(name).get(COMMENT, ()),
        wanted=wanted_above(name).get(slot.record, ()),
    )


def _comment_key(name: str, record: str) -> str:
    """Return the key of the comment on a record; empty if there can be none."""
    listed = (pair for pair in mapped(name)[record] if pair.field.rule.role == "comment-text")
    return next((pair.keys[0] for pair in listed), "")


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
