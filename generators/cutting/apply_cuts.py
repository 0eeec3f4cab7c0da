"""Removes records, values and text from a content, and recomputes what depends on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generators.content import amounts
from generators.content.content import Content
from generators.content.derive import derive, header_code, pairs_of_keys
from generators.content.only_20 import refill_only_20
from generators.cutting.cuts import Cut, RecordCut, TextCut, ValuesCut
from generators.cutting.parts import repeated
from schemas.facts.message_types import MessageType


def smaller(message: MessageType, content: Content, cuts: Iterable[Cut]) -> Content:
    """Return a copy of a content without what is cut, with totals and other dependents recomputed.

    The count of truncated values is not kept. The result may be invalid, as required parts may be
    cut.
    """
    by_place: dict[int, list[Cut]] = {}
    for cut in cuts:
        by_place.setdefault(cut.place, []).append(cut)
    result = _Cutter(message, by_place).copy_of(content)
    refill_only_20(message, result)
    amounts.fill_again(message, result, amounts.rests(message, content))
    header_code(message, result.values)
    return result


class _Cutter:
    def __init__(self, message: MessageType, cuts: Mapping[int, list[Cut]]) -> None:
        self.message = message
        self.cuts = cuts
        self.place = -1

    def copy_of(self, content: Content) -> Content:
        """Return a deep copy without what is cut."""
        self.place += 1
        result = Content(content.record)
        for one, other in zip(result.values.of, content.values.of, strict=True):
            one.update(other)
        for cut in self.cuts.get(self.place, ()):
            self.cut(result, cut)
        for child in content.children:
            if any(isinstance(cut, RecordCut) for cut in self.cuts.get(self.place + 1, ())):
                self.place += sum(1 for _ in child.walk())
            else:
                result.children.append(self.copy_of(child))
        return result

    def cut(self, content: Content, cut: Cut) -> None:
        if isinstance(cut, ValuesCut):
            for values in content.values.of:
                for key in cut.keys & values.keys():
                    del values[key]
                for keys in repeated(self.message.name).get(content.record, ()):
                    _close_up(values, keys)
        elif isinstance(cut, TextCut):
            self.shorten(content, cut)

    def shorten(self, content: Content, cut: TextCut) -> None:
        values, key = content.values, cut.key
        if key in values.source_21:
            text = _part(values.source_21[key], cut)
            pairs = pairs_of_keys(self.message.name, content.record, (key,))
            derive(pairs, values, {key: text})
        else:
            values.source_20[key] = _part(values.source_20[key], cut)


def _part(text: str, cut: TextCut) -> str:
    """Return the kept part of a text without trailing spaces, or all of it if that is empty."""
    return text[cut.start : cut.end].rstrip() or text


def _close_up(values: dict[str, str], keys: tuple[str, ...]) -> None:
    """Renumber repeating values from the first key."""
    found = [values.pop(key) for key in keys if key in values]
    values.update(zip(keys, found, strict=False))
