"""Sets and removes elements of a content so that they agree with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.content.content import Content
from generators.planning.draw_group import leaf
from generators.planning.plan import GroupSlot, LeafSlot, class_slots, leaves
from generators.planning.rule_constraints import conditions
from generators.values.draw import Draw
from generators.variation.table import COPIED
from schemas.facts.message_types import MessageType

_TRIES = 50


@dataclass(frozen=True)
class Changer:
    """Changes the drawn elements of the contents of one message."""

    draw: Draw
    message: MessageType
    release: str

    def set(self, content: Content, settings: Mapping[str, str]) -> None:
        """Set elements of a class by key, or remove them where the value is empty.

        What an element needs beside it is drawn, and the constraints between values are met.
        """
        after, slot = content.values.source_21, self.slot(content)
        for key, value in settings.items():
            if value:
                _add(self.draw, slot, key, after)
                after[key] = after[sibling_key(key, value)] if value.startswith(COPIED) else value
        for key in (key for key, value in settings.items() if not value):
            after.pop(key, None)
        self._agree(slot.key, after)

    def add(self, content: Content, key: str) -> None:
        """Draw an element, with what it needs beside it."""
        values, slot = content.values.source_21, self.slot(content)
        _add(self.draw, slot, key, values)
        self._agree(slot.key, values)

    def draw_anew(self, content: Content, key: str) -> None:
        """Draw an element once more, and nothing besides."""
        leaf = next(leaf for leaf in leaves(self.slot(content)) if leaf.key == key)
        content.values.source_21[key] = leaf.pick(self.draw)

    def differ(self, content: Content, key: str) -> None:
        """Draw an element anew, or remove it where it may be absent."""
        if any(leaf.key == key and leaf.spec.may_be_absent for leaf in leaves(self.slot(content))):
            content.values.source_21.pop(key, None)
            return
        for _ in range(_TRIES):
            self.draw_anew(content, key)
            if self._agrees(content):
                return

    def _agrees(self, content: Content) -> bool:
        """Whether the elements of a class may occur together as they are."""
        slot, values = self.slot(content), content.values.source_21
        for key, condition in conditions(slot.key).items():
            present = any(f"{other}/".startswith(f"{key}/") for other in values)
            if condition.share(values, 0.5) == (0.0 if present else 1.0):
                return False
        agreed = dict(values)
        self._agree(slot.key, agreed)
        return agreed == values

    def slot(self, content: Content) -> GroupSlot:
        """The plan of the class of a content."""
        return _slot(self.message.name, self.release, content.path)

    def _agree(self, path: str, values: dict[str, str]) -> None:
        """Have the elements of a class agree."""
        for slot in _agreeing(self.message.name, self.release, path):
            if slot.key == path or any(key.startswith(f"{slot.key}/") for key in values):
                assert slot.agreement
                slot.agreement(self.draw, values, slot.key)


def has(settings: Mapping[str, str], values: Mapping[str, str]) -> bool:
    """Whether elements have the values that they were set to."""
    return all(
        values.get(key, "")
        == (values.get(sibling_key(key, value)) if value.startswith(COPIED) else value)
        for key, value in settings.items()
    )


def sibling_key(key: str, value: str) -> str:
    """Return the key of the element of the same group that a value names."""
    start, slash, _ = key.rpartition("/")
    return f"{start}{slash}{value.removeprefix(COPIED)}"


def _add(draw: Draw, slot: GroupSlot, key: str, values: dict[str, str]) -> None:
    """Draw an element, with all that must be present in the groups around it."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            is_there = member.key in values or f"{member.key}[1]" in values
            if not is_there and (member.key == key or member.share >= 1.0):
                leaf(draw, member, values)
        elif not member.record and (key.startswith(f"{member.key}/") or not member.may_be_absent):
            _add(draw, member, key, values)


@cache
def _agreeing(name: str, release: str, path: str) -> tuple[GroupSlot, ...]:
    """Return the groups in a class whose elements must agree, inner ones first."""

    def within(slot: GroupSlot) -> Iterator[GroupSlot]:
        for member in slot.members:
            if isinstance(member, GroupSlot) and not member.record:
                yield from within(member)
        if slot.agreement:
            yield slot

    return tuple(within(_slot(name, release, path)))


@cache
def _slot(name: str, release: str, path: str) -> GroupSlot:
    """Return the plan of a class."""
    return next(slot for slot in class_slots(name, release) if slot.key == path)
