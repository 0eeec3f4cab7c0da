"""Aligns two messages: the lines or elements that differ, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from reports.shared.aligned import paired
from schemas.message.parse_xml import parse

# More lines than this are compared by their number: aligning them takes their square.
MOST_ALIGNED = 4000


@dataclass(frozen=True)
class Part:
    """A line of a message, or an element without children.

    `name` is what it has in common with its like: the code of a record, or a path without
    positions. `place` is its number from 1, or its path with positions.
    """

    name: str
    place: str
    text: str


Pair = tuple[Part | None, Part | None]


def lines(data: bytes) -> list[Part]:
    """The lines of a 2.0 message, of which the first two characters are the code of the record."""
    found = data.decode("iso-8859-1").split("\r\n")
    return [Part(text[:2], str(number), text) for number, text in enumerate(found, 1)]


def elements(data: bytes) -> list[Part]:
    """The elements of a 2.1 message that have no children; empty if it is not well-formed."""
    root = parse(data).root
    return [] if root is None else list(_below(root, f"/{_name(root)}", f"/{_name(root)}"))


def _below(element: etree._Element, name: str, place: str) -> Iterator[Part]:
    if not len(element):
        yield Part(name, place, element.text or "")
    total, seen = Counter(map(_name, element)), Counter[str]()
    for child in element:
        own = _name(child)
        seen[own] += 1
        position = f"[{seen[own]}]" if total[own] > 1 else ""
        yield from _below(child, f"{name}/{own}", f"{place}/{own}{position}")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def differing(expected: Sequence[Part], actual: Sequence[Part]) -> Iterator[Pair]:
    """The parts that differ, each with its like; None where the other message has none."""
    if max(len(expected), len(actual)) > MOST_ALIGNED:
        yield from (pair for pair in zip_longest(expected, actual) if _differs(*pair))
        return
    found = paired(expected, actual, _with_text, lambda part: part.name)
    yield from (pair for pair in found if _differs(*pair))


def _differs(one: Part | None, other: Part | None) -> bool:
    return one is None or other is None or _with_text(one) != _with_text(other)


def _with_text(part: Part) -> tuple[str, str]:
    return part.name, part.text
