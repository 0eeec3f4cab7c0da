"""What can be cut from a content: records, values, parts of texts."""

from __future__ import annotations

from dataclasses import dataclass

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.cutting.parts import free_texts, parts
from schemas.facts.message_types import MessageType

# Texts up to this length are not cut.
LONG_TEXT = 20


@dataclass(frozen=True)
class RecordCut:
    """Remove a record and everything below it; records are counted from 0, parents first."""

    place: int


@dataclass(frozen=True)
class ValuesCut:
    """Remove values of a record, by their keys in either release."""

    place: int
    keys: frozenset[str]


@dataclass(frozen=True)
class TextCut:
    """Keep only a part of a text of a record."""

    place: int
    key: str
    start: int
    end: int


Cut = RecordCut | ValuesCut | TextCut


def record_cuts(content: Content, depth: int) -> list[Cut]:
    """Return a cut of each record at a depth below the header, from 1."""
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
    """Return a cut of each value, or group of values, that a message of a release may lack."""
    known = parts(message.name)
    return [
        ValuesCut(place, part)
        for place, item in enumerate(content.walk())
        for part in known[item.record]
        if not part.isdisjoint(item.values.of[SOURCE[release]])
    ]


def long_texts(message: MessageType, content: Content, release: str) -> list[tuple[TextCut, int]]:
    """Return the long texts in a message of a release, each with its least length.

    Each comes as a cut that keeps the whole text.
    """
    known = free_texts(message.name)
    found = []
    for place, item in enumerate(content.walk()):
        values = item.values.of[SOURCE[release]]
        for text in known[item.record]:
            length = len(values.get(text.own[release], ""))
            if length > LONG_TEXT:
                found.append((TextCut(place, text.key, 0, length), text.least))
    return found
