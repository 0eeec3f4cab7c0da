"""Where a variation applies in a message type: the classes and elements that it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import TypeVar

from generators.planning.plan import GroupSlot, LeafSlot, class_slots, leaves
from generators.planning.rule_constraints import conditions
from generators.values.domains import UNIQUE
from generators.variation.table import (
    COPIED,
    EACH,
    GROUP,
    LENGTH,
    OF_RECORDS,
    TWIN,
    Step,
    Variation,
    variations,
)
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """The elements of a class that a step sets, by key; the class is known by its path."""

    path: str
    record: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class _Meant:
    """What targets can mean in a message type: leaves and groups, in the order of the message.

    Both are listed by the name of their type and by each end of their path.
    """

    leaves: Mapping[str, Sequence[tuple[int, GroupSlot, LeafSlot]]]
    groups: Mapping[str, Sequence[tuple[int, GroupSlot, str]]]


@cache
def places(name: str, release: str, step: Step) -> tuple[Place, ...]:
    """Return where a step applies in a message type, for `2.0`, `2.1` or `both`."""
    message = catalogue().one(name)
    if step.kind in OF_RECORDS:
        return tuple(_of_records(message, class_slots(name, release), step))
    meant = _meant(name, release)
    if step.kind in (GROUP, EACH):
        return tuple(_of_groups(_in_order(step, meant.groups), step))
    return tuple(_of_leaves(message, _in_order(step, meant.leaves), step))


def applies(name: str, release: str, variation: Variation) -> bool:
    """Whether each step of a variation applies in a message type."""
    return all(places(name, release, step) for step in variation.steps)


@cache
def unique_keys(name: str, release: str) -> Mapping[str, frozenset[str]]:
    """Return the elements of each class that must be unique in a message, by its path."""
    return {
        slot.key: frozenset(leaf.key for leaf in leaves(slot) if leaf.make in UNIQUE)
        for slot in class_slots(name, release)
    }


@cache
def _meant(name: str, release: str) -> _Meant:
    message = catalogue().one(name)
    known = {
        target for variation in variations() for step in variation.steps for target in step.targets
    }
    of_leaves: dict[str, list[tuple[int, GroupSlot, LeafSlot]]] = {}
    of_groups: dict[str, list[tuple[int, GroupSlot, str]]] = {}
    order = count()
    for slot in class_slots(name, release):
        for leaf in leaves(slot):
            element, place = message.elements[leaf.spec.name], next(order)
            kind = element.type.name if element.type else ""
            for target in known.intersection([kind, *_ends(element.path)]):
                of_leaves.setdefault(target, []).append((place, slot, leaf))
        for path, start in [(slot.key, ""), *_groups(slot)]:
            place = next(order)
            for target in known.intersection(_ends(path)):
                of_groups.setdefault(target, []).append((place, slot, start))
    return _Meant(of_leaves, of_groups)


def _ends(path: str) -> Iterator[str]:
    """Yield a path, and each end of it."""
    while path:
        yield path
        path = path.partition("/")[2]


def _in_order(
    step: Step, meant: Mapping[str, Sequence[tuple[int, GroupSlot, T]]]
) -> list[tuple[GroupSlot, T]]:
    """Return what the targets of a step mean, in the order of the message."""
    found = {
        place: (slot, item)
        for target in step.targets
        for place, slot, item in meant.get(target, ())
    }
    return [found[place] for place in sorted(found)]


def _of_records(message: MessageType, slots: tuple[GroupSlot, ...], step: Step) -> Iterator[Place]:
    for slot in slots:
        has_key = step.kind != TWIN or not step.argument or step.argument in slot.leaf_keys
        if slot.high > 1 and has_key and message.records[slot.record].name in step.targets:
            yield Place(slot.key, slot.record, {})


def _of_leaves(
    message: MessageType, meant: Sequence[tuple[GroupSlot, LeafSlot]], step: Step
) -> Iterator[Place]:
    for slot, leaf in meant:
        if leaf.most or leaf.key in conditions(slot.key):
            continue
        if step.kind == LENGTH or _fits(message.elements[leaf.spec.name], leaf, step.argument):
            yield Place(slot.key, slot.record, {leaf.key: step.argument})


def _fits(element: Element, leaf: LeafSlot, value: str) -> bool:
    """Whether a value is valid in 2.1, and not too long for 2.0."""
    is_short = leaf.spec.base != "string" or len(value) <= leaf.spec.longest
    return is_short and element.accepts(value)


def _of_groups(meant: Sequence[tuple[GroupSlot, str]], step: Step) -> Iterator[Place]:
    settings, copied = step.settings, _copied(step)
    for slot, start in meant:
        wanted = {f"{start}{key}": value for key, value in settings.items()}
        needed = {*wanted, *(f"{start}{value[1:]}" for value in copied)}
        if needed <= slot.leaf_keys:
            yield Place(slot.key, slot.record, wanted)


def _copied(step: Step) -> list[str]:
    return [value for value in step.settings.values() if value.startswith(COPIED)]


def _groups(slot: GroupSlot, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each group within a class, and the start of the keys in it."""
    for member in slot.members:
        if isinstance(member, GroupSlot) and not member.record:
            yield f"{above or slot.key}/{member.key}", f"{member.key}/"
            yield from _groups(member, above or slot.key)
