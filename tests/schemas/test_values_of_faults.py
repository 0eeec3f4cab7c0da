"""What is expected and what is found are values; how the parser puts it stands by itself."""

from __future__ import annotations

import re

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.suites.refuse.input import damaged
from harness.suites.refuse.kinds import kinds_of
from schemas.ei import read as ei_read
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.xml import read as xml_read
from tests.schemas.xml_edit import changed

ROUTES = {"2.0": ("2.0", "2.1"), "2.1": ("2.1", "2.0")}
# What only a parser says: of lxml, of libxml2, of Python.
SENTENCE = re.compile(
    r"Element '|element\(s\)|is not|not an element|valid value|facet|attribute '|Start tag|line \d"
    r"|Excessive|Opening and ending|allowed|Invalid|Char 0x|Expected|entity|Couldn't|SCHEMAV",
    re.IGNORECASE,
)


def _faults(message: MessageType, release: str) -> list[tuple[str, Fault]]:
    found = []
    for item in kinds_of(message.name, release):
        for index in range(3):
            case = Case("refuse", message.name, ROUTES[release], 1, index, item.kind)
            data = damaged(case, Specimen(message, 1, index)).data
            reading = ei_read.read(data) if release == "2.0" else xml_read.read(data)
            found += [(case.id, fault) for fault in reading.faults]
    return found


@pytest.mark.parametrize("name", ["WMO301", "JW303", "WMO304", "JW315"])
@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_every_kind_of_damage_is_told_in_values(name: str, release: str) -> None:
    faults = _faults(catalogue().one(name), release)
    assert len(faults) > 30
    for case, fault in faults:
        assert fault.expected, case
        assert not SENTENCE.search(fault.expected), (case, fault)
        assert "\n" not in fault.expected
        # A value that is found may be empty; a sentence of a parser it never is.
        if fault.said:
            assert fault.actual != fault.said
            assert fault.said not in fault.actual + fault.expected, (case, fault)
        if fault.code not in ("XML-DOCTYPE", "XML-SYNTAX"):
            assert not SENTENCE.search(fault.actual), (case, fault)


def _read(old: str, new: str) -> tuple[str, str, str]:
    (fault,) = xml_read.read(changed(old, new).encode()).faults
    assert fault.said
    return fault.code, fault.expected, fault.actual


@pytest.mark.parametrize(
    ("old", "new", "code", "expected", "actual"),
    [
        (">Hooft<", f">{'x' * 201}<", "XML-VALUE", "200 or fewer characters", "x" * 201),
        ("Bsn>999933863<", "Bsn>12345678<", "XML-VALUE", "a text like [0-9]{9}", "12345678"),
        ("Categorie>01<", "Categorie>x<", "XML-VALUE", "a whole number", "x"),
        ("Categorie>01<", "Categorie>100<", "XML-VALUE", "99 or less", "100"),
        ("Geslacht>1<", "Geslacht>8<", "XML-VALUE", "0, 1, 2", "8"),
        ("<iwmo:Volume>", "<iwmo:Volume soort=''>", "XML-ATTRIBUTE", "no attribute", "soort"),
        ("<wmo305:Geslacht>", "<wmo305:Titel/><wmo305:Geslacht>", "XML-STRUCTURE", "Geslacht",
         "Titel"),
        (">Hooft<", ">Ho<b/>oft<", "XML-STRUCTURE", "no element", "b"),
        ("<wmo305:Geslacht>", "<wmo305:Geslacht xmlns:x='http://www.w3.org/2001/XMLSchema-instance'"
         " x:nil='true'>", "XML-VALUE", "no attribute", "nil"),
        ("<wmo305:Geslacht>", "<wmo305:Geslacht xmlns:x='http://www.w3.org/2001/XMLSchema-instance'"
         " x:type='x:no'>", "XML-VALUE", "no attribute", "type"),
    ],
)  # fmt: skip
def test_the_facet_and_the_value_are_told(
    old: str, new: str, code: str, expected: str, actual: str
) -> None:
    assert _read(old, new) == (code, expected, actual)


@pytest.mark.parametrize(
    ("prefix", "actual"),
    [
        ("iwmo:", "{http://www.istandaarden.nl/iwmo/2_1/basisschema/schema/2_1}Geslacht"),
        ("", "Geslacht without a namespace"),
    ],
)
def test_a_name_in_another_namespace_is_told_with_it(prefix: str, actual: str) -> None:
    old = "<wmo305:Geslacht>1</wmo305:Geslacht>"
    told = _read(old, f"<{prefix}Geslacht>1</{prefix}Geslacht>")
    asked = "{http://www.istandaarden.nl/iwmo/2_1/wmo305/schema/2_1}Geslacht"
    assert told == ("XML-STRUCTURE", asked, actual)
