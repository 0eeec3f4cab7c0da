"""Sets and removes elements of a content, on all sides, so that they agree with the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generators.content.content import Content
from generators.content.derive import derive, for_one_release, pairs_of_keys
from generators.content.sides import Values
from generators.planning.draw_group import leaf
from generators.planning.plan import GroupSlot, LeafSlot, class_slots, leaves
from generators.values.draw import NO_CHANCE, Draw
from generators.variation.table import COPIED
from schemas.facts.message_types import MessageType


@dataclass(frozen=True)
class Changer:
    """Changes elements of the contents of one message, on all sides."""

    draw: Draw
    message: MessageType
    release: str

    def set(self, content: Content, settings: Mapping[str, str]) -> None:
        """Set elements of a class by key, or remove them where the value is empty.

        What an element needs beside it is drawn, and the constraints between values are met.
        """
        after, slot = dict(content.values.source_21), self.slot(content)
        for key, value in settings.items():
            if value:
                _add(self.draw, slot, key, after)
                after[key] = after[sibling_key(key, value)] if value.startswith(COPIED) else value
        for key in (key for key, value in settings.items() if not value):
            after.pop(key, None)
        _agree(self.draw, slot, after)
        self.derive(content, after)

    def draw_anew(self, content: Content, key: str) -> None:
        """Draw an element once more, and nothing besides."""
        leaf = next(leaf for leaf in leaves(self.slot(content)) if leaf.key == key)
        value = leaf.make(self.draw, leaf.spec)
        self.derive(content, {**content.values.source_21, key: value})

    def differ(self, content: Content, key: str) -> None:
        """Draw an element anew, or remove it where it may be absent."""
        if any(leaf.key == key and leaf.spec.may_be_absent for leaf in leaves(self.slot(content))):
            kept = {name: text for name, text in content.values.source_21.items() if name != key}
            self.derive(content, kept)
        else:
            self.draw_anew(content, key)

    def slot(self, content: Content) -> GroupSlot:
        """The plan of the class of a content."""
        slots = class_slots(self.message.name, self.release)
        return next(slot for slot in slots if slot.key == content.path)

    def derive(self, content: Content, after: Mapping[str, str]) -> None:
        """Give a class these elements, as they stand, and derive the other sides from them."""
        before = content.values.source_21
        changed = {key: value for key, value in after.items() if before.get(key) != value}
        replaced = {key: value for key, value in before.items() if after.get(key) != value}
        gone = tuple(replaced)
        for name in (*gone, *self.fields(content, gone)):
            for listed in content.values.of:
                listed.pop(name, None)
        made = self.derived(content.record, changed)
        content.values.cut += made.cut - self.derived(content.record, replaced).cut
        for_one_release(made, self.release)
        for listed, others in zip(content.values.of, made.of, strict=True):
            listed |= others

    def derived(self, record: str, elements: dict[str, str]) -> Values:
        """Return some elements of a class, with the other sides derived from them."""
        made = Values()
        pairs = pairs_of_keys(self.message.name, record, tuple(elements))
        derive(NO_CHANCE, pairs, made, elements)
        return made

    def fields(self, content: Content, keys: tuple[str, ...]) -> list[str]:
        """Return the names of the fields of some elements."""
        pairs = pairs_of_keys(self.message.name, content.record, keys)
        return [pair[1] for pair in pairs.plain] + [pair.field.name for pair in pairs.special]


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


def _agree(draw: Draw, slot: GroupSlot, values: dict[str, str]) -> None:
    for member in slot.members:
        if isinstance(member, LeafSlot) or member.record:
            continue
        if any(key.startswith(f"{member.key}/") for key in values):
            _agree(draw, member, values)
    if slot.agreement:
        slot.agreement(draw, values, slot.key)
