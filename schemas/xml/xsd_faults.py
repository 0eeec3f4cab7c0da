"""Extracts the actual and the expected value from the XSD validator's error messages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from schemas.facts.simple_types import BLANKS, SimpleType
from schemas.message.parse_xml import local_name

NO_ELEMENT, NO_ATTRIBUTE, ABSENT = "no element", "no attribute", "absent"
# A longer enumeration is named by its code list.
_MOST_CODES = 12
_SPACE = re.compile(r"\{[^{}]*\}")
_RULE = re.compile(r"SCHEMAV_CVC_([A-Z]+)_VALID")
_WANTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.\s*$", re.DOTALL)
_ELEMENT = re.compile(r"Element '([^']*)'")
_OF_ATTRIBUTE = re.compile(r"Element '[^']*', attribute '")
_ATTRIBUTE = re.compile(r", attribute '([^']*)'")
_LAST = re.compile(r"'([^']*)'\)?\.\s*$")
_MISSING, _NOT_EXPECTED = "Missing child element(s)", "not expected"
_NILLED, _NIL_RULES = "nil", ("SCHEMAV_CVC_ELT_3_1", "SCHEMAV_CVC_ELT_3_2_1")
_KINDS = {
    "date": "a date, EEJJ-MM-DD",
    "time": "a time, UU:MM:SS",
    "integer": "a whole number",
    "string": "a text",
}
_FACETS = {
    "LENGTH": "{} characters",
    "MINLENGTH": "{} or more characters",
    "MAXLENGTH": "{} or fewer characters",
    "MININCLUSIVE": "{} or more",
    "MAXINCLUSIVE": "{} or less",
    "MINEXCLUSIVE": "more than {}",
    "MAXEXCLUSIVE": "less than {}",
    "TOTALDIGITS": "{} or fewer digits",
    "FRACTIONDIGITS": "{} or fewer decimals",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An error of the validator: our code, its rule, its message, and the name of the element."""

    code: str
    rule: str
    said: str
    name: str


def values(
    told: Told, element: etree._Element | None, simple_type: SimpleType | None
) -> tuple[str, str]:
    """Return what was found and what was expected; `simple_type` is the type of the element."""
    if told.rule in _NIL_RULES:
        return _NILLED, NO_ATTRIBUTE
    if told.code == "XML-ATTRIBUTE" or _OF_ATTRIBUTE.match(told.said):
        match = _ATTRIBUTE.search(told.said)
        return (_SPACE.sub("", match[1]) if match else "an attribute"), NO_ATTRIBUTE
    if told.code == "XML-STRUCTURE" and not _RULE.match(told.rule):
        return _of_structure(told, element)
    return _of_value(told, element, simple_type)


def _of_structure(told: Told, element: etree._Element | None) -> tuple[str, str]:
    wanted = _WANTED.search(told.said)
    asked = [item.strip() for item in wanted[1].split(", ")] if wanted else []
    names = [_SPACE.sub("", item) for item in asked]
    if _MISSING in told.said:
        return ABSENT, " or ".join(names) or "an element"
    is_simple = element is not None and len(element) > 0 and _NOT_EXPECTED not in told.said
    # An element of a simple type contains a child that should not be there.
    found = local_name(element[0]) if is_simple and element is not None else told.name
    if found in names and (itself := _ELEMENT.match(told.said)):
        # The name is right but its namespace is wrong: show both in full.
        return _in_full(itself[1]), " or ".join(asked)
    return found, " or ".join(names) or NO_ELEMENT


def _in_full(name: str) -> str:
    return name if name.startswith("{") else f"{name} without a namespace"


def _of_value(
    told: Told, element: etree._Element | None, simple_type: SimpleType | None
) -> tuple[str, str]:
    match = _RULE.match(told.rule)
    if element is None or (simple_type is None and match is None):
        return "" if element is None else _all_text(element), "no text"
    text = element.text or ""
    is_text = simple_type is not None and simple_type.base == "string"
    found = text if is_text else text.strip(BLANKS)
    return found, _wanted(simple_type, match[1] if match else "", told.said)


def _all_text(element: etree._Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip(BLANKS)


def _wanted(simple_type: SimpleType | None, facet: str, said: str) -> str:
    if facet == "ENUMERATION":
        return _codes(simple_type, said)
    if facet == "PATTERN":
        _, _, pattern = said.rpartition("by the pattern '")
        return f"a text like {pattern.rstrip().removesuffix('.')[:-1]}"
    bound = _LAST.search(said)
    if facet in _FACETS and bound:
        return _FACETS[facet].format(bound[1])
    return _of_type(simple_type)


def _of_type(simple_type: SimpleType | None) -> str:
    return _KINDS[simple_type.base] if simple_type else "a value of its type"


def _codes(simple_type: SimpleType | None, said: str) -> str:
    _, _, listed = said.rpartition("of the set {")
    codes = re.findall(r"'([^']*)'", listed)
    if codes and len(codes) <= _MOST_CODES:
        return ", ".join(codes)
    return (
        f"a code of {simple_type.codelist.name}"
        if simple_type and simple_type.codelist
        else _of_type(simple_type)
    )
