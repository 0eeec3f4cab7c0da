"""Other notations of the values of a 2.1 message."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from generators.notation.document import Document
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType

_ENTITIES = (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_QUOTED = "<>&'\""
_COLLAPSED = ("integer", "date", "time")
_ZEROS = "00"
_PLUS = "+"


def _plain(text: str) -> str:
    """Return the characters of a text of the writer."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _escaped(text: str) -> str:
    for entity, character in reversed(_ENTITIES):
        text = text.replace(character, entity)
    return text


def _numbered(text: str, form: str) -> str:
    """Number the first character, and all that are no plain ASCII letters, digits or dashes."""
    return "".join(
        form % ord(char) if place == 0 or not char.isascii() or char in _QUOTED + " \r" else char
        for place, char in enumerate(_plain(text))
    )


def decimal_references(document: Document) -> Document:
    """Number characters, as in `&#235;`."""
    return document.values(lambda _, text: _numbered(text, "&#%d;"))


def hexadecimal_references(document: Document) -> Document:
    """Number characters in hexadecimal, as in `&#xEB;`."""
    return document.values(lambda _, text: _numbered(text, "&#x%X;"))


def _as_cdata(text: str) -> str:
    # CDATA cannot say the end of itself, nor a CR.
    has_no_place = not text or "]]>" in text or "\r" in text
    return _escaped(text) if has_no_place else f"<![CDATA[{text}]]>"


def cdata(document: Document) -> Document:
    """Put each value in a CDATA section."""
    return document.values(lambda _, text: _as_cdata(_plain(text)))


def _halves(text: str) -> tuple[str, str]:
    text = _plain(text)
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:]


def part_cdata(document: Document) -> Document:
    """Put the second half of each value in a CDATA section, after an empty one."""

    def changed(_: str, text: str) -> str:
        first, second = _halves(text)
        return f"{_escaped(first)}<![CDATA[]]>{_as_cdata(second)}"

    return document.values(changed)


def _split(document: Document, inside: str) -> Document:
    def changed(_: str, text: str) -> str:
        first, second = map(_escaped, _halves(text))
        return f"{first}{inside}{second}"

    return document.values(changed)


def comment_in_value(document: Document) -> Document:
    """Put a comment in the middle of each value."""
    return _split(document, "<!-- midden -->")


def instruction_in_value(document: Document) -> Document:
    """Put a processing instruction in the middle of each value."""
    return _split(document, "<?midden?>")


@cache
def _elements(name: str) -> dict[tuple[bool, str], tuple[Element, ...]]:
    """Return the elements of a message type that have a value, by whether they are of the base."""
    root = catalogue().one(name).root
    found: dict[tuple[bool, str], tuple[Element, ...]] = {}
    for element in root.walk() if root else ():
        if element.type:
            place = element.base, element.name
            found[place] = (*found.get(place, ()), element)
    return found


def _of(message: MessageType, document: Document, name: str) -> tuple[Element, ...]:
    prefix, _, local = name.partition(":")
    return _elements(message.name)[prefix == document.prefixes[1], local]


def _in_front(sign: str) -> Callable[[MessageType, Document], Document]:
    """Return what puts something in front of each integer that may have it."""

    def rewrite(message: MessageType, document: Document) -> Document:
        def changed(name: str, text: str) -> str:
            said = sign + text
            known = _of(message, document, name)
            may = all(e.type and e.type.base == "integer" and e.accepts(said) for e in known)
            return said if may else text

        return document.values(changed)

    return rewrite


leading_zeros = _in_front(_ZEROS)
plus_signs = _in_front(_PLUS)


def spaced_values(message: MessageType, document: Document) -> Document:
    """Put white space around each integer, date and time."""

    def changed(name: str, text: str) -> str:
        known = _of(message, document, name)
        collapses = all(e.type and e.type.base in _COLLAPSED for e in known)
        return f"\n  {text} " if collapses else text

    return document.values(changed)
