"""Pools of ready-made shapes: all of a class that does not hang on the message it stands in.

A shape is drawn and derived once and used in many messages, which makes generating and writing
fast. It also decides which values are there that hang on the message. Messages take the shapes of
a pool in turn; what stands at which place depends on neither the seed nor what was drawn before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.agreements import Agreement
from generators.content import Content, FourReady
from generators.derive import derive, header_code, pairs_of
from generators.domains import Domain
from generators.draw import Draw, digest
from generators.drawing import comment_fields, group, is_present, own_or_default
from generators.kept_rules import conditions, siblings
from generators.plan import (
    FieldSlot,
    GroupSlot,
    LeafSlot,
    class_slots,
    comment_slot,
    only_20,
    own_fields,
    plan,
    split,
    wanted_above,
)
from generators.specs import Spec
from schemas.mapping import dropped_20
from schemas.messages import catalogue
from schemas.nodes import Ready
from schemas.records import COMMENT, HEADER, TRAILER

# Of every twelve shapes seven have everything that may be present. They are more than the codes of
# the longest list, so that every code has its turn.
_SIZE, _FULL_OF_12 = 768, 7
_SEED_STEP = 61
# So many shapes are looked at for one that may stand beside those before it.
_TRIES = 64
_SEED = 0


@dataclass(frozen=True)
class Shape:
    """A ready-made part of a class, and what is drawn for each message.

    `own` are the elements that hang on the message and `agreements` what they must agree on;
    `credit` tells whether the amounts of the class are credit. `mark` is what no class beside it
    may share, `may_lead` whether it may be the first of them.
    """

    ready: FourReady
    cut: int
    credit: bool
    own: tuple[tuple[str, Domain, Spec], ...]
    agreements: tuple[tuple[Agreement, str], ...]
    mark: tuple[str | None, ...] = ()
    may_lead: bool = True


@dataclass(frozen=True)
class Below:
    """The classes in one group below a class, with the pools of their shapes."""

    share: float
    kinds: tuple[tuple[Pool, int, int], ...]


class Pool:
    """The shapes of one class of a message type, each made when it is first used."""

    def __init__(self, name: str, release: str, slot: GroupSlot) -> None:
        self.message = catalogue().one(name)
        self.record = slot.record
        self.slot, self.own = split(slot)
        self.label = f"{name}/{release}/{slot.key}"
        self.own_fields = own_fields(name)[slot.record]
        only = only_20(name).get(slot.record, ())
        self.fields = tuple(item for item in only if item not in self.own_fields)
        self.wanted = wanted_above(name).get(slot.record, ())
        self.records = [self.message.records[slot.record]]
        if slot.record == HEADER:
            self.records.append(self.message.records[TRAILER])
        self.pairs = pairs_of(name, slot.record, self.slot)
        self.own_pairs = pairs_of(name, slot.record, self.own)
        self.comment = comment_slot(name)
        self.comment_fields: tuple[FieldSlot, ...] = only_20(name).get(COMMENT, ())
        self.below: tuple[Below, ...] = ()
        self.conditions = conditions(slot.key)
        self.siblings = siblings(slot.key)
        self.is_free = self.siblings is None
        self.leads = self.siblings is not None and bool(self.siblings.first_key)
        mark = digest(self.label)
        self.start, self.round_step = mark[0] + 256 * mark[1], 2 * mark[2] + 1
        self._shapes: list[Shape | None] = [None] * _SIZE

    def pick(self, draw: Draw) -> Shape:
        """The next of the shapes; which ones of two pools come together changes every round."""
        round_ = draw.index // _SIZE
        start = self.start + draw.seed * _SEED_STEP + round_ * self.round_step
        place = (start + draw.turn(self)) % _SIZE
        return self._shapes[place] or self._make(place)

    def some(self, draw: Draw, count: int) -> list[Shape]:
        """Shapes for classes at one parent, as far as they may stand beside each other."""
        if self.is_free or (count == 1 and not self.leads):
            return [self.pick(draw) for _ in range(count)]
        taken: set[tuple[str | None, ...]] = set()
        found: list[Shape] = []
        for _ in range(count):
            for _ in range(_TRIES):
                shape = self.pick(draw)
                if (found or shape.may_lead) and (not shape.mark or shape.mark not in taken):
                    taken.add(shape.mark)
                    found.append(shape)
                    break
        return found

    def _make(self, place: int) -> Shape:
        draw = Draw(_SEED, self.label, place)
        draw.full, draw.index = _rank(place)
        content, drawn = Content(self.record), dict[str, str]()
        group(draw, self.slot, drawn)
        derive(draw, self.pairs, content, drawn)
        values, kept = content.source_20.own, content.expected_20.own
        if self.record == HEADER:
            header_code(self.message, content)
        for record in self.records:
            kept |= dropped_20(record, kept, {})
        for slot in self.fields:
            name = slot.field.name
            if value := own_or_default(draw, slot, kept.get(name, "")):
                values[name] = value
        if self.comment:
            comment_fields(draw, self.comment_fields, self.comment.field.name, values)
        agreements: list[tuple[Agreement, str]] = []
        present = self._present(draw, self.own, agreements, drawn)
        own = tuple((member.key, member.make, member.spec) for member in present)
        shape = Shape(
            _ready(content),
            content.cut,
            draw.credit,
            own,
            tuple(agreements),
            self.siblings.mark(drawn) if self.siblings else (),
            self.siblings is None or self.siblings.may_lead(drawn),
        )
        self._shapes[place] = shape
        return shape

    def _present(
        self,
        draw: Draw,
        slot: GroupSlot,
        agreements: list[tuple[Agreement, str]],
        drawn: Mapping[str, str],
    ) -> Iterator[LeafSlot]:
        """The elements of a group that are there, those of a group that holds classes left out."""
        for member in slot.members:
            if isinstance(member, GroupSlot) and (member.record or member.holds_records):
                continue
            condition = self.conditions.get(member.key)
            share = condition.share(drawn, member.share) if condition else member.share
            if not share or not is_present(draw, share):
                continue
            if isinstance(member, LeafSlot):
                yield member
                continue
            yield from self._present(draw, member, agreements, drawn)
            if member.agreement:
                agreements.append((member.agreement, member.key))


def _rank(place: int) -> tuple[bool, int]:
    """Whether the shape at a place is full, and its number: those of the full ones come first."""
    twelve, rest = divmod(place, 12)
    if rest < _FULL_OF_12:
        return True, twelve * _FULL_OF_12 + rest
    return False, (_SIZE // 12) * _FULL_OF_12 + twelve * (12 - _FULL_OF_12) + rest - _FULL_OF_12


def _ready(content: Content) -> FourReady:
    return (
        Ready(content.source_20.own),
        Ready(content.source_21.own),
        Ready(content.expected_20.own),
        Ready(content.expected_21.own),
    )


def _below(slot: GroupSlot, found: dict[str, Pool]) -> Iterator[Below]:
    """What stands below a class, group by group."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            continue
        inner = (member,) if member.record else member.members
        kinds = [item for item in inner if isinstance(item, GroupSlot) and item.record]
        if kinds:
            pools_below = tuple((found[item.key], item.low, item.high) for item in kinds)
            yield Below(1.0 if member.record else member.share, pools_below)


@cache
def pools(name: str, release: str) -> dict[str, Pool]:
    """The pools of a message type by the path of the class."""
    slots = class_slots(name, release)
    found = {slot.key: Pool(name, release, slot) for slot in slots}
    for slot in slots:
        found[slot.key].below = tuple(_below(slot, found))
    return found


def forget() -> None:
    """Let go of all shapes: the messages of one type need none of those of another."""
    pools.cache_clear()


def whole(name: str, release: str) -> Pool:
    """The pool of the header of a message type, below which all else stands."""
    return pools(name, release)[plan(name, release).key]
