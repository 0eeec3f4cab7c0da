"""Pools of ready-made shapes: all of a class that does not hang on the message it stands in.

A shape is drawn and derived once and used in many messages, which makes generating and writing
fast. It also decides which values are there that hang on the message. Messages take the shapes of
a pool in turn, a window of them at a time, so that few need to be held; what stands at which place
depends on neither the seed nor what was drawn before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from weakref import WeakValueDictionary

from generators.content import amounts
from generators.content.derive import derive, for_one_release, header_code, pairs_of
from generators.content.only_20 import fill_only_20
from generators.content.prefab import Shape
from generators.content.sides import Values
from generators.planning.draw_group import comment_fields, group, is_present, own_or_default
from generators.planning.plan import (
    FieldSlot,
    GroupSlot,
    LeafSlot,
    class_slots,
    comment_slot,
    leaves,
    only_20,
    own_fields,
    plan,
    split,
    wanted_above,
)
from generators.planning.rule_constraints import conditions, siblings
from generators.prebuilt.drawn_parts import SlotsMaker
from generators.values.agreements import Agreement
from generators.values.draw import STRIDE, Draw, digest
from generators.values.specs import Spec
from schemas.facts.message_types import catalogue
from schemas.facts.records import COMMENT, HEADER

# Of every twelve shapes seven have everything that may be present; they are no fewer than the codes
# of the longest list, so that each has its turn.
_FEWEST_TWELVES, _FULL_OF_12 = 32, 7
# The shapes of so many twelves are held at once. Others take their place when as many messages had
# them, so that all are met soon, and seldom later, as new shapes cost time.
_TWELVES_HELD = 8
_HELD = 12 * _TWELVES_HELD
_LONG_STAY = 20 * _HELD
# The codes of comments come round twice, as not every comment is met.
_ROUNDS = 2
_SEED_STEP = 61
# So many shapes are looked at for one that may stand beside those before it.
_TRIES = 64
_SEED = 0
# Messages come type by type, now and then with some of another type beside them.
_TYPES_KEPT = 2


# What stands in one group below a class: how often the group is there, and the pools of the
# classes in it, of each the fewest and how many numbers there are from there to the most.
Below = tuple[float, tuple[tuple["Pool", int, int], ...]]


class Pool:
    """The shapes of one class of a message type, each made when it is first used.

    The `commented` classes share the turns of the codes of their comments.
    """

    def __init__(
        self, name: str, release: str, slot: GroupSlot, commented: Sequence[GroupSlot]
    ) -> None:
        self.message = catalogue().one(name)
        self.release = release
        self.record = slot.record
        self.slot, self.own = split(slot)
        self.label = f"{name}/{release}/{slot.key}"
        on_message = own_fields(name)[slot.record]
        only = only_20(name).get(slot.record, ())
        self.fields = tuple(item for item in only if item not in on_message)
        self.wanted = wanted_above(name).get(slot.record, ())
        self.pairs = pairs_of(name, slot.record, self.slot)
        self.slots = SlotsMaker(self.message, release, slot, on_message, self.wanted)
        self.comment = comment_slot(name)
        self.comment_fields: tuple[FieldSlot, ...] = only_20(name).get(COMMENT, ())
        self.below: tuple[Below, ...] = ()
        self.conditions = conditions(slot.key)
        self.siblings = siblings(slot.key)
        self.is_free = self.siblings is None
        self.leads = self.siblings is not None and bool(self.siblings.first_key)
        mark = digest(self.label)
        self.start, self.round_step = mark[0] + 256 * mark[1], 2 * mark[2] + 1
        of_comments = _longest(slot.spec for slot in self.comment_fields)
        share = -(-_ROUNDS * of_comments // len(commented)) if slot in commented else 0
        own = [*(leaf.spec for leaf in leaves(slot)), *(slot.spec for slot in self.fields)]
        wanted = max(_FEWEST_TWELVES, -(-max(_longest(own), share) // _FULL_OF_12))
        self.windows = -(-wanted // _TWELVES_HELD)
        self.twelves = self.windows * _TWELVES_HELD
        self.comment_turn = commented.index(slot) * share if slot in commented else 0
        self._for = (0, -1)
        self._first, self._window = 0, -1
        self._shapes: list[Shape | None] = []
        # Many shapes have the same values present.
        self._keys: dict[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]] = {}

    def pick(self, draw: Draw) -> Shape:
        """The next of the shapes held; which ones of two pools meet changes every round."""
        if self._for != (draw.seed, draw.index):
            self._turn_to(draw.seed, draw.index)
        turn = draw.turns.get(self, 0)
        draw.turns[self] = turn + 1
        place = (self._first + turn * STRIDE) % _HELD
        return self._shapes[place] or self._make(place)

    def _turn_to(self, seed: int, index: int) -> None:
        """Hold the window of a message, and begin where its turn is."""
        self._for = seed, index
        rounds = index // _HELD
        self._first = self.start + seed * _SEED_STEP + rounds * self.round_step + index
        stays = rounds if index < _LONG_STAY else index // _LONG_STAY
        window = (self.start + seed + stays) % self.windows
        if window != self._window:
            self._window, self._shapes = window, [None] * _HELD

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
        number = self._window * _HELD + place
        draw = Draw(_SEED, self.label, number)
        draw.full, draw.index = self._rank(number)
        values, inside = self._values(draw)
        kept, agreements = values.expected_20, list[tuple[Agreement, str]]()
        elements = list(self._present(draw, self.own, agreements, inside))
        signed = amounts.signed_21(self.message, self.record, values.source_21)
        slots = self.slots.of(elements, agreements, draw.credit, values)
        drawn = {name for name, _ in slots.above}
        wanted = {f"{self.record}/{name}": kept.get(name, "") for name in self.wanted}
        above = tuple(item for item in wanted.items() if item[0] not in drawn)
        for_one_release(values, self.release)
        keys = tuple(tuple(listed) for listed in values.of)
        shape = Shape(slots, values, self._keys.setdefault(keys, keys), above, signed)
        if self.siblings is not None:
            shape.mark, shape.may_lead = self.siblings.mark(inside), self.siblings.may_lead(inside)
        self._shapes[place] = shape
        return shape

    def _rank(self, number: int) -> tuple[bool, int]:
        """Whether a shape is full, and its rank; the full ones come first."""
        twelve, rest = divmod(number, 12)
        if rest < _FULL_OF_12:
            return True, twelve * _FULL_OF_12 + rest
        others = twelve * (12 - _FULL_OF_12) + rest - _FULL_OF_12
        return False, self.twelves * _FULL_OF_12 + others

    def _values(self, draw: Draw) -> tuple[Values, dict[str, str]]:
        """What can be drawn beforehand: on all sides, and the elements by their keys."""
        values, drawn = Values(), dict[str, str]()
        group(draw, self.slot, drawn)
        derive(draw, self.pairs, values, drawn)
        source, kept = values.source_20, values.expected_20
        if self.record == HEADER:
            header_code(self.message, values)
        fill_only_20(self.message.name, self.record, kept, {})
        for slot in self.fields:
            name = slot.field.name
            if value := own_or_default(draw, slot, kept.get(name, "")):
                source[name] = value
        if self.comment:
            draw.index += self.comment_turn
            comment_fields(draw, self.comment_fields, self.comment.field.name, source)
        return values, drawn

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


def _longest(specs: Iterable[Spec]) -> int:
    """How many codes the longest list has."""
    return max((len(spec.codes) for spec in specs), default=0)


def _below(slot: GroupSlot, found: dict[str, Pool]) -> Iterator[Below]:
    """What stands below a class, group by group."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            continue
        inner = (member,) if member.record else member.members
        kinds = [item for item in inner if isinstance(item, GroupSlot) and item.record]
        if kinds:
            pools_below = tuple(
                (found[item.key], item.low, item.high - item.low + 1) for item in kinds
            )
            yield 1.0 if member.record else member.share, pools_below


def _pools(name: str, release: str) -> dict[str, Pool]:
    """The pools of a message type by the path of the class."""
    slots = class_slots(name, release)
    comment = catalogue().one(name).records.get(COMMENT)
    commented = [slot for slot in slots if comment and slot.record in comment.comments_on]
    found = {slot.key: Pool(name, release, slot, commented) for slot in slots}
    for slot in slots:
        found[slot.key].below = tuple(_below(slot, found))
    return found


_in_use: WeakValueDictionary[tuple[str, str], Pool] = WeakValueDictionary()


@lru_cache(maxsize=_TYPES_KEPT)
def whole(name: str, release: str) -> Pool:
    """The pool of the header of a message type, which holds those of all that stands below it.

    Those of the last few types are kept; whoever needs those of more types at a time holds them.
    """
    found = _in_use.get((name, release))
    if found is None:
        found = _pools(name, release)[plan(name, release).key]
        _in_use[name, release] = found
    return found
