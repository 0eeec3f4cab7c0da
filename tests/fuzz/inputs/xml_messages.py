"""2.1 messages that are a little wrong, or still right: elements and texts changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from xml.sax.saxutils import escape

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from schemas.facts.simple_types import NOT_BLANK, SimpleType
from schemas.xml.layout import leaves
from tests.fuzz.inputs.changed_messages import mutant
from tests.fuzz.inputs.start_messages import CONVERTED, xmls

_LEAF = re.compile(r" *<(?:\w+:)?(\w+)>([^<>]*)</[^<>]*>\n")
_GROUP = re.compile(r"( *)<([\w:]+)>\n(?:.|\n)*?\n\1</\2>\n")
# What may well be written, and what XML or 2.0 has trouble with.
PLAIN = st.sampled_from([*"aZ09 -'&<>%éÿ\xa0"])
LETTERS = st.sampled_from([*"aZ09 -&<\t\n\r\x85", *"é\xa0€ł漢\U0001f600"])
TEXTS = {
    "integer": ["0", "00", "7", "07", "+7", " 7 ", "-0", "-1", "9999", "10000", "99999", "1.0",
                "99999999", "999999999", "1000000000", "0" * 30 + "7", "+07"],
    "date": ["2016-02-29", "2015-02-29", "0001-01-01", "9999-12-31", " 2016-01-01 ", "2016-01-01Z"],
    "time": ["00:00:00", "23:59:59", "24:00:00", " 12:00:00", "12:00:00.0", "12:00:00Z",
             "12:00:00.0000000", "24:00:00.0", "12:00:00.50"],
}  # fmt: skip
LATIN = st.characters(max_codepoint=255, exclude_categories=["Cc"])
Wound = Callable[[DrawFn, str, str], str]


def _likely(kind: SimpleType) -> SearchStrategy[str]:
    """What an element of a type may well hold."""
    if kind.codelist:
        codes = st.sampled_from(list(kind.codelist.valid("2.1")))
        return codes | codes | st.sampled_from([*kind.codelist.valid("2.0"), "", " 1"])
    if kind.base != "string":
        return st.sampled_from(TEXTS[kind.base])
    if kind.pattern not in ("", NOT_BLANK):
        return st.from_regex(kind.pattern, fullmatch=True, alphabet=LATIN)
    longest = kind.max_length or 300
    same = st.sampled_from("x9é ").map(lambda letter: letter * longest)
    texts = st.text(PLAIN, max_size=longest) | st.text(LETTERS, max_size=longest)
    one_odd = st.tuples(st.text(PLAIN, max_size=10), LETTERS, st.text(PLAIN, max_size=10))
    return texts | one_odd.map("".join) | same | same.map(lambda text: text + "x")


@cache
def _likely_in(name: str) -> dict[str, SearchStrategy[str]]:
    """What each element of a message type may well hold, by its name."""
    found: dict[str, SearchStrategy[str]] = {}
    for of_record in leaves(name).values():
        for leaf in of_record.values():
            assert leaf.element.type
            anything = _likely(leaf.element.type)
            right = anything.filter(leaf.element.accepts)
            likely = st.one_of(right, right, right, right, anything)
            known = found.get(leaf.element.name)
            found[leaf.element.name] = likely if known is None else known | likely
    return found


def _found(draw: DrawFn, text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[draw(st.integers(0, len(found) - 1))] if found else None


def _text(draw: DrawFn, name: str, text: str) -> str:
    """Another text in an element; as often with references as with the characters."""
    leaf = _found(draw, text, _LEAF)
    if leaf is None or leaf[1] not in _likely_in(name):
        return text
    new = escape(draw(_likely_in(name)[leaf[1]]))
    if draw(st.booleans()):
        new = new.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text[: leaf.start(2)] + new + text[leaf.end(2) :]


def _times(pattern: re.Pattern[str], *counts: int) -> Wound:
    """What matches, so many times."""

    def wound(draw: DrawFn, _: str, text: str) -> str:
        found = _found(draw, text, pattern)
        if found is None:
            return text
        times = draw(st.sampled_from(counts))
        return text[: found.start()] + found[0] * times + text[found.end() :]

    return wound


def _odd(draw: DrawFn, name: str, text: str) -> str:
    """One of the wounds of the mutants."""
    if len(re.findall(r">[^<>]*</", text)) < 3 or not _LEAF.search(text) or "\n<" not in text:
        return text
    others = [data.decode() for data in xmls(name)]
    return mutant(draw(st.randoms(use_true_random=False)), text, others)


# Most elements must be there, and once: their texts are what may change.
GENTLE: list[Wound] = [*[_text] * 9, _times(_LEAF, 0), _times(_LEAF, 2, 4), _times(_GROUP, 0, 2)]


def _wounded(draw: DrawFn, names: list[str], wounds: list[Wound]) -> str:
    name = draw(st.sampled_from(names))
    text = draw(st.sampled_from(xmls(name))).decode()
    for wound in draw(st.lists(st.sampled_from(wounds), max_size=4)):
        text = wound(draw, name, text)
    return text


@st.composite
def likely_xmls(draw: DrawFn, names: list[str] = CONVERTED) -> bytes:
    """A message with other texts, and elements left out or doubled."""
    return _wounded(draw, names, GENTLE).encode()


@st.composite
def odd_xmls(draw: DrawFn, names: list[str] = CONVERTED) -> bytes:
    """A message with wounds of any kind, down to its tags and its declaration."""
    return _wounded(draw, names, [*GENTLE, _odd, _odd, _odd]).encode("utf-8", "surrogatepass")
