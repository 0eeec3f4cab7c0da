"""What is wrong with a message is found at its place, in golden messages that are spoilt by hand.

All addresses are typed from the golden files and the tables: the record is the line of the EI file.
"""

from __future__ import annotations

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.suites.refuse.flaws import Located, located
from harness.suites.refuse.input import damaged
from harness.suites.refuse.kinds import kinds_of
from schemas.facts.catalogue import catalogue
from schemas.message.fault import EiAddress, XmlAddress
from tests.harness.golden_pairs import specimen_of

ROUTES = {"2.0": ("2.0", "2.1"), "2.1": ("2.1", "2.0")}
CLIENT = "/Bericht/Clienten/Client"


def flaw_of(name: str, kind: str, release: str, old: str, new: str) -> Located:
    """The flaw of the golden message of a type in which a text was replaced, once."""
    origin = specimen_of(name)
    encoding = "iso-8859-1" if release == "2.0" else "utf-8"
    text = origin.sources[release].decode(encoding)
    assert text.count(old) == 1, old
    case = Case("refuse", name, ROUTES[release], 1, 0, kind)
    return located(case, text.replace(old, new).encode(encoding), origin)


def test_a_code_of_2_0_that_is_in_no_list() -> None:
    found = flaw_of("WMO305", "unknown-code", "2.0", "1958010121Hooft", "1958010127Hooft")
    assert found.ei == EiAddress(2, "02", "GESLACHT", 57, 57)
    assert found.xml == XmlAddress(f"{CLIENT}[1]/Geslacht")
    flaw = found.flaw
    assert (flaw.kind, flaw.field, flaw.value) == ("unknown-code", "02 GESLACHT", "7")
    assert flaw.code == "EI-CODE"
    assert "'7'" in flaw.said
    assert flaw.what["nl"] == "Een code die in geen enkele lijst staat."


def test_a_code_of_2_1_that_is_in_no_list() -> None:
    found = flaw_of("WMO305", "unknown-code", "2.1", "Eenheid>83<", "Eenheid>84<")
    # The first line of the document is 1; the first StartProduct is record 3 in 2.0.
    assert found.xml == XmlAddress(f"{CLIENT}[1]/StartProducten/StartProduct[1]/Omvang/Eenheid", 42)
    assert found.ei == EiAddress(3, "07", "EENHEID", 96, 97)
    flaw = found.flaw
    assert (flaw.field, flaw.value, flaw.code) == ("07 EENHEID", "84", "XML-VALUE")


def test_a_value_that_is_missing_in_the_second_client_of_2_0() -> None:
    found = flaw_of("WMO305", "value-missing", "2.0", "Abdoellah-Ru\u00edz", " " * 14)
    assert found.ei == EiAddress(5, "02", "NAAM", 58, 82)
    assert found.xml == XmlAddress(f"{CLIENT}[2]/Naam/Geslachtsnaam/Naam")
    assert (found.flaw.field, found.flaw.code) == ("02 NAAM", "EI-FILLED")


def test_an_element_of_2_1_that_is_missing_is_told_and_not_the_one_behind_it() -> None:
    old = "      <wmo305:Bsn>999937133</wmo305:Bsn>\n"
    found = flaw_of("WMO305", "element-missing", "2.1", old, "")
    assert found.xml is not None
    # It is gone: its line is that of the client that it is missing from.
    assert found.xml == XmlAddress(f"{CLIENT}[2]/Bsn", 57)
    assert found.ei == EiAddress(5, "02", "BSN", 15, 23)
    assert (found.flaw.field, found.flaw.value) == ("02 BSN", "")
    assert found.flaw.code == "XML-STRUCTURE"


def test_a_group_of_2_1_that_is_missing_is_told_as_a_whole() -> None:
    source = specimen_of("WMO305").sources["2.1"].decode()
    start = source.index("      <wmo305:Naam>")
    group = source[start : source.index("</wmo305:Naam>") + len("</wmo305:Naam>\n")]
    found = flaw_of("WMO305", "element-missing", "2.1", group, "")
    assert found.xml == XmlAddress(f"{CLIENT}[1]/Naam", 15)
    assert found.ei == EiAddress(2, "02")
    assert found.flaw.field == f"{CLIENT}/Naam"


