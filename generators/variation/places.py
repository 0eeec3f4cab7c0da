"""Where a variation applies in a message type: the classes and elements that it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.planning.plan import GroupSlot, LeafSlot, class_slots, leaves
from generators.planning.rule_constraints import conditions
from generators.planning.targets import ends, matches
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
)
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType


@dataclass(frozen=True)
class Place:
    """The elements of a class that a step sets, by key; the class is known by its path."""

    path: str
    record: str
    settings: Mapping[str, str]


@cache
def places(name: str, release: str, step: Step) -> tuple[Place, ...]:
    """Return where a step applies in a message type, for `2.0`, `2.1` or `both`."""
    message = catalogue().one(name)
    slots = class_slots(name, release)
    if step.kind in OF_RECORDS:
        return tuple(_of_records(message, slots, step))
    if step.kind in (GROUP, EACH):
        return tuple(_of_groups(slots, step))
    return tuple(_of_leaves(message, slots, step))


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


def _of_records(message: MessageType, slots: tuple[GroupSlot, ...], step: Step) -> Iterator[Place]:
    for slot in slots:
        if slot.high > 1 and message.records[slot.record].name in step.targets:
            keys = {leaf.key for leaf in leaves(slot)}
            if step.kind != TWIN or not step.argument or step.argument in keys:
                yield Place(slot.key, slot.record, {})


def _of_leaves(message: MessageType, slots: tuple[GroupSlot, ...], step: Step) -> Iterator[Place]:
    for slot in slots:
        depends = conditions(slot.key)
        for leaf in leaves(slot):
            element = message.elements[leaf.spec.name]
            is_meant = any(matches(element, target) for target in step.targets)
            if leaf.most or leaf.key in depends or not is_meant:
                continue
            if step.kind == LENGTH or _fits(element, leaf, step.argument):
                yield Place(slot.key, slot.record, {leaf.key: step.argument})


def _fits(element: Element, leaf: LeafSlot, value: str) -> bool:
    """Whether a value is valid in 2.1, and not too long for 2.0."""
    is_short = leaf.spec.base != "string" or len(value) <= leaf.spec.longest
    return is_short and element.accepts(value)


def _of_groups(slots: tuple[GroupSlot, ...], step: Step) -> Iterator[Place]:
    for slot in slots:
        keys = {leaf.key for leaf in leaves(slot)}
        for group, start in [(slot, ""), *_groups(slot)]:
            path = f"{slot.key}/{group.key}" if start else slot.key
            wanted = {f"{start}{key}": value for key, value in step.settings.items()}
            named = {*wanted, *(f"{start}{value[1:]}" for value in _copied(step))}
            if named <= keys and any(ends(path, target) for target in step.targets):
                yield Place(slot.key, slot.record, wanted)


def _copied(step: Step) -> list[str]:
    return [value for value in step.settings.values() if value.startswith(COPIED)]


def _groups(slot: GroupSlot) -> Iterator[tuple[GroupSlot, str]]:
    """Yield the groups within a class, each with the start of the keys in it."""
    for member in slot.members:
        if isinstance(member, GroupSlot) and not member.record:
            yield member, f"{member.key}/"
            yield from _groups(member)
