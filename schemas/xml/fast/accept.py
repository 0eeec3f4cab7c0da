"""Accepts most valid 2.1 messages quickly, by one regular expression per message type.

A message that does not match is not necessarily wrong: the XSD then judges it. To stay simple the
expression is stricter than the XSD: no attributes, comments or entities but the common three, and
no whitespace before a text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.facts.catalogue import catalogue
from schemas.facts.elements import UNBOUNDED, Element
from schemas.facts.message_types import MessageType
from schemas.message import parse_xml as xml_parse
from schemas.xml.fast.accept_texts import text_pattern

# Longer messages are left to the parser, which has limits of its own.
_MOST_BYTES = 16_000_000
# What stands for an entity: a character of which no pattern and no code speaks, as of `&<>`.
_ENTITY, _SIGN = re.compile("&(?:amp|lt|gt);"), '"'
# Not allowed anywhere, and not excluded by the patterns.
_NEVER = "\v\f\ufffe\uffff"
_BLANKS = r"\s*+"
_PREFIX = r"[A-Za-z][A-Za-z0-9]{0,19}"
_HEAD = re.compile(
    rb'<\?xml version="1\.0" encoding="(?:UTF-8|utf-8)"\?>[ \n\t]{0,9}'
    rb"<(%(prefix)s):Bericht"
    rb'[ \n\t]{1,9}xmlns:(%(prefix)s)="([^"<&]{0,200})"'
    rb'[ \n\t]{1,9}xmlns:(%(prefix)s)="([^"<&]{0,200})">' % {b"prefix": _PREFIX.encode()}
)


def _element(element: Element, own: str, base: str) -> str:
    name = f"{base if element.base else own}:{element.name}"
    if element.type:
        inner = text_pattern(element)
    else:
        children = (_element(child, own, base) for child in element.children)
        inner = _BLANKS + "".join(child + _BLANKS for child in children)
    pattern = f"<{name}>{inner}</{name}>"
    low, high = element.lowest, element.highest
    if (low, high) == (1, 1):
        return pattern
    most = "" if high == UNBOUNDED else high
    return f"(?:{pattern}{_BLANKS}){{{low},{most}}}+"


@lru_cache(maxsize=64)
def _pattern(name: str, own: str, base: str) -> re.Pattern[str]:
    """Return the pattern of everything after the root's start tag, for two prefixes."""
    root = catalogue().one(name).root
    assert root is not None
    inner = "".join(_element(child, own, base) + _BLANKS for child in root.children)
    return re.compile(f"{_BLANKS}{inner}</{own}:Bericht>{_BLANKS}", re.ASCII)


def opened(data: bytes) -> tuple[tuple[str, str], str]:
    """Return the prefixes of an accepted message (own, base) and the text after its start tag."""
    head = _HEAD.match(data)
    assert head is not None
    root, one, _, other, _ = (part.decode("ascii") for part in head.groups())
    return (root, other if root == one else one), data[head.end() :].decode("utf-8")


@lru_cache(maxsize=64)
def _started(start: bytes) -> tuple[MessageType, re.Pattern[str]] | None:
    """Return the message type that a start tag declares, and the pattern of what follows."""
    head = _HEAD.fullmatch(start)
    assert head is not None
    try:
        root, one, one_space, other, other_space = (part.decode("ascii") for part in head.groups())
    except UnicodeDecodeError:
        return None
    spaces = {one: one_space, other: other_space}
    message = catalogue().by_namespace.get(spaces.get(root, ""))
    if message is None or len(spaces) < 2 or any(name.lower().startswith("xml") for name in spaces):
        return None
    base = other if root == one else one
    if spaces[base] != message.base_namespace:
        return None
    return message, _pattern(message.name, root, base)


def accepted(data: bytes) -> MessageType | None:
    """Return the type of a message that is certainly valid, or None if only the XSD can tell."""
    if len(data) > min(_MOST_BYTES, xml_parse.MOST_BYTES):
        return None
    head = _HEAD.match(data)
    started = _started(head.group()) if head else None
    if head is None or started is None:
        return None
    message, pattern = started
    try:
        text = data[head.end() :].decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(character in text for character in _NEVER):
        return None
    return message if pattern.fullmatch(_ENTITY.sub(_SIGN, text)) else None
