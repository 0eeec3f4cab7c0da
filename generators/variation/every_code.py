"""Puts each code of the long lists at each element that has one, over the classes of a message."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from generators.content.content import Content
from generators.content.derive import mark_of, only_20_codes
from generators.planning.plan import LeafSlot, class_slots, leaves
from generators.values.specs import BOTH
from generators.variation.changes import Changer


def put_codes(changer: Changer, root: Content) -> list[str]:
    """Set the codes in the drawn contents of a message; return those that found no place.

    A code that only 2.0 has is chosen by the mark of its content, where it is derived.
    """
    by_path: dict[str, list[Content]] = {}
    for item in root.walk():
        by_path.setdefault(item.path, []).append(item)
    lacking: list[str] = []
    for slot in class_slots(changer.message.name, BOTH)[1:]:
        for leaf in leaves(slot):
            if leaf.spec.has_long_list:
                contents = by_path.get(slot.key, [])
                put = _repeating if leaf.most else _single
                lacking += put(changer, leaf, contents)
    return lacking


def _single(changer: Changer, leaf: LeafSlot, contents: Sequence[Content]) -> list[str]:
    """Set the codes of an element that occurs once in its class."""
    waiting = deque(leaf.spec.codes)
    for content in contents:
        if not waiting:
            break
        changer.set(content, {leaf.key: waiting[0]})
        if content.values.source_21.get(leaf.key) == waiting[0]:
            waiting.popleft()
    return [*waiting]


def _repeating(changer: Changer, leaf: LeafSlot, contents: Sequence[Content]) -> list[str]:
    """Set the codes of an element that repeats, some at a time, and then those of 2.0 alone."""
    name, lacking = changer.message.name, list[str]()
    places, waiting = iter(contents), _by(leaf.most, _codes_21(changer, leaf))
    for codes in waiting:
        if (content := next(places, None)) is None:
            return [*codes, *(code for more in waiting for code in more)]
        _set(leaf, content, codes)
        content.mark = mark_of(name, content.record, leaf.keys[0], "")
    record = contents[0].record if contents else ""
    for number, code in enumerate(only_20_codes(name, record, leaf.keys[0]) if record else ()):
        if (content := next(places, None)) is None:
            lacking.append(code)
            continue
        _set(leaf, content, leaf.spec.codes[: leaf.most])
        key = leaf.keys[number % leaf.most]
        content.mark = mark_of(name, record, key, code)
    return lacking


def _codes_21(changer: Changer, leaf: LeafSlot) -> list[str]:
    """Return the codes of an element: those of both releases, and those that 2.0 replaces."""
    element = changer.message.elements[leaf.spec.name]
    assert element.type
    assert element.type.codelist
    listed = filter(element.accepts, element.type.codelist.valid("2.1"))
    return [*dict.fromkeys((*leaf.spec.codes, *listed))]


def _by(most: int, codes: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield codes, as many at a time as an element may repeat."""
    return (codes[start : start + most] for start in range(0, len(codes), most))


def _set(leaf: LeafSlot, content: Content, codes: Sequence[str]) -> None:
    """Replace the values of a repeating element."""
    values = content.values.source_21
    for key in leaf.keys:
        values.pop(key, None)
    values.update(zip(leaf.keys, codes, strict=False))
