"""Which variations a message shows: the first messages of each type show all of them."""

from __future__ import annotations

from functools import cache

from generators.planning.plan import class_slots, leaves
from generators.variation.places import applies, places
from generators.variation.table import OF_RECORDS, TWIN, Variation, variations
from schemas.facts.catalogue import catalogue

# The number of messages that show all variations; the first of them shows none.
COVERED = 40
# Beyond these, one message in so many shows a variation.
_ONE_IN = 16


def planned(name: str, release: str, index: int) -> tuple[Variation, ...]:
    """Return the variations of a message by its index, whatever the seed."""
    if index < COVERED:
        return _plan(name, release)[index]
    listed = of_type(name, release)
    turn, rest = divmod(index, _ONE_IN)
    return () if rest or not listed else (listed[turn % len(listed)],)


@cache
def of_type(name: str, release: str) -> tuple[Variation, ...]:
    """Return the variations that messages of a type can show, for `2.0`, `2.1` or `both`."""
    if catalogue().one(name).root is None:
        return ()
    return tuple(item for item in variations() if applies(name, release, item))


@cache
def _plan(name: str, release: str) -> tuple[tuple[Variation, ...], ...]:
    """Return the variations of each covered index; no two of one message change the same."""
    found: list[list[Variation]] = [[] for _ in range(COVERED)]
    taken: list[set[object]] = [set() for _ in range(COVERED)]
    for item in sorted(of_type(name, release), key=lambda item: not _twins(item)):
        changed = _changed(name, release, item)
        free = [place for place in range(1, COVERED) if changed.isdisjoint(taken[place])]
        best = min(free, key=lambda place: len(found[place]))
        found[best].append(item)
        taken[best] |= changed
    return tuple(map(tuple, found))


def _changed(name: str, release: str, variation: Variation) -> set[object]:
    """Return what a variation changes: elements, or the records of the message."""
    changed: set[object] = set()
    for step in variation.steps:
        if step.kind in OF_RECORDS:
            changed.add("records")
        for place in places(name, release, step):
            changed |= {(place.path, key) for key in place.settings}
            if step.kind == TWIN:
                changed |= _below(name, release, place.path)
    return changed


def _below(name: str, release: str, path: str) -> set[tuple[str, str]]:
    """Return the elements of a class and of those below it: twins are alike in all of them."""
    slots = [slot for slot in class_slots(name, release) if f"{slot.key}/".startswith(f"{path}/")]
    return {(slot.key, leaf.key) for slot in slots for leaf in leaves(slot)}


def _twins(variation: Variation) -> bool:
    return any(step.kind == TWIN for step in variation.steps)
