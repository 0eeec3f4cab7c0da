"""A whole message from one release to the other: what only one of them has, and what fits none."""

from __future__ import annotations

import pytest
from lxml import etree

from harness.reference import converter as reference
from schemas.ei import read as ei_read
from schemas.errors import Refused
from schemas.xml import read as xml_read
from tests.schemas.ei_edit import Ei
from tests.schemas.example_files import cut
from tests.schemas.tables_edit import rows
from tests.schemas.xml_edit import changed, golden


def _back(text: str) -> list[str]:
    data = reference.convert(text.encode(), "2.1", "2.0")
    return data.decode("iso-8859-1").split("\r\n")


def _there(ei: Ei) -> str:
    return reference.convert(ei.data(), "2.0", "2.1").decode()


def _texts(text: str, name: str) -> list[str]:
    return [item.text or "" for item in etree.fromstring(text.encode()).iter(f"{{*}}{name}")]


def _refused(text: str) -> Refused:
    with pytest.raises(Refused) as refused:
        reference.convert(text.encode(), "2.1", "2.0")
    return refused.value


# Fields of WMO301 that only 2.0 has, changed in the second client and what stands below it: they
# are dropped, and what the rule says comes back. Record in the file, column, text, what comes back.
ONLY_20 = {
    "GEHEIME CLIENT": (24, 24, "1", "2"),
    "CODE INDICATIEORGAAN": (24, 25, "1234", "0000"),
    "BURGERLIJKE STAAT": (24, 59, "1", "0"),
    "NAAMCODE (01)": (24, 95, "3", "1"),
    "NAAMCODE (02) without a second name": (24, 131, "2", "0"),
    "NAAMCODE (02) with a second name": (2, 131, "0", "2"),
    "LEEFEENHEID": (24, 139, "3", "9"),
    "HUISARTS": (24, 140, "01234567", "00000000"),
    "AANVRAAGNUMMER": (26, 39, "123456789", "000000000"),
    "GEMEENTECODE of an assigned product": (28, 72, "0344", "0384"),
}


@pytest.mark.parametrize("what", ONLY_20)
def test_a_field_that_only_2_0_has_comes_back_as_the_rule_says(what: str) -> None:
    number, column, text, expected = ONLY_20[what]
    ei = Ei("WMO301").put(number, column, text)
    there = _there(ei)
    assert there == golden("WMO301")
    lines = _back(there)
    assert lines[number - 1][column - 1 : column - 1 + len(text)] == expected


def test_a_client_number_comes_back_as_the_bsn_in_every_record() -> None:
    ei = Ei("WMO305").put(5, 28, "C-17     ").put(6, 19, "C-17     ")
    lines = _back(_there(ei))
    assert lines[4][27:47] == lines[5][18:38] == f"{'999937133':<20}"


# Elements that only 2.1 has are dropped on the way to 2.0, and nothing else changes.
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "WMO301",
            "<iwmo:Voorletters>J<",
            "<iwmo:Voornamen>Jan</iwmo:Voornamen><iwmo:Voorletters>J<",
        ),
        (
            "WMO305",
            "<wmo305:Product>",
            "<wmo305:ToewijzingNummer>12</wmo305:ToewijzingNummer><wmo305:Product>",
        ),
        ("WMO315", "ReferentieAanbieder>VOT-2017-07-000000000002<", "ReferentieAanbieder>R 1<"),
    ],
)
def test_an_element_that_only_2_1_has_is_dropped(name: str, old: str, new: str) -> None:
    assert _back(changed(old, new, name)) == _back(golden(name))


def test_the_reference_of_a_request_is_made_of_the_message_and_the_record() -> None:
    # A request has no reference in 2.0: it gets that of its message and its own number.
    assert _texts(_there(Ei("WMO315")), "ReferentieAanbieder") == [
        "VOT-2017-07-000000000002",
        "VOT-2017-07-000000000003",
        "VOT-2017-07-000000000005",
    ]


# A header of a return message without remarks: no codes in 2.1, 0200 in 2.0.
@pytest.mark.parametrize("name", ["WMO302", "WMO306", "WMO308", "WMO316", "JW302", "JW308"])
def test_a_header_without_remarks_has_no_codes_in_2_1_and_0200_in_2_0(name: str) -> None:
    header = etree.fromstring(_there(Ei(name)).encode())[0]
    assert not [item for item in header if etree.QName(item).localname == "RetourCodes"]
    (row,) = [
        row
        for row in rows(f"ei20/{name}")
        if (row["record"], row["field"]) == ("01", "RETOURCODE (01)")
    ]
    assert cut(_back(golden(name))[0], row) == "0200"


def test_a_header_with_0200_and_another_code_keeps_both() -> None:
    # RETOURCODE (02) of the first record of WMO306 stands in columns 205 to 208.
    ei = Ei("WMO306").put(1, 205, "9019")
    there = _there(ei)
    assert _texts(there, "RetourCode")[:2] == ["0200", "9019"]
    assert _back(there)[0] == ei.records[0]


