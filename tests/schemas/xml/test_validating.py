"""A 2.1 message broken in one way against its XSD: its code and its path."""

from __future__ import annotations

import pytest

from harness.reference import converter as reference
from schemas.facts.catalogue import catalogue
from schemas.xml import read as xml_read
from schemas.xml import write as xml_write
from tests.schemas.ei_edit import CONVERTED
from tests.schemas.xml_edit import changed, golden, places, said

CLIENT = "/Bericht/Clienten/Client[1]"
PRODUCT = f"{CLIENT}/StartProducten/StartProduct[1]"
STRUCTURE, VALUE, ATTRIBUTE = "XML-STRUCTURE", "XML-VALUE", "XML-ATTRIBUTE"
SEX = "<wmo305:Geslacht>1</wmo305:Geslacht>"
INSTANCE = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

# What stands there, what stands there then, code and path. A missing element is seen at the one
# that stands in its place.
BROKEN = {
    "an element is missing": (SEX, "", STRUCTURE, f"{CLIENT}/Naam"),
    "the last element is missing": (
        "<iwmo:Frequentie>4</iwmo:Frequentie>",
        *("", STRUCTURE, f"{PRODUCT}/Omvang"),
    ),
    "a group is empty": (
        "<iwmo:Datum>1990-05-17</iwmo:Datum>",
        *("", STRUCTURE, "/Bericht/Clienten/Client[2]/Geboortedatum"),
    ),
    "an element that the schema lacks": (
        *(SEX, f"{SEX}<wmo305:Roepnaam>Jan</wmo305:Roepnaam>"),
        *(STRUCTURE, f"{CLIENT}/Roepnaam"),
    ),
    "an element stands twice": (SEX, SEX * 2, STRUCTURE, f"{CLIENT}/Geslacht[2]"),
    "an element stands too early": (
        *("<wmo305:Geboortedatum>", f"{SEX}<wmo305:Geboortedatum>"),
        *(STRUCTURE, f"{CLIENT}/Geslacht[1]"),
    ),
    "an element of the wrong namespace": (
        *(SEX, SEX.replace("wmo305:", "iwmo:")),
        *(STRUCTURE, f"{CLIENT}/Geslacht"),
    ),
    "an element in no namespace": (
        *(SEX, SEX.replace("wmo305:", "")),
        *(STRUCTURE, f"{CLIENT}/Geslacht"),
    ),
    "a code that the list lacks": (
        *("Geslacht>1<", "Geslacht>3<"),
        *(VALUE, f"{CLIENT}/Geslacht"),
    ),
    "a code that only 2.0 has": (
        *("Geslacht>1<", "Geslacht>9<"),
        *(VALUE, f"{CLIENT}/Geslacht"),
    ),
    "a code with a blank": (
        *("Geslacht>1<", "Geslacht> 1<"),
        *(VALUE, f"{CLIENT}/Geslacht"),
    ),
    "the code of another message": (
        *("BerichtCode>418<", "BerichtCode>419<"),
        *(VALUE, "/Bericht/Header/BerichtCode"),
    ),
    "another release": (
        *("BerichtSubversie>1<", "BerichtSubversie>2<"),
        *(VALUE, "/Bericht/Header/BerichtSubversie"),
    ),
    "a pattern that is not met": (
        *("Bsn>999933863<", "Bsn>99993386X<"),
        *(VALUE, f"{CLIENT}/Bsn"),
    ),
    "a value that is too short": ("Bsn>999933863<", "Bsn>9999338<", VALUE, f"{CLIENT}/Bsn"),
    "a value that is too long": (
        *(">'t<", ">van den en <"),
        *(VALUE, f"{CLIENT}/Naam/Geslachtsnaam/Voorvoegsel"),
    ),
    "a number that is too large": (
        *("Volume>22500<", "Volume>100000000<"),
        *(VALUE, f"{PRODUCT}/Omvang/Volume"),
    ),
    "a number below zero": (
        *("Volume>22500<", "Volume>-1<"),
        *(VALUE, f"{PRODUCT}/Omvang/Volume"),
    ),
    "30 February": (
        *("Dagtekening>2017-04-10<", "Dagtekening>2017-02-30<"),
        *(VALUE, "/Bericht/Header/BerichtIdentificatie/Dagtekening"),
    ),
    "a date with a zone": (
        *("Dagtekening>2017-04-10<", "Dagtekening>2017-04-10Z<"),
        *(VALUE, "/Bericht/Header/BerichtIdentificatie/Dagtekening"),
    ),
    "a date as 2.0 writes it": (
        *("Dagtekening>2017-04-10<", "Dagtekening>20170410<"),
        *(VALUE, "/Bericht/Header/BerichtIdentificatie/Dagtekening"),
    ),
    "an empty text": (
        *(">'t<", "><"),
        *(VALUE, f"{CLIENT}/Naam/Geslachtsnaam/Voorvoegsel"),
    ),
    "a text of blanks": (
        *(">'t<", ">  <"),
        *(VALUE, f"{CLIENT}/Naam/Geslachtsnaam/Voorvoegsel"),
    ),
    "an empty number": ("Volume>22500<", "Volume><", VALUE, f"{PRODUCT}/Omvang/Volume"),
    "an attribute at a group": (
        *("<wmo305:Header>", '<wmo305:Header id="1">'),
        *(ATTRIBUTE, "/Bericht/Header"),
    ),
    "an attribute at a value": (
        *("<wmo305:Bsn>", '<wmo305:Bsn id="1">'),
        *(ATTRIBUTE, f"{CLIENT}/Bsn"),
    ),
    "an element within a value": (
        *("Bsn>999933863<", "Bsn><wmo305:Nummer>999933863</wmo305:Nummer><"),
        *(STRUCTURE, f"{CLIENT}/Bsn"),
    ),
    "an element that is said to be nothing": (
        *("<wmo305:Bsn>999933863", f'<wmo305:Bsn{INSTANCE} xsi:nil="true">'),
        *(VALUE, f"{CLIENT}/Bsn"),
    ),
    "the second product of the first client": (
        *("Categorie>09<", "Categorie>99<"),
        *(VALUE, f"{CLIENT}/StartProducten/StartProduct[2]/Product/Categorie"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_message_broken_in_one_way_has_one_fault_at_its_path(what: str) -> None:
    old, new, code, path = BROKEN[what]
    assert places(xml_read.read(changed(old, new).encode())) == [(code, path)]


def test_a_fault_tells_what_was_found_what_was_expected_and_the_line() -> None:
    text = changed("Geslacht>1<", "Geslacht>3<")
    (fault,) = xml_read.read(text.encode()).faults
    assert fault.actual == "3"
    assert fault.xml
    assert fault.xml.line == text[: text.index("Geslacht>3<")].count("\n") + 1
    # No namespace hides what is said.
    assert "http" not in fault.expected


def test_a_wrong_code_tells_the_codes_of_the_list() -> None:
    (fault,) = xml_read.read(changed("Geslacht>1<", "Geslacht>3<").encode()).faults
    assert (fault.expected, fault.actual) == ("0, 1, 2", "3")


def test_text_between_the_elements_is_a_fault() -> None:
    (fault,) = xml_read.read(changed("<wmo305:Clienten>", "<wmo305:Clienten>x").encode()).faults
    assert fault.code in (STRUCTURE, VALUE)
    assert fault.xml
    assert fault.xml.path == "/Bericht/Clienten"


ROOTS = {
    "no namespace": "<Bericht/>",
    "the namespace of release 2.0": golden().replace("2_1/wmo305", "2_0/wmo305"),
    "the namespace of a message that stays EI": golden().replace(
        "iwmo/2_1/wmo305", "ijw/2_1/jw321"
    ),
    "the namespace of the base schema": (
        '<x:Bericht xmlns:x="http://www.istandaarden.nl/iwmo/2_1/basisschema/schema/2_1"/>'
    ),
}


@pytest.mark.parametrize("what", ROOTS)
def test_a_root_that_tells_no_message_of_2_1_is_told_so(what: str) -> None:
    reading = xml_read.read(ROOTS[what].encode())
    assert places(reading) == [("XML-TYPE", "/Bericht")]
    assert reading.message is None


def test_a_root_of_another_name_is_a_fault() -> None:
    reading = xml_read.read(golden().replace("wmo305:Bericht", "wmo305:Berichten").encode())
    assert (STRUCTURE, "/Berichten") in places(reading)


def test_a_root_of_another_name_is_one_fault() -> None:
    reading = xml_read.read(golden().replace("wmo305:Bericht", "wmo305:Berichten").encode())
    assert places(reading) == [(STRUCTURE, "/Berichten")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Categorie>01<", "Categorie>1<"),
        ("Categorie>01<", "Categorie> 001 <"),
        ("Categorie>01<", "Categorie>+1<"),
        ("Volume>22500<", "Volume>0022500<"),
        ("Eenheid>83<", "Eenheid>083<"),
        ("BeschikkingNummer>658721124<", "BeschikkingNummer> 658721124<"),
    ],
)
def test_numbers_are_compared_as_numbers(old: str, new: str) -> None:
    reading = xml_read.read(changed(old, new).encode())
    assert reading.faults == []
    assert reading.message
    assert reading.root
    assert said(xml_write.write(reading.message, reading.root)) == said(golden().encode())


def test_categorie_7_and_07_are_the_same_in_2_0() -> None:
    text = golden("WMO301")
    assert text.count("<iwmo:Categorie>07</iwmo:Categorie>") == 2
    seven = text.replace("<iwmo:Categorie>07<", "<iwmo:Categorie>7<").encode()
    assert reference.convert(seven, "2.1", "2.0") == reference.convert(text.encode(), "2.1", "2.0")


def test_status_1_and_01_are_not_the_same() -> None:
    reading = xml_read.read(changed("Aanlevering>1<", "Aanlevering>01<").encode())
    assert places(reading) == [(VALUE, f"{CLIENT}/StatusAanlevering")]


@pytest.mark.parametrize("name", CONVERTED)
def test_a_valid_message_has_no_fault_and_is_written_back_the_same(name: str) -> None:
    data = golden(name).encode()
    reading = xml_read.read(data)
    assert reading.faults == []
    assert reading.message is catalogue().one(name)
    assert reading.root
    written = xml_write.write(reading.message, reading.root)
    assert said(written) == said(data)
    assert written.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')
