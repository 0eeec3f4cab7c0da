"""Defects that need not be refused, or that violate a single facet of the schema.

A value that violates one facet of its type satisfies the others.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, of_bytes
from harness.suites.refuse.damage.foreign_input import small_letters
from harness.suites.refuse.damage.xml_documents import on_elements, other_standard
from schemas.facts.elements import Element
from schemas.facts.simple_types import SimpleType

# Returns an invalid value of a type, or an empty string if there is none.
Wrong = Callable[[SimpleType, str], str]


def _of_type(wrong: Wrong) -> Kind:
    def spoil(_draw: Draw, element: etree._Element, known: Element) -> bool:
        if known.type is None or known.type.codelist:
            return False
        value = wrong(known.type, element.text or "")
        if not value or known.accepts(value):
            return False
        element.text = value
        return True

    return on_elements(spoil)


def _of_base(base: str, value: str) -> Kind:
    return _of_type(lambda kind, _: value if kind.base == base else "")


def _too_high(kind: SimpleType, _: str) -> str:
    return str(kind.highest + 1) if kind.highest is not None else ""


def _too_low(kind: SimpleType, _: str) -> str:
    return str(kind.lowest - 1) if kind.lowest is not None else ""


def _outside_pattern(kind: SimpleType, held: str) -> str:
    """A value of the same length, so that only the pattern is violated."""
    if kind.base != "string" or not kind.pattern or not held:
        return ""
    found = (f"X{held[1:]}", " " * len(held))
    return next((value for value in found if not kind.accepts(value)), "")


def _other_standard(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Put one element in the base namespace of the other standard."""
    space = other_standard(specimen.message)

    def spoil(_draw: Draw, element: etree._Element, known: Element) -> bool:
        if known.type is None or not known.base:
            return False
        element.tag = f"{{{space}}}{known.name}"
        return True

    return on_elements(spoil).make(specimen, draw)


KINDS: dict[str, dict[str, Kind]] = {
    "2.0": {
        "code-in-small-letters": small_letters("2.0"),
        "line-feed-alone": of_bytes(lambda data, _: data.replace(b"\r\n", b"\n", 1), "2.0"),
        "no-last-line-end": of_bytes(lambda data, _: data.removesuffix(b"\r\n"), "2.0"),
    },
    "2.1": {
        "code-in-small-letters": small_letters("2.1"),
        "other-standard": Kind(_other_standard),
        "no-number": _of_base("integer", "1,5"),
        "no-such-date": _of_base("date", "2017-02-30"),
        "date-with-zone": _of_base("date", "2017-02-28+01:00"),
        "no-such-time": _of_base("time", "24:30:00"),
        "value-too-high": _of_type(_too_high),
        "value-too-low": _of_type(_too_low),
        "outside-pattern": _of_type(_outside_pattern),
    },
}
