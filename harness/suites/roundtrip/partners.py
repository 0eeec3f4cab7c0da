"""Matches the classes of a converted return message with those before, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generators.expected.from_20 import element_and_value
from generators.expected.from_21 import field_value
from harness.judging.tree_diff import MOST_ALIGNED
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node

Same = Callable[[Node, Node], bool]


def partners(
    message: MessageType, target: str, before: Sequence[Node], after: Sequence[Node], same: Same
) -> list[tuple[int, int]]:
    """The positions of matching classes, in the order of those before.

    Among classes that are equally alike, those for which `same` holds match first, then the
    nearest.
    """
    if max(len(before), len(after)) > MOST_ALIGNED:
        return [(place, place) for place in range(min(len(before), len(after)))]
    ranks = sorted(
        (-_likeness(message, target, one, other), not same(one, other), abs(i - j), i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
    )
    found: dict[int, int] = {}
    for *_, i, j in ranks:
        if i not in found and j not in found.values():
            found[i] = j
    return sorted(found.items())


def _likeness(message: MessageType, target: str, one: Node, other: Node) -> int:
    """The number of correctly mapped values of a class and of those below it."""
    own = sum(_became(target, pair, one, other) for pair in mapped(message.name)[one.record])
    kinds = dict.fromkeys(child.record for child in one.children)
    below = (
        _likeness(message, target, *both)
        for kind in kinds
        for both in zip(one.of(kind), other.of(kind), strict=False)
    )
    return own + sum(below)


def _became(target: str, pair: Mapped, one: Node, other: Node) -> bool:
    name = pair.field.name
    try:
        if target == "2.1":
            value = one.get(name)
            key, expected = element_and_value(pair, value) if value else ("", "")
        else:
            value = next((one.get(key) for key in pair.keys if one.get(key)), "")
            key, expected = name, field_value(pair, value) if value else ""
    except Refused:
        return False
    return bool(value) and other.get(key) == expected
