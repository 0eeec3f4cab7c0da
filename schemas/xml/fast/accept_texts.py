"""Patterns of the texts that an element may hold; they may be stricter than the XSD."""

from __future__ import annotations

import re
from functools import cache

from schemas.facts.elements import Element
from schemas.facts.simple_types import NOT_BLANK, SimpleType
from schemas.message.alternatives import NOTHING, any_of

# Characters allowed in a text, and the non-blank ones among them.
_NOT = "<>&\x00-\x1f\x7f-\x9f"
_CHARACTER, _FIRST = f"[^{_NOT}]", f"[^ {_NOT}]"
_DATE = (
    "(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
    "|(?<=[02468][48]-|[2468]0-|[13579][26]-)02-29|(?<=2000-)02-29)"
)
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
# Patterns by which the standards forbid a time zone; _DATE and _TIME have none.
_WITHOUT_ZONE = ("", "[^:Z]*", "[^Z+-]+")
# Patterns of these characters mean the same in Python as in XML Schema.
_SIMPLE = re.compile(r"(?:\[\^\\s\])?[A-Za-z0-9\[\]{}()|*+-]*")
_NOT_BLANK_FIRST = r"[^\s]"


@cache
def _codes(simple_type: SimpleType) -> frozenset[str]:
    codes = simple_type.codelist.valid("2.1") if simple_type.codelist else ()
    return frozenset(filter(simple_type.accepts, codes))


def text_pattern(element: Element) -> str:
    """Return the pattern of an element's text, or one that never matches for unsupported facets."""
    simple_type = element.type
    assert simple_type is not None
    if simple_type.codelist:
        free = not element.pattern and element.highest_value is None
        codes = _codes(simple_type)
        return any_of(codes if free else filter(element.accepts, codes))
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
    most = "" if simple_type.max_length is None else simple_type.max_length - 1
    plain = f"{_FIRST}{_CHARACTER}{{0,{most}}}+"
    if patterns:
        first, *others = [item.replace(_NOT_BLANK_FIRST, _FIRST) for item in patterns]
        # Lookaheads bound the whole text before the last pattern is tried.
        also = "".join(f"(?=(?:{item})<)" for item in others)
        return f"(?={plain}<){also}(?:{first})(?=<)"
    return plain
