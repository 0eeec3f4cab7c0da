"""Pools of what depends on nothing else: always the same, and changed by no message."""

from __future__ import annotations

import gc
from copy import deepcopy

from generators.message import generate
from generators.planning.draw_group import group
from generators.planning.plan import GroupSlot, class_slots
from generators.values.draw import Draw
from generators.values.value_pool import Pool
from generators.variation.covering_plan import COVERED
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from tests.generators.facts import CONVERTED


def numbers(label: str) -> Pool[tuple[float, bool]]:
    return Pool(label, lambda draw: (draw.random(), draw.full))


def test_a_value_does_not_hang_on_what_was_drawn_before_it() -> None:
    one, other = numbers("one"), numbers("one")
    places = [200, 3, 17, 0, 255, 16, 4]
    assert [one[place] for place in places] == [*reversed([other[n] for n in reversed(places)])]
    assert len({value for value, _ in one.values()}) == len(one)
    assert numbers("another")[3] != one[3]


def test_at_odd_places_all_that_may_be_absent_is_present() -> None:
    pool = numbers("full")
    assert [pool[place][1] for place in range(4)] == [False, True, False, True]
    client = next(slot for slot in class_slots("WMO301", "both") if slot.record == "02")
    name = next(item for item in client.members if item.key == "Naam")
    assert isinstance(name, GroupSlot)
    assert name.is_free
    assert {len(drawn(name, index, full=True)) for index in range(40)} == {7}
    assert len({len(drawn(name, index, full=False)) for index in range(40)}) > 2


def drawn(slot: GroupSlot, index: int, full: bool) -> dict[str, str]:
    """The values of a group, drawn for a message."""
    draw, values = Draw(1, "name", index), dict[str, str]()
    draw.full = full
    group(draw, slot, values)
    return values


def test_no_message_changes_what_others_share() -> None:
    def shared() -> list[tuple[Pool[object], dict[int, object]]]:
        # What another test has frozen is not listed.
        gc.unfreeze()
        found = [item for item in gc.get_objects() if isinstance(item, Pool)]
        return [(pool, deepcopy(dict(pool))) for pool in found]

    def all_sides() -> None:
        for name in CONVERTED[:4]:
            message = catalogue().one(name)
            for index in range(COVERED):
                content = generate(message, 1, index)
                for side in range(4):
                    written(message, content, side)

    all_sides()
    before = shared()
    assert len(before) > 50
    all_sides()
    assert all(dict(pool) == values for pool, values in before)