def test_three_return_codes_come_back_and_a_fourth_is_refused() -> None:
    code = "<wmo306:RetourCode>9019</wmo306:RetourCode>"
    lines = _back(changed(code, code * 3, "WMO306"))
    assert lines[2][180:192] == "9019" * 3
    error = _refused(changed(code, code * 4, "WMO306"))
    assert error.code == "OUT-REPEATED"
    assert "RetourCode[4]" in error.what


def test_a_return_code_behind_an_empty_one_is_not_lost() -> None:
    # Record 4 of WMO306 has 0233 and 0001; move the second to the third place.
    ei = Ei("WMO306").put(4, 185, "    0001")
    assert ei_read.read(ei.data()).faults == []
    assert _texts(_there(ei), "RetourCode")[-3:-1] == ["0233", "0001"]


def test_when_a_client_has_both_the_legal_status_comes_back() -> None:
    both = (
        "<wmo301:JuridischeStatus>02</wmo301:JuridischeStatus>"
        "<wmo301:WettelijkeVertegenwoordiging>07</wmo301:WettelijkeVertegenwoordiging>"
    )
    old = "<wmo301:WettelijkeVertegenwoordiging>07</wmo301:WettelijkeVertegenwoordiging>"
    assert _back(changed(old, both, "WMO301"))[1][173:175] == "02"


@pytest.mark.parametrize(
    ("name", "record", "column", "value"),
    [
        # Letters and digits alone, says the element's own pattern.
        ("WMO303", 1, 65, "DECL-2017-04"),
        # A service bureau is 0 or begins with 98.
        ("WMO304", 1, 31, "12345678"),
    ],
)
def test_what_the_pattern_of_an_element_forbids_is_refused(
    name: str, record: int, column: int, value: str
) -> None:
    ei = Ei(name).put(record, column, value)
    assert ei_read.read(ei.data()).faults == []
    with pytest.raises(Refused):
        reference.convert(ei.data(), "2.0", "2.1")


def test_two_relaties_of_one_number_cannot_stand_in_2_0() -> None:
    text = changed("Nummer>R-2<", "Nummer>00000000001<", "WMO301")
    assert xml_read.read(text.encode()).faults == []
    _refused(text)


@pytest.mark.parametrize("control", ["&#10;", "&#13;", "&#9;", "&#x85;", "&#127;"])
def test_a_control_character_cannot_stand_in_2_0(control: str) -> None:
    text = changed(">Hooft<", f">Ho{control}ft<")
    assert xml_read.read(text.encode()).faults == []
    _refused(text)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "field"),
    [
        ("WMO305", ">Hooft<", ">Hoöft €<", "OUT-CHARACTER", "NAAM of record 02"),
        ("WMO301", "Straatnaam>Oude Waal<", "Straatnaam>Łódź<", "OUT-CHARACTER", "STRAATNAAM"),
        ("WMO301", "NaamGebruik>3<", "NaamGebruik>6<", "OUT-CODE", "NAAMGEBRUIK"),
        ("WMO303", "Volume>12<", "Volume>10000<", "OUT-VALUE", "AANTAL UITGEVOERDE PRODUCTEN"),
        ("WMO305", "iwmo:Naam>Hooft<", "iwmo:Naam><", "OUT-REQUIRED", "NAAM of record 02"),
    ],
)
def test_what_2_0_cannot_hold_is_refused_by_the_name_of_the_field(
    name: str, old: str, new: str, code: str, field: str
) -> None:
    text = changed(old, new, name)
    assert xml_read.read(text.encode()).faults == []
    error = _refused(text)
    assert error.code == code
    assert field in error.what


@pytest.mark.parametrize("source", ["2.0", "2.1"])
def test_a_message_with_a_fault_is_refused_with_the_place(source: str) -> None:
    if source == "2.0":
        data, place = Ei("WMO305").put(2, 20, "O").data(), "record 2 (02) BSN, columns 15-23"
    else:
        data = changed("Bsn>999933863<", "Bsn>x<").encode()
        place = "/Bericht/Clienten/Client[1]/Bsn"
    with pytest.raises(Refused) as refused:
        reference.convert(data, source, {"2.0": "2.1", "2.1": "2.0"}[source])
    assert place in refused.value.where


def test_line_ends_alone_do_not_keep_a_message_from_being_converted() -> None:
    data = Ei("WMO305").data()
    for tolerated in (data.replace(b"\r\n", b"\n"), data.removesuffix(b"\r\n")):
        assert reference.convert(tolerated, "2.0", "2.1") == golden().encode()


@pytest.mark.parametrize("place", ["01", "02"])
def test_a_telephone_number_without_the_number_of_its_country_is_refused(place: str) -> None:
    # The XSD lets the number of the country be empty; 2.0 wants it beside the telephone number.
    number, there = "<iwmo:Landnummer>0031</", "<iwmo:Landnummer></"
    before, found, behind = golden("WMO301").partition(f"<iwmo:Telefoon{place}>")
    assert number in behind
    message = before + found + behind.replace(number, there, 1)
    assert xml_read.read(message.encode()).faults == []
    refused = _refused(message)
    assert refused.code == "OUT-REQUIRED"
    assert f"LANDNUMMER ({place}) of record 04" in refused.what