def test_an_element_that_stands_twice_is_the_field() -> None:
    old = "<wmo305:Geslacht>1</wmo305:Geslacht>\n"
    found = flaw_of("WMO305", "element-repeated", "2.1", old, old + old)
    assert found.xml == XmlAddress(f"{CLIENT}[1]/Geslacht[2]", 22)
    assert found.ei == EiAddress(2, "02", "GESLACHT", 57, 57)
    assert (found.flaw.field, found.flaw.code) == ("02 GESLACHT", "XML-STRUCTURE")


def test_an_element_that_nobody_knows_is_no_field() -> None:
    old = "<wmo305:Geslacht>1</wmo305:Geslacht>\n"
    found = flaw_of("WMO305", "element-unknown", "2.1", old, "<wmo305:Onbekend/>" + old)
    assert found.xml == XmlAddress(f"{CLIENT}[1]/Onbekend", 21)
    assert found.ei == EiAddress(2, "02")
    assert (found.flaw.field, found.flaw.value) == ("", "Onbekend")


def test_what_the_target_cannot_hold_is_found_though_the_reader_takes_it() -> None:
    found = flaw_of("WMO305", "letter-target-lacks", "2.1", ">Hooft<", ">Ho\u015fft<")
    assert found.xml == XmlAddress(f"{CLIENT}[1]/Naam/Geslachtsnaam/Naam", 24)
    assert found.ei == EiAddress(2, "02", "NAAM", 58, 82)
    assert (found.flaw.field, found.flaw.value) == ("02 NAAM", "Ho\u015fft")
    assert found.flaw.code == "OUT-CHARACTER"
    assert "Ho\u015fft" in found.flaw.said


def test_a_count_has_no_place_in_2_1() -> None:
    found = flaw_of(
        "WMO305", "wrong-count", "2.0", "990000020000030000005", "990000030000030000005"
    )
    assert (found.ei and found.ei.number, found.ei and found.ei.record) == (7, "99")
    assert found.xml is None
    assert found.flaw.value == "000003"
    assert found.flaw.field.startswith("99 ")


def test_what_is_at_no_field_tells_the_kind_and_what_the_reference_says() -> None:
    found = flaw_of("WMO305", "not-well-formed", "2.1", "</wmo305:Header>", "")
    assert (found.flaw.kind, found.flaw.field, found.flaw.value) == ("not-well-formed", "", "")
    assert found.flaw.code == "XML-SYNTAX"
    assert found.flaw.said
    assert found.ei is None


@pytest.mark.parametrize("name", ["WMO301", "WMO302", "JW303", "JW304", "WMO307"])
def test_every_kind_is_located_without_a_stumble(name: str) -> None:
    message = catalogue().one(name)
    for release, route in ROUTES.items():
        for item in kinds_of(name, release):
            case = Case("refuse", name, route, 1, 5, item.kind)
            spoilt = damaged(case, Specimen(message, 1, 5))
            assert spoilt.origin
            found = located(case, spoilt.data, spoilt.origin)
            assert found.flaw.kind == item.kind
            assert found.flaw.said or item.code == "", case.id
            assert item.code in ("", found.flaw.code), case.id


@pytest.mark.parametrize("name", ["WMO301", "WMO306", "JW303"])
def test_what_stands_at_the_2_0_address_is_the_value(name: str) -> None:
    message, kinds = catalogue().one(name), kinds_of(name, "2.0")
    for item in kinds:
        case = Case("refuse", name, ROUTES["2.0"], 1, 3, item.kind)
        spoilt = damaged(case, Specimen(message, 1, 3))
        assert spoilt.origin
        found = located(case, spoilt.data, spoilt.origin)
        if not (found.flaw.field and found.ei) or item.code in ("EI-GROUP", "OUT-REQUIRED"):
            continue
        record = spoilt.data.decode("iso-8859-1").split("\r\n")[found.ei.number - 1]
        stands = record[found.ei.start - 1 : found.ei.end]
        assert stands.strip() == found.flaw.value.strip() or found.flaw.value in stands, case.id
