"""Pools of prefabs: the parts of a class that do not depend on the rest of the message.

A prefab is drawn and derived once and used in many messages, which makes generating and writing
fast. It also fixes which of the message-dependent values are present. Messages take prefabs from a
pool in turn, from a window that moves on, so that few are in memory; which prefab has which place
depends neither on the seed nor on earlier draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from weakref import WeakValueDictionary

from generators.content import amounts
from generators.content.derive import derive, for_one_release, header_code, pairs_of
from generators.content.only_20 import fill_only_20
from generators.content.prefab import Prefab
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
from generators.prebuilt.drawn_parts import DrawnPartMaker
from generators.values.agreements import Agreement
from generators.values.draw import STRIDE, Draw, digest
from generators.values.specs import Spec
from schemas.facts.catalogue import catalogue
from schemas.facts.records import COMMENT, HEADER

# Seven of every dozen prefabs are full: everything optional is present. There are at least as many
# full ones as codes in the longest list, so that each code gets its turn.
_FEWEST_DOZENS, _FULL_OF_12 = 32, 7
# The size of the window in dozens. It moves on after as many messages as it holds prefabs, so that
# all are used early, and later more slowly, as new prefabs cost time.
_DOZENS_HELD = 8
_HELD = 12 * _DOZENS_HELD
_LONG_STAY = 20 * _HELD
# Comment codes are cycled twice, as not every comment is used.
_ROUNDS = 2
_SEED_STEP = 61
# How many prefabs are tried to find one that is compatible with its siblings.
_TRIES = 64
_SEED = 0
# Messages are mostly generated type by type, at times with a second type alongside.
_TYPES_KEPT = 2


# A group below a class: its probability, and for each class in it the pool, the lowest count and
# the number of possible counts.
Below = tuple[float, tuple[tuple["Pool", int, int], ...]]


class Pool:
    """The prefabs of one class of a message type, each made on first use.

    The `commented` classes share the cycling of comment codes.
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
        self.drawn_parts = DrawnPartMaker(self.message, release, slot, on_message, self.wanted)
        self.comment = comment_slot(name)
        self.comment_fields: tuple[FieldSlot, ...] = only_20(name).get(COMMENT, ())
        self.below: tuple[Below, ...] = ()
        self.conditions = conditions(slot.key)
        self.siblings = siblings(slot.key)
        self.is_free = self.siblings is None
        self.first_matters = self.siblings is not None and bool(self.siblings.first_key)
        mark = digest(self.label)
        self.start, self.round_step = mark[0] + 256 * mark[1], 2 * mark[2] + 1
        of_comments = _longest(slot.spec for slot in self.comment_fields)
        share = -(-_ROUNDS * of_comments // len(commented)) if slot in commented else 0
        own = [*(leaf.spec for leaf in leaves(slot)), *(slot.spec for slot in self.fields)]
        wanted = max(_FEWEST_DOZENS, -(-max(_longest(own), share) // _FULL_OF_12))
        self.windows = -(-wanted // _DOZENS_HELD)
        self.dozens = self.windows * _DOZENS_HELD
        self.comment_turn = commented.index(slot) * share if slot in commented else 0
        self._for = (0, -1)
        self._first, self._window = 0, -1
        self._prefabs: list[Prefab | None] = []
        # Many prefabs have the same keys.
        self._keys: dict[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]] = {}

    def pick(self, draw: Draw) -> Prefab:
        """Return the next prefab of the window; each round combines the pools differently."""
        if self._for != (draw.seed, draw.index):
            self._turn_to(draw.seed, draw.index)
        turn = draw.turns.get(self, 0)
        draw.turns[self] = turn + 1
        place = (self._first + turn * STRIDE) % _HELD
        return self._prefabs[place] or self._make(place)

    def _turn_to(self, seed: int, index: int) -> None:
        """Move the window to that of a message, and start at its offset."""
        self._for = seed, index
        rounds = index // _HELD
        self._first = self.start + seed * _SEED_STEP + rounds * self.round_step + index
        stays = rounds if index < _LONG_STAY else index // _LONG_STAY
        window = (self.start + seed + stays) % self.windows
        if window != self._window:
            self._window, self._prefabs = window, [None] * _HELD

    def pick_siblings(self, draw: Draw, count: int) -> list[Prefab]:
        """Return up to `count` prefabs for children of one parent that may occur together."""
        if self.is_free or (count == 1 and not self.first_matters):
            return [self.pick(draw) for _ in range(count)]
        taken: set[tuple[str | None, ...]] = set()
        found: list[Prefab] = []
        for _ in range(count):
            for _ in range(_TRIES):
                prefab = self.pick(draw)
                key = prefab.unique_key
                if (found or prefab.may_be_first) and (not key or key not in taken):
                    taken.add(key)
                    found.append(prefab)
                    break
        return found

    def _make(self, place: int) -> Prefab:
        number = self._window * _HELD + place
        draw = Draw(_SEED, self.label, number)
        draw.full, draw.index = self._rank(number)
        values, inside = self._values(draw)
        kept, agreements = values.expected_20, list[tuple[Agreement, str]]()
        elements = list(self._present(draw, self.own, agreements, inside))
        signed = amounts.signed_21(self.message, self.record, values.source_21)
        drawn_part = self.drawn_parts.of(elements, agreements, draw.credit, values)
        drawn = {name for name, _ in drawn_part.above}
        wanted = {f"{self.record}/{name}": kept.get(name, "") for name in self.wanted}
        above = tuple(item for item in wanted.items() if item[0] not in drawn)
        for_one_release(values, self.release)
        keys = tuple(tuple(listed) for listed in values.of)
        prefab = Prefab(drawn_part, values, self._keys.setdefault(keys, keys), above, signed)
        if self.siblings is not None:
            prefab.unique_key = self.siblings.unique_key(inside)
            prefab.may_be_first = self.siblings.may_be_first(inside)
        self._prefabs[place] = prefab
        return prefab

    def _rank(self, number: int) -> tuple[bool, int]:
        """Return whether a prefab is full, and its rank; full ones rank first."""
        dozen, rest = divmod(number, 12)
        if rest < _FULL_OF_12:
            return True, dozen * _FULL_OF_12 + rest
        others = dozen * (12 - _FULL_OF_12) + rest - _FULL_OF_12
        return False, self.dozens * _FULL_OF_12 + others

    def _values(self, draw: Draw) -> tuple[Values, dict[str, str]]:
        """Draw what does not depend on the message: values by side, and the elements by key."""
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
        """Yield the elements that are present, without groups that hold classes."""
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
    """Return the number of codes in the longest list."""
    return max((len(spec.codes) for spec in specs), default=0)


def _below(slot: GroupSlot, found: dict[str, Pool]) -> Iterator[Below]:
    """Yield the groups below a class."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            continue
        inner = (member,) if member.record else member.members
        classes = [item for item in inner if isinstance(item, GroupSlot) and item.record]
        if classes:
            pools_below = tuple(
                (found[item.key], item.low, item.high - item.low + 1) for item in classes
            )
            yield 1.0 if member.record else member.share, pools_below


def _pools(name: str, release: str) -> dict[str, Pool]:
    """Return the pools of a message type, by the path of the class."""
    slots = class_slots(name, release)
    comment = catalogue().one(name).records.get(COMMENT)
    commented = [slot for slot in slots if comment and slot.record in comment.comments_on]
    found = {slot.key: Pool(name, release, slot, commented) for slot in slots}
    for slot in slots:
        found[slot.key].below = tuple(_below(slot, found))
    return found


_in_use: WeakValueDictionary[tuple[str, str], Pool] = WeakValueDictionary()


@lru_cache(maxsize=_TYPES_KEPT)
def root_pool(name: str, release: str) -> Pool:
    """Return the pool of the header of a message type, which refers to the pools below it.

    Those of the last few types are cached; a caller that needs more of them must hold them.
    """
    found = _in_use.get((name, release))
    if found is None:
        found = _pools(name, release)[plan(name, release).key]
        _in_use[name, release] = found
    return found
