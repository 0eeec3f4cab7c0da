"""Messages that are a little wrong, or still right: one small change, or a few, to a valid one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_TEXT = re.compile(r">([^<>]*)</")
_ELEMENT = re.compile(r"<([\w:]+)>[^<>]*</\1>\n?")
_GROUP = re.compile(r"<([\w:]+)>\n(?:.|\n)*?</\1>\n?")
_TAG = re.compile(r"</?[\w:]+>")
_CHARACTERS = [
    *"<>&'\"%;:-+. \t\n\r\x0b\x0c\x00\x01\x1f\x7f\x85\xa0",
    *"\u1680\u2003\u2028\u3000\ufeff\ufffe\uffff",
    *"0123456789AZaz_/[]()éŁΩ漢\U0001f600\U0010ffff",
]
_TEXTS = [
    *("", " ", "  x", "x  ", "0", "00", "07", "-1", "+1", "1.0", "1e3", "999999999999", "٣"),
    *("2016-02-29", "2015-02-29", "1900-02-29", "2000-02-29", "2016-02-30", "2016-13-01"),
    *("2016-04-31", "0000-01-01", "0001-01-01", "9999-12-31", "12016-01-01", "-2016-01-01"),
    *("2016-01-01Z", "2016-01-01+01:00", "2016-1-1", "24:00:00", "23:59:60", "12:00:00.5"),
    *("12:00:00Z", "00:00:00", "x" * 24, "x" * 25, "x" * 200, "x" * 201, "é" * 24, "é" * 25),
    *("&amp;" * 24, "&amp;" * 25, "&#65;", "&#x0;", "&unknown;", "&amp", "<![CDATA[x]]>", "]]>"),
    *("<!-- x -->", "<?x y?>", "a\nb", "a\r\nb", "\ta", "NL123456789B01", "98000001", "98000000"),
]
Mutate = Callable[[random.Random, str, list[str]], str]


def _spot(chance: random.Random, text: str) -> int:
    return chance.randrange(len(text) + 1)


def _character(chance: random.Random, text: str, _: list[str]) -> str:
    place = _spot(chance, text)
    end = place + chance.randint(0, 1)
    return f"{text[:place]}{chance.choice(_CHARACTERS)}{text[end:]}"


def _cut(chance: random.Random, text: str, _: list[str]) -> str:
    place = _spot(chance, text)
    return text[:place] + text[place + chance.choice((1, 1, 2, 5, 40)) :]


def _another_text(chance: random.Random, text: str, others: list[str]) -> str:
    """Another text in an element: one of the list above, of another message, or one in between."""
    found = chance.choice(list(_TEXT.finditer(text)))
    start, end = found.span(1)
    kind = chance.randrange(4)
    if kind == 0:
        new = chance.choice(_TEXTS)
    elif kind == 1:
        new = chance.choice(_TEXT.findall(chance.choice(others)))
    elif kind == 2:
        new = found[1] * chance.randint(0, 3) + chance.choice(_CHARACTERS)
    else:
        place = _spot(chance, found[1])
        new = found[1][:place] + chance.choice(_CHARACTERS) + found[1][place + 1 :]
    return text[:start] + new + text[end:]


def _another_place(chance: random.Random, text: str, others: list[str]) -> str:
    """An element or group left out, doubled, moved, or taken from another message."""
    pattern = chance.choice((_ELEMENT, _GROUP))
    found = chance.choice(list(pattern.finditer(text)))
    kind = chance.randrange(4)
    if kind == 0:
        return text[: found.start()] + text[found.end() :]
    if kind == 1:
        return text[: found.end()] + found[0] + text[found.end() :]
    tags = list(_TAG.finditer(text))
    place = chance.choice(tags).end()
    if kind == 2:
        rest = text[: found.start()] + text[found.end() :]
        return rest[:place] + found[0] + rest[place:]
    other = chance.choice(list(pattern.finditer(chance.choice(others))))[0]
    return text[:place] + other + text[place:]


def _another_tag(chance: random.Random, text: str, _: list[str]) -> str:
    """A tag with an attribute, a blank, another name, or closed at once."""
    found = chance.choice(list(_TAG.finditer(text)))
    bare = found[0].strip("</>")
    new = chance.choice(
        (
            f'<{bare} a="1">', f"<{bare} >", f"<{bare}\x0b>", f"<{bare}/>", f"</{bare} >", "",
            f"<{bare.swapcase()}>", f"<{bare}x>", f"<{bare.partition(':')[2]}>", f"< {bare}>",
            chance.choice(_TAG.findall(text)), f"<{bare} xmlns:q='u'>",
        )
    )  # fmt: skip
    return text[: found.start()] + new + text[found.end() :]


def _head(chance: random.Random, text: str, _: list[str]) -> str:
    """Another start: the declaration, the prefixes, the namespaces, what stands before it."""
    old, new = chance.choice(
        (
            ('version="1.0"', 'version="1.1"'), ("UTF-8", "utf-8"), ("UTF-8", "ISO-8859-1"),
            ("UTF-8", "UTF-16"), ("?>\n", "?>"), ("?>\n", "?>\x0b"), ("?>\n", "?>\x0c"),
            ("?>\n", " standalone='yes'?>"), ("<?xml", " <?xml"), ("<?xml", "\ufeff<?xml"),
            ("?>\n", "?><!DOCTYPE a>\n"), (":Bericht xmlns", ":Bericht\x0bxmlns"),
            (":Bericht xmlns", ":Bericht xmlns:q='u' xmlns"), ("/schema/2_1", "/schema/2_2"),
            ("iwmo/", "ijw/"), ("ijw/", "iwmo/"), ("basisschema", "basisschem"),
            ("wmo3", "wmo4"), ("jw3", "jw4"), ('xmlns:', 'xmlns:xml'), ("2_1/", "2_1&amp;/"),
        )
    )  # fmt: skip
    return text.replace(old, new, chance.choice((1, 1, -1)))


MUTATIONS: tuple[Mutate, ...] = (
    _character, _cut, _another_text, _another_text, _another_text, _another_place,
    _another_place, _another_tag, _head,
)  # fmt: skip


def mutant(chance: random.Random, text: str, others: list[str]) -> str:
    """A message with one change, or a few; `others` are messages to take from."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice(MUTATIONS)(chance, text, others)
        if len(_TEXT.findall(text)) < 3 or not _GROUP.search(text) or not _ELEMENT.search(text):
            break
    return text
