"""Pools of ready-made shapes: all of a class that does not hang on the message it stands in.

A shape is drawn and derived once and used in many messages, which makes generating fast. Which
shape stands at which place of a pool depends on neither the seed nor what was drawn before.
"""

from __future__ import annotations

from functools import cache

from generators.content import Content
from generators.derive import derive, pairs_of
from generators.draw import Draw
from generators.drawing import comment_fields, group, own_or_default
from generators.plan import (
    FieldSlot,
    GroupSlot,
    class_slots,
    comment_slot,
    only_20,
    own_fields,
    split,
)
from schemas.mapping import dropped_20
from schemas.messages import catalogue
from schemas.records import COMMENT

# The first shapes have everything that may be present, so that every code has its turn.
_FULL, _SIZE = 448, 768
_SEED = 0


class Shape(Content):
    """A ready-made part of a class; `credit` tells whether its amounts are credit."""

    __slots__ = ("credit",)
    credit: bool


class Pool:
    """The shapes of one class of a message type, each made when it is first used."""

    def __init__(self, name: str, release: str, slot: GroupSlot) -> None:
        self.message = catalogue().one(name)
        self.slot, self.own = split(slot)
        self.label = f"{name}/{release}/{slot.key}"
        own = own_fields(name)[slot.record]
        self.fields = tuple(i for i in only_20(name).get(slot.record, ()) if i not in own)
        self.pairs = pairs_of(name, slot.record, self.slot)
        self.own_pairs = pairs_of(name, slot.record, self.own)
        self.comment = comment_slot(name)
        self.comment_fields: tuple[FieldSlot, ...] = only_20(name).get(COMMENT, ())
        self._shapes: list[Shape | None] = [None] * _SIZE

    def pick(self, draw: Draw) -> Shape:
        """One of the shapes."""
        place = int(draw.random() * _SIZE)
        return self._shapes[place] or self._make(place)

    def _make(self, place: int) -> Shape:
        draw = Draw(_SEED, self.label, place)
        draw.full = place < _FULL
        shape = Shape(self.slot.record)
        group(draw, self.slot, shape.v21)
        shape.credit = draw.credit
        derive(draw, self.pairs, shape)
        record = self.message.records[shape.record]
        shape.x20 |= dropped_20(record, shape.x20, {})
        for slot in self.fields:
            name = slot.field.name
            if value := own_or_default(draw, slot, shape.x20.get(name, "")):
                shape.v20[name] = value
        if self.comment:
            comment_fields(draw, self.comment_fields, self.comment.field.name, shape.v20)
        self._shapes[place] = shape
        return shape


@cache
def pools(name: str, release: str) -> dict[str, Pool]:
    """The pools of a message type by the path of the class."""
    return {slot.key: Pool(name, release, slot) for slot in class_slots(name, release)}
