"""An example value of each field and element of a message type, from generated messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from generators.content.content import Content
from generators.content.sides import SOURCE_20, SOURCE_21
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.parse_xml import parse

_SEED = 1
# Enough messages of each kind to fill nearly every field and element.
_PLAIN, _VARIED = 16, 16
_LATIN_1 = "iso-8859-1"


@dataclass(frozen=True)
class Examples:
    """Example values, and one whole message by release.

    `fields` maps a record code and first column to the text of the field with its padding;
    `elements` maps a path from below the root to the text of the element.
    """

    fields: dict[tuple[str, int], str] = field(default_factory=dict)
    elements: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)


@cache
def examples(name: str) -> Examples:
    """Return the examples of a message type; raises UsageError if there is none of that name."""
    message = catalogue().one(name)
    found = Examples()
    # With a number of clients a message shows no variation, so that its values are ordinary.
    plain = [generate(message, _SEED, index, clients=1) for index in range(_PLAIN)]
    varied = [generate(message, _SEED, index) for index in range(_VARIED)]
    # The values of one message come first, so that they belong together.
    for content in [max(plain, key=_shows), *plain, *varied]:
        for release, text in _texts(message, content):
            found.whole.setdefault(release, text)
            if release == "2.0":
                _add_fields(message, text, found.fields)
            else:
                _add_elements(text, found.elements)
    return found


def _shows(content: Content) -> tuple[int, int]:
    """How much a content shows: its kinds of records, and then its brevity."""
    nodes = list(content.walk())
    return len({node.record for node in nodes}), -len(nodes)


def _texts(message: MessageType, content: Content) -> Iterator[tuple[str, str]]:
    yield "2.0", written(message, content, SOURCE_20).decode(_LATIN_1)
    if message.root is not None:
        yield "2.1", written(message, content, SOURCE_21).decode()


def _add_fields(message: MessageType, text: str, found: dict[tuple[str, int], str]) -> None:
    for line in text.splitlines():
        for item in message.records[line[:2]].fields:
            raw, key = line[item.start - 1 : item.end], (item.record, item.start)
            if found.get(key, item.blank) == item.blank:
                found[key] = raw


def _add_elements(text: str, found: dict[str, str]) -> None:
    root = parse(text.encode()).root
    assert root is not None
    for element in root.iter():
        if len(element) == 0 and element.text:
            chain = [element, *element.iterancestors()][:-1]
            path = "/".join(etree.QName(item).localname for item in reversed(chain))
            found.setdefault(path, element.text)
