"""Puts each code of the long lists at each element that has one, over the classes of a message."""

from __future__ import annotations

from collections.abc import Sequence

from generators.content.content import Content
from generators.content.derive import only_20_marks, shared_mark
from generators.planning.plan import LeafSlot, class_slots, leaves
from generators.values.specs import BOTH
from generators.variation.changes import Changer


def put_codes(changer: Changer, root: Content) -> bool:
    """Set the codes in the drawn contents of a message; whether each of them found a place.

    A code that only 2.0 has is chosen by the mark of its content, where it is derived.
    """
    by_path = root.by_path()
    return all(
        (_repeating if leaf.most else _single)(changer, leaf, by_path.get(slot.key, []))
        for slot in class_slots(changer.message.name, BOTH)[1:]
        for leaf in leaves(slot)
        if leaf.spec.has_long_list
    )


def _single(changer: Changer, leaf: LeafSlot, contents: Sequence[Content]) -> bool:
    """Set the codes of an element that occurs once in its class."""
    codes, placed = leaf.spec.codes, 0
    for content in contents:
        if placed == len(codes):
            break
        changer.set(content, {leaf.key: codes[placed]})
        placed += content.values.source_21.get(leaf.key) == codes[placed]
    return placed == len(codes)


def _repeating(changer: Changer, leaf: LeafSlot, contents: Sequence[Content]) -> bool:
    """Set the codes of an element that repeats, some at a time, and then those of 2.0 alone."""
    if not contents:
        return False
    name, record, most = changer.message.name, contents[0].record, leaf.most
    codes, shared = _codes_21(changer, leaf), shared_mark(name, record)
    wanted = [(codes[start : start + most], shared) for start in range(0, len(codes), most)]
    # Each code of 2.0 alone stands in one of the fields, in turn.
    by_field = [only_20_marks(name, record, key) for key in leaf.keys]
    for number in range(len(by_field[0])):
        wanted.append((codes[:most], by_field[number % most][number]))
    for content, (some, mark) in zip(contents, wanted, strict=False):
        _set(leaf, content, some)
        content.mark = mark
    return len(wanted) <= len(contents)


def _codes_21(changer: Changer, leaf: LeafSlot) -> list[str]:
    """Return the codes of an element: those of both releases, and those that 2.0 replaces."""
    element = changer.message.elements[leaf.spec.name]
    assert element.type
    assert element.type.codelist
    listed = filter(element.accepts, element.type.codelist.valid("2.1"))
    return [*dict.fromkeys((*leaf.spec.codes, *listed))]


def _set(leaf: LeafSlot, content: Content, codes: Sequence[str]) -> None:
    """Replace the values of a repeating element."""
    values = content.values.source_21
    for key in leaf.keys:
        values.pop(key, None)
    values.update(zip(leaf.keys, codes, strict=False))
