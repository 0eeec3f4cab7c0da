"""Patterns of the texts that an element may hold; they may be stricter than the XSD."""

from __future__ import annotations

import re

from schemas.facts.elements import Element
from schemas.facts.simple_types import NOT_BLANK, SimpleType
from schemas.message.alternatives import NOTHING, any_of

# Characters allowed unescaped in a text, and the non-blank ones among them.
_NOT = r"<>&\x00-\x1f\x7f-\x9f\ufffe\uffff"
_CHARACTER, _FIRST = f"[^{_NOT}]", rf"[^\s{_NOT}]"
_ENTITY = "&(?:amp|lt|gt);"
_DATE = (
    "(?:[12][0-9]{3}-(?:"
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)-02-29)"
)
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
# Patterns by which the standards forbid a time zone; _DATE and _TIME have none.
_WITHOUT_ZONE = ("", "[^:Z]*", "[^Z+-]+")
# Patterns of these characters mean the same in Python as in XML Schema.
_SIMPLE = re.compile(r"(?:\[\^\\s\])?[A-Za-z0-9\[\]{}()|*+-]*")
_NOT_BLANK_FIRST = r"[^\s]"


def text_pattern(element: Element) -> str:
    """Return the pattern of an element's text, or one that never matches for unsupported facets."""
    simple_type = element.type
    assert simple_type is not None
    if simple_type.codelist:
        return any_of(code for code in simple_type.codelist.valid("2.1") if element.accepts(code))
    if (
        simple_type.base in ("date", "time")
        and not element.pattern
        and simple_type.pattern in _WITHOUT_ZONE
    ):
        return _DATE if simple_type.base == "date" else _TIME
    if simple_type.base == "integer":
        return _integer(element, simple_type)
    if simple_type.base == "string":
        return _string(element, simple_type)
    return NOTHING


def _integer(element: Element, simple_type: SimpleType) -> str:
    if simple_type.pattern or element.pattern:
        texts = (element.pattern or simple_type.pattern).split("|")
        return any_of(text for text in texts if text.isdigit() and element.accepts(text))
    highest = simple_type.highest if element.highest_value is None else element.highest_value
    if simple_type.lowest != 0 or highest is None:
        return NOTHING
    # So many digits, leading zeros included, never exceed the maximum.
    digits = len(str(highest + 1)) - 1
    return f"[0-9]{{1,{digits}}}+" if digits else "0"


def _string(element: Element, simple_type: SimpleType) -> str:
    if simple_type.min_length not in (None, 0, 1):
        return NOTHING
    patterns = [
        item for item in (simple_type.pattern, element.pattern) if item not in ("", NOT_BLANK)
    ]
    if not all(_SIMPLE.fullmatch(item) for item in patterns):
        return NOTHING
    longest = simple_type.max_length
    if patterns:
        first, *others = [item.replace(_NOT_BLANK_FIRST, _FIRST) for item in patterns]
        most = "" if longest is None else longest
        # Lookaheads bound the whole text before the patterns are tried.
        ahead = f"(?={_FIRST}{_CHARACTER}*+<)(?={_CHARACTER}{{1,{most}}}+<)"
        return ahead + "".join(f"(?=(?:{item})<)" for item in others) + f"(?:{first})(?=<)"
    if longest is None:
        return f"(?:{_FIRST}|{_ENTITY})(?:{_CHARACTER}++|{_ENTITY})*+"
    plain = rf"{_FIRST}{_CHARACTER}{{0,{longest - 1}}}+(?=<)"
    return rf"(?:{plain}|(?:{_FIRST}|{_ENTITY})(?:{_CHARACTER}|{_ENTITY}){{0,{longest - 1}}}+)"
