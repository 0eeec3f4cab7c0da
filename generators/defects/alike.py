"""Makes messages with records that are alike: two in all, and others but for one element."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from generators.content import amounts
from generators.content.content import Content
from generators.defects.alike_table import all_alike, slot_of
from generators.expected.conversion import conversion
from generators.expected.from_20 import values_21
from generators.expected.from_21 import values_20
from generators.message import generate
from generators.planning.draw_group import leaf
from generators.planning.plan import GroupSlot, LeafSlot, leaves
from generators.values.draw import Draw
from generators.variation.siblings import copied
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.message.node import Node

# Of so many messages the one with the most elements is taken; it is sought among so many. The draws
# of another value.
_MESSAGES, _MOST_MESSAGES, _TRIES = 8, 256, 20
# Both releases are asked for one after the other.
_MOST_KNOWN = 8


def alike_tree(kind: str, message: MessageType, seed: int, index: int, release: str) -> Node:
    """Return a message with records that are alike, as a tree of a release; it has no others."""
    root = _tree_21(kind, message, seed, index)
    return root if release == "2.1" else conversion(message, root, "2.1").expected_20


@lru_cache(maxsize=_MOST_KNOWN)
def _tree_21(kind: str, message: MessageType, seed: int, index: int) -> Node:
    slot, draw = slot_of(kind, message), Draw(seed, f"{message.name}/{kind}", index)
    assert slot is not None
    content = _fullest(message, seed, index, slot.key)
    parent = next(item for item in content.walk() if _size(item, slot.key))
    first = max((one for one in parent.children if one.path == slot.key), key=_elements)
    _thin(content, parent)
    place = [one.path for one in parent.children].index(slot.key)
    alike = _Alike(draw, message, slot, first, all_alike()[kind].unique)
    parent.children[place : place + 1] = [first, *alike.others()]
    amounts.fill_21(draw, message, content)
    return content.source_21


def _fullest(message: MessageType, seed: int, index: int, path: str) -> Content:
    """Return a copy of the content with the fullest record of a class, of some that have one."""
    indexes = range(index, index + _MOST_MESSAGES)
    contents = (_generated(message, seed, place) for place in indexes)
    sized = ((max(_size(item, path) for item in content.walk()), content) for content in contents)
    some = islice((found for found in sized if found[0]), _MESSAGES)
    return copied(max(some, key=itemgetter(0))[1])


@lru_cache(maxsize=2 * _MESSAGES)
def _generated(message: MessageType, seed: int, index: int) -> Content:
    """Return a content that the kinds of the next messages look at too; it is never changed."""
    return generate(message, seed, index, clients=1)


def _size(content: Content, path: str) -> int:
    """Return the number of elements of the fullest child of a class, 0 without one."""
    return max((_elements(one) for one in content.children if one.path == path), default=0)


def _elements(content: Content) -> int:
    return len(content.values.source_21)


def _thin(content: Content, kept: Content) -> None:
    """Keep one child of each class, that with `kept` or the first, so that the message is small."""
    firsts = {child.path: child for child in reversed(content.children)}
    firsts |= {child.path: child for child in content.children if kept in child.walk()}
    content.children = [child for child in content.children if firsts[child.path] is child]
    for child in content.children:
        _thin(child, kept)


class _Alike:
    """The records that are alike the first one, with all that is below it."""

    def __init__(
        self, draw: Draw, message: MessageType, slot: GroupSlot, first: Content, unique: str
    ) -> None:
        self.draw, self.message, self.slot, self.first = draw, message, slot, first
        self.unique = [one for one in leaves(slot) if one.key == unique]
        self.there_and_back = self._there_and_back(first.values.source_21)
        self.taken = {first.values.source_21.get(unique)}

    def others(self) -> Iterator[Content]:
        """Yield one that is the same in all, and one that differs in each element in turn."""
        yield self._apart(copied(self.first))
        elements = (one for one in leaves(self.slot) if one not in self.unique)
        for other in (self._but_for(one) for one in elements if self._keys(one)):
            if other:
                yield self._apart(other)

    def _keys(self, one: LeafSlot) -> list[str]:
        """The keys of an element in the first record; a repeating one has several."""
        return [key for key in self.first.values.source_21 if key.partition("[")[0] == one.key]

    def _but_for(self, one: LeafSlot) -> Content | None:
        """A record with another value of an element, or without it, that both releases can hold."""
        for number in range(_TRIES + one.spec.may_be_absent):
            other = copied(self.first)
            values = other.values.source_21
            for key in self._keys(one):
                del values[key]
            if number < _TRIES:
                leaf(self.draw, one, values)
            if values != self.first.values.source_21 and self._is_held(values, one):
                return other
        return None

    def _is_held(self, values: dict[str, str], one: LeafSlot) -> bool:
        """Whether no other element changes by it on the way to 2.0 and back."""
        try:
            after = self._there_and_back(values)
        except Refused:
            return False
        changed = self.there_and_back.items() ^ after.items()
        return all(key.partition("[")[0] == one.key for key, _ in changed)

    def _there_and_back(self, values: dict[str, str]) -> dict[str, str]:
        record = self.slot.record
        return values_21(self.message, record, values_20(self.message, record, values, {}).values)

    def _apart(self, other: Content) -> Content:
        """The record with an element of its own, if one must keep it apart."""
        values = other.values.source_21
        for one in self.unique:
            while values[one.key] in self.taken:
                values[one.key] = one.pick(self.draw)
            self.taken.add(values[one.key])
        return other
