"""The simple types of 2.1: what they accept is held against the XSD, through lxml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest
from elementpath.datatypes import Time
from lxml import etree

from schemas.facts import codelists, simple_types
from schemas.facts.simple_types import SimpleType
from tests.schemas.tables_edit import OWN, rows

XSD = OWN.parent / "xsd"
STANDARDS = ("iwmo", "ijw")
PLAIN = [
    *("", "0", "1", "2", "3", "9", "00", "01", "07", "7", "12", "99", "100", "0000", "0200"),
    *("9300", "0002", "12345678", "1234567", "99999999", "100000000", "999999999", "1000000000"),
    *("999999999999", "1000000000000", "-1", "2017-04-10", "2016-02-29", "2017-02-29", "20170410"),
    *("2017-13-01", "2017-4-1", "00:00:00", "23:59:59", "24:00:01", "12:60:00", "12:00", "120000"),
    *("NL", "nl", "EUR", "D", "C", "NL123456789B01", "NL12345678B01", "A", "a", "AM", "A.M.", "é"),
    *("0612345678", "+31612345678", "06-12345678", "x y", "x\ty", "€", "👩", "414", "436", "434"),
    *(" ", "  ", " a", "a ", ".", "1a", "1.0", "1e3", "0x1", "٣", "²"),
    *("x" * length for length in (3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 25, 35, 36, 64, 80, 200)),
    *("x" * length for length in (7, 9, 11, 13, 16, 21, 26, 37, 65, 81, 201, 5000)),
]
# What XSD accepts too, and no message writes: blanks round a number, a zone, years beyond 9999.
UNUSUAL = [
    *(" 7", "7 ", "\n7\n", "+7", "-0", "0000000000000000000000007", "2017-04-10Z", "24:00:00"),
    *("2017-04-10+01:00", "12017-04-10", "-0001-01-01", "0000-01-01", "12:00:00.5", "12:00:00Z"),
    *("12:00:00-01:00", " 12:00:00", " 2017-04-10 ", "x\ny", "x\ry", "\t", "\n", "\u0085"),
]


@cache
def _types(standard: str) -> Mapping[str, SimpleType]:
    return simple_types.load(codelists.load(standard))


@cache
def _schema(standard: str) -> etree.XMLSchema:
    """A schema with an element for each type of the base schema that is checked in."""
    base = XSD / standard / "basisschema.xsd"
    space = etree.parse(base).getroot().get("targetNamespace")
    elements = "".join(
        f'<xs:element name="{name}" type="b:{name}"/>' for name in sorted(_known(standard))
    )
    text = (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="{space}">'
        f'<xs:import namespace="{space}" schemaLocation="{base.as_uri()}"/>{elements}</xs:schema>'
    )
    return etree.XMLSchema(etree.fromstring(text))


@cache
def _known(standard: str) -> set[str]:
    root = etree.parse(XSD / standard / "basisschema.xsd").getroot()
    return {
        item.get("name", "")
        for item in root.iterfind("{http://www.w3.org/2001/XMLSchema}simpleType")
    }


def _valid(standard: str, name: str, value: str) -> bool:
    element = etree.Element(name)
    element.text = value
    return _schema(standard).validate(element)


CASES = [(standard, name) for standard in STANDARDS for name in sorted(_known(standard))]


@pytest.mark.parametrize(("standard", "name"), CASES)
def test_a_type_accepts_what_its_xsd_accepts_and_nothing_else(standard: str, name: str) -> None:
    kind = _types(standard)[name]
    codes = kind.codelist.valid("2.1") if kind.codelist else ()
    for value in (*PLAIN, *codes):
        assert kind.accepts(value) == _valid(standard, name, value), value


@pytest.mark.parametrize(("standard", "name"), CASES)
def test_a_type_accepts_nothing_that_its_xsd_refuses(standard: str, name: str) -> None:
    kind = _types(standard)[name]
    for value in UNUSUAL:
        assert not kind.accepts(value) or _valid(standard, name, value), value


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_type_is_one_of_the_table(standard: str) -> None:
    assert set(_types(standard)) == {row["type"] for row in rows("xml21/simple_types")}


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("LDT_ProductCategorie", "07", "7"),
        ("LDT_Eenheid", "01", "1"),
        ("LDT_Huisnummer", "00012", "12"),
        ("LDT_Volume", "0", "00000000"),
        ("LDT_Nummer", "+5", "5"),
        ("LDT_Bedrag", "0029400", "29400"),
        ("LDT_Volume", " 6 ", "6"),
        ("LDT_Volume", "0" * 5000 + "6", "6"),
        ("LDT_Volume", "-0", "+0"),
    ],
)
def test_integers_are_the_same_whatever_their_zeros(name: str, one: str, other: str) -> None:
    kind = _types("iwmo")[name]
    assert kind.canonical(one) == kind.canonical(other)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("LDT_SoortRelatie", "02", "2"),
        ("LDT_Geslacht", "1", "01"),
        ("LDT_AgbCode", "01234567", "1234567"),
        ("LDT_BurgerServicenummer", "099999999", "99999999"),
        ("LDT_Naam", "Bos", "Bos "),
        ("LDT_Naam", "Bos", "bos"),
        ("LDT_Volume", "6", "60"),
    ],
)
def test_strings_are_the_same_only_when_every_character_is(name: str, one: str, other: str) -> None:
    kind = _types("iwmo")[name]
    assert kind.canonical(one) != kind.canonical(other)


TIMES = [
    *("00:00:00", "00:00:00.0", "24:00:00", "24:00:00.000", "12:00:00", "12:00:00.0000000"),
    *(" 12:00:00\t", "12:00:00.5", "12:00:00.50", "12:00:00.05", "12:00:00.050 ", "23:59:59.9"),
]


@pytest.mark.parametrize("one", TIMES)
@pytest.mark.parametrize("other", TIMES)
def test_times_are_the_same_when_they_are_so_for_a_second_opinion(one: str, other: str) -> None:
    kind = _types("iwmo")["LDT_Tijd"]
    assert _valid("iwmo", kind.name, one)
    agree = Time.fromstring(one.strip()) == Time.fromstring(other.strip())
    assert (kind.canonical(one) == kind.canonical(other)) == agree


@pytest.mark.parametrize(
    "value", ["12:00:00.", "\xa012:00:00", "12:00:00,0", "12:00.0", "24:00:00.1"]
)
def test_what_is_no_time_stays_what_it_is(value: str) -> None:
    kind = _types("iwmo")["LDT_Tijd"]
    assert not _valid("iwmo", kind.name, value)
    assert kind.canonical(value) == value


@pytest.mark.parametrize("row", list(rows("xml21/simple_types")), ids=lambda row: row["type"])
def test_a_number_is_an_integer_that_is_no_code(row: dict[str, str]) -> None:
    kind = _types("iwmo")[row["type"]]
    assert kind.is_number == (row["base"] == "integer" and not row["codelist"])
    assert kind.evidence == row["evidence"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-02-29", True),
        ("2017-02-29", False),
        ("1900-02-29", False),
        ("2000-02-29", True),
        ("0001-01-01", True),
        ("0000-01-01", False),
        ("9999-12-31", True),
        ("2017-00-10", False),
        ("2017-04-31", False),
        ("2017-4-10", False),
        ("20170410", False),
        ("2017-04-10Z", False),
        ("٢٠١٧-04-10", False),
        ("", False),
    ],
)
def test_a_date_is_a_day_of_the_calendar(value: str, expected: bool) -> None:
    assert simple_types.is_date(value) is expected
