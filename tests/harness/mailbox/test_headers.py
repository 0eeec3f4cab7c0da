"""The header of a message, read without the rest of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.header.header import END_BYTES, START_BYTES, HeaderReading
from schemas.header.read import read_header
from tests.harness.mailbox.mailbox_messages import HEENS, RETOUR, message
from tests.paths import GOLDEN

ALL = [f"{standard}{number}" for standard in ("WMO", "JW") for number in HEENS] + ["JW321"]


def read(data: bytes) -> HeaderReading:
    return read_header(data[:START_BYTES], data[-END_BYTES:])


def codes(data: bytes) -> list[str]:
    return [fault.code for fault in read(data).faults]


@pytest.mark.parametrize("release", ["2.0", "2.1"])
@pytest.mark.parametrize("heen", ALL)
def test_the_values_of_a_header_are_read_from_where_the_layout_has_them(
    heen: str, release: str
) -> None:
    release = "2.0" if heen == "JW321" else release
    shared = {"gemeente": "0363", "aanbieder": "06290712", "id": "aB3x", "date": "2017-05-02"}
    question = read(message(heen, release, **shared))
    assert question.faults == []
    header = question.header
    assert header
    assert (header.message.name, header.release) == (heen, release)
    assert (header.gemeente, header.aanbieder) == ("0363", "06290712")
    assert (header.identification, header.date) == ("aB3x", "2017-05-02")
    assert (header.retour_identification, header.retour_date) == ("", "")
    retour = f"{heen[:-3]}{RETOUR[heen[-3:]]}"
    own = {"own_id": "R-1", "own_date": "2017-05-03"}
    answer = read(message(retour, release, **shared, **own))
    assert answer.faults == []
    header = answer.header
    assert header
    assert (header.message.name, header.gemeente, header.aanbieder) == (retour, "0363", "06290712")
    assert (header.identification, header.date) == ("aB3x", "2017-05-02")
    assert (header.retour_identification, header.retour_date) == ("R-1", "2017-05-03")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda path: path.stem)
def test_both_forms_of_a_message_have_the_same_header(path: Path) -> None:
    xml, ei = read(path.read_bytes()), read(path.with_suffix(".ei").read_bytes())
    assert (xml.faults, ei.faults) == ([], [])
    assert xml.header
    assert ei.header
    same = ("message", "gemeente", "aanbieder", "identification", "date", "retour_identification")
    for name in (*same, "retour_date"):
        assert getattr(xml.header, name) == getattr(ei.header, name)


EI, XML = (GOLDEN / "WMO305.ei").read_bytes(), (GOLDEN / "WMO305.xml").read_bytes()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["FILE-EMPTY"]),
        (b" \r\n\r\n", ["FILE-EMPTY"]),
        (b"PDF", ["FILE-NO-MESSAGE"]),
        (bytes(70_000), ["FILE-NO-MESSAGE"]),
        (EI[:3], ["FILE-NO-MESSAGE"]),
        (EI[:9], ["FILE-CUT"]),
        (EI[:179], ["FILE-CUT"]),
        (EI[:182], ["FILE-CUT"]),
        (EI[:-20], ["FILE-CUT"]),
        (EI.rstrip(b"\r\n"), []),
        (EI.replace(b"\r\n", b"\n"), []),
        (EI + b"\x1a", []),
        (EI[:5] + b"0201" + EI[9:], ["EI-RELEASE"]),
        (EI[:2] + b"999" + EI[5:], ["EI-TYPE"]),
        (EI[:9] + b"03 4" + EI[13:], ["EI-NUMERIC"]),
        (EI[:9] + b"0000" + EI[13:], ["EI-FILLED"]),
        (EI[:21] + b" " * 12 + EI[33:], ["EI-FILLED"]),
        (EI[:21] + b"\x07" + EI[22:], ["EI-CHARACTER"]),
        (EI[:21] + b"\xa0" + EI[22:], []),
        (EI[:33] + b"20170229" + EI[41:], ["EI-DATE"]),
        (EI[:170] + EI[171:], ["EI-LENGTH"]),
        (XML[:40], ["FILE-CUT"]),
        (XML[:400], ["FILE-CUT"]),
        (XML[:-10], ["FILE-CUT"]),
        (XML + b"<!-- kept -->\n", []),
        (XML.replace(b">2017-04-10<", b">\n 2017-04-10 <"), []),
        (b"\xef\xbb\xbf" + XML, []),
        (XML.decode().replace("UTF-8", "UTF-16").encode("utf-16"), []),
        (XML.replace(b"<wmo305:Header>", b"<wmo305:Header"), ["XML-SYNTAX"]),
        (XML.replace(b"wmo305/schema/2_1", b"wmo305/schema/2_2"), ["XML-TYPE"]),
        (XML.replace(b"wmo305:Header>", b"wmo305:Kop>"), ["FILE-HEADER"]),
        (XML.replace(b">0344<", b">344<"), ["XML-VALUE"]),
        (XML.replace(b">2017-04-10<", b">2017-02-30<"), ["XML-VALUE"]),
        (XML.replace(b"iwmo:Identificatie>", b"iwmo:Id>"), ["XML-STRUCTURE"]),
        (XML.replace(b"?>\n", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1), ["XML-DOCTYPE"]),
        (XML.replace(b"<wmo305:Header>", b"<!--" + b"x" * 70_000 + b"--><wmo305:Header>"),
         ["FILE-HEADER"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told(data: bytes, expected: list[str]) -> None:
    assert codes(data) == expected


def test_a_message_that_is_cut_off_behind_its_header_still_has_one() -> None:
    for data in (EI[:-20], XML[:-10]):
        header = read(data).header
        assert header
        assert header.identification == "ST2017-00001"


def test_a_date_that_does_not_exist_costs_the_date_alone() -> None:
    header = read(EI[:33] + b"20170229" + EI[41:]).header
    assert header
    assert (header.identification, header.date) == ("ST2017-00001", "")


def test_entities_are_not_resolved_and_nothing_behind_the_header_is_looked_at() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a '" + b"x" * 1000 + b"'><!ENTITY b '" + b"&a;" * 1000 + b"'>]>"
    assert codes(XML.replace(b"?>\n", b"?>" + bomb, 1)) == ["XML-DOCTYPE"]
    start = XML[: XML.index(b"</wmo305:Header>") + 4096]
    assert codes(start + b"<" * 5000 + XML[-END_BYTES:]) == []
