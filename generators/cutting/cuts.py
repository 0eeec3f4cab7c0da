"""What may be cut out of a content, one thing at a time: records, values, the end of a text."""

from __future__ import annotations

from dataclasses import dataclass

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.cutting.parts import free_texts, parts
from schemas.facts.message_types import MessageType

# Texts that are no longer are left as they are.
LONG_TEXT = 20


@dataclass(frozen=True)
class RecordCut:
    """A record to take out, with all below it; records are counted from 0, parents first."""

    place: int


@dataclass(frozen=True)
class ValuesCut:
    """Values of a record to take out, by their keys in either release."""

    place: int
    keys: frozenset[str]


@dataclass(frozen=True)
class TextCut:
    """A text of a record, by its key, of which only a part is left."""

    place: int
    key: str
    start: int
    end: int


Cut = RecordCut | ValuesCut | TextCut


def record_cuts(content: Content, depth: int) -> list[Cut]:
    """A cut of each record at a depth below the header, from 1."""
    found: list[Cut] = []
    place = -1

    def walk(item: Content, at: int) -> None:
        nonlocal place
        place += 1
        if at == depth:
            found.append(RecordCut(place))
        for child in item.children:
            walk(child, at + 1)

    walk(content, 0)
    return found


def value_cuts(message: MessageType, content: Content, release: str) -> list[Cut]:
    """A cut of each value, or group of values, that the message of a release may do without."""
    known = parts(message.name)
    return [
        ValuesCut(place, part)
        for place, item in enumerate(content.walk())
        for part in known[item.record]
        if not part.isdisjoint(item.values.of[SOURCE[release]])
    ]


def long_texts(message: MessageType, content: Content, release: str) -> list[tuple[TextCut, int]]:
    """The long texts in the message of a release, each as a cut that leaves all, and its least."""
    known = free_texts(message.name)
    found = []
    for place, item in enumerate(content.walk()):
        values = item.values.of[SOURCE[release]]
        for text in known[item.record]:
            length = len(values.get(text.own[release], ""))
            if length > LONG_TEXT:
                found.append((TextCut(place, text.key, 0, length), text.least))
    return found
