"""A 2.0 message broken in one way, in what is numbered, counted, added up or filled together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.ei import read as ei_read
from schemas.facts.finding_codes import finding_codes
from tests.schemas.ei.field_cases import FIELDS
from tests.schemas.ei.line_cases import LINES
from tests.schemas.ei.record_cases import KEYS, PLACES
from tests.schemas.ei_edit import Ei, Place, places

Edit = Callable[[Ei], Ei]
NUMBER = "IDENTIFICATIE DETAILRECORD"

NUMBERS: dict[str, tuple[str, Edit, list[Place]]] = {
    "a number is skipped": (
        "WMO305",
        lambda ei: ei.number(1, 2, 4, 5, 6),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
    "a number stands twice and the rest counts on": (
        "WMO305",
        lambda ei: ei.number(1, 2, 2, 3, 4),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
    "the first number is 0": (
        "WMO305",
        lambda ei: ei.number(0, 1, 2, 3, 4),
        [("EI-NUMBER", 2, "02", NUMBER, 3, 14)],
    ),
    "the last number is wrong": (
        "WMO305",
        lambda ei: ei.put(6, 14, "7"),
        [("EI-NUMBER", 6, "07", NUMBER, 3, 14)],
    ),
    "one number in the middle is too high": (
        "WMO305",
        lambda ei: ei.put(4, 14, "9"),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
    "one number in the middle is too low": (
        "WMO305",
        lambda ei: ei.put(4, 14, "1"),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
    "a return message skips a number, as it may": (
        "WMO306",
        lambda ei: ei.number(1, 2, 9),
        [],
    ),
    "a return message has a number twice": (
        "WMO306",
        lambda ei: ei.number(1, 2, 2),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
    "a return message goes back in its numbers": (
        "WMO306",
        lambda ei: ei.number(7, 8, 2),
        [("EI-NUMBER", 4, "07", NUMBER, 3, 14)],
    ),
}

# WMO301: the comments 3 and 4 stand on client 1, 12 on decision 8, 14 on beperking 9.
COMMENTS: dict[str, tuple[str, Edit, list[Place]]] = {
    "a comment behind an address, which has none": (
        "WMO302",
        lambda ei: (
            ei.insert(7, ei.get(3, 1, 370))
            .number(1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 7, 8, 9, 10)
            .count(56, "4")
            .count(62, "14")
        ),
        [("EI-ORDER", 7, "98", "", 1, 2)],
    ),
    "a comment behind the first record": (
        "WMO304",
        lambda ei: ei.swap(2, 3),
        [("EI-ORDER", 2, "98", "", 1, 2)],
    ),
    "a comment with the number of another record": (
        "WMO301",
        lambda ei: ei.put(12, 14, "9"),
        [("EI-COMMENT", 12, "98", NUMBER, 3, 14)],
    ),
    "a comment that starts at line 0": (
        "WMO301",
        lambda ei: ei.put(12, 18, "0"),
        [("EI-COMMENT", 12, "98", "REGELNUMMER VRIJE TEKST", 15, 18)],
    ),
    "a second line that is line 1 again": (
        "WMO301",
        lambda ei: ei.put(4, 18, "1"),
        [("EI-COMMENT", 4, "98", "REGELNUMMER VRIJE TEKST", 15, 18)],
    ),
    "a second line that is called the third": (
        "WMO301",
        lambda ei: ei.put(4, 18, "3"),
        [("EI-COMMENT", 4, "98", "REGELNUMMER VRIJE TEKST", 15, 18)],
    ),
    "a comment without text": (
        "WMO301",
        lambda ei: ei.put(14, 19, " " * 140),
        [("EI-FILLED", 14, "98", "VRIJE TEKST", 19, 158)],
    ),
}

# The trailer of WMO301 counts 02, 03, 04, 07, 08, 09, 12, 15 and 98, and all of them together.
COUNTS: dict[str, tuple[str, Edit, list[Place]]] = {
    "clients": (
        "WMO301",
        lambda ei: ei.count(8, "1"),
        [("EI-COUNT", 29, "99", "AANTAL CLIENTRECORDS", 3, 8)],
    ),
    "addresses": (
        "WMO301",
        lambda ei: ei.count(20, "6"),
        [("EI-COUNT", 29, "99", "AANTAL ADRESRECORDS", 15, 20)],
    ),
    "scores": (
        "WMO301",
        lambda ei: ei.count(44, "1"),
        [("EI-COUNT", 29, "99", "AANTAL SCORE BEPERKINGRECORDS", 39, 44)],
    ),
    "comments": (
        "WMO301",
        lambda ei: ei.count(56, "0"),
        [("EI-COUNT", 29, "99", "AANTAL COMMENTAARRECORDS", 51, 56)],
    ),
    "all detail records, when the comments are left out": (
        "WMO301",
        lambda ei: ei.count(62, "21"),
        [("EI-COUNT", 29, "99", "TOTAAL AANTAL DETAILRECORDS", 57, 63)],
    ),
    "debtors, of which there are none": (
        "WMO303",
        lambda ei: ei.count(14, "1"),
        [("EI-COUNT", 12, "99", "AANTAL DEBITEURRECORDS", 9, 14)],
    ),
}

# WMO303: 29400 D, 24000 C, 37125 D, 1250 D and 0 D eurocents make 43775 D; no btw.
# WMO304: 29400 D and 24000 C were submitted, nothing of it was granted; of a total of 43775
# submitted 38375 is granted: 5400 less. JW303: btw of 1500 D and 42000 C.
TOTAL = "TOTAAL DECLARATIE-/FACTUURBEDRAG"
TOTALS: dict[str, tuple[str, Edit, list[Place]]] = {
    "a cent too much": (
        "WMO303",
        lambda ei: ei.count(44, "6"),
        [("EI-TOTAL", 12, "99", TOTAL, 34, 44)],
    ),
    "a credit line that is added": (
        "WMO303",
        lambda ei: ei.count(34, f"{29400 + 24000 + 37125 + 1250:011}"),
        [("EI-TOTAL", 12, "99", TOTAL, 34, 44)],
    ),
    "a debit line that is called credit": (
        "WMO303",
        lambda ei: ei.put(8, 204, "C"),
        [("EI-TOTAL", 12, "99", TOTAL, 34, 44)],
    ),
    "a debit total that is called credit": (
        "WMO303",
        lambda ei: ei.count(45, "C"),
        [("EI-TOTAL", 12, "99", TOTAL, 34, 44)],
    ),
    "a line that the total leaves out": (
        "WMO303",
        lambda ei: ei.count(34, f"{29400 - 24000 + 37125:011}"),
        [("EI-TOTAL", 12, "99", TOTAL, 34, 44)],
    ),
    "a total of btw": (
        "JW303",
        lambda ei: ei.count(46, f"{1500 + 42000:011}"),
        [("EI-TOTAL", 11, "99", "TOTAAL BTW-BEDRAG", 46, 56)],
    ),
    "a granted total": (
        "WMO304",
        lambda ei: ei.count(46, f"{43775:011}"),
        [("EI-TOTAL", 7, "99", "TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG", 34, 44)],
    ),
    "a total of tariffs": (
        "JW321",
        lambda ei: ei.count(62, "1"),
        [("EI-TOTAL", 11, "99", "TOTAAL DECLARATIEBEDRAG", 52, 62)],
    ),
    "a granted total of tariffs": (
        "JW322",
        lambda ei: ei.count(64, f"{185001:011}"),
        [("EI-TOTAL", 11, "99", "TOTAAL INGEDIEND DECLARATIEBEDRAG", 52, 62)],
    ),
}

GROUPS: dict[str, tuple[str, Edit, list[Place]]] = {
    "a telephone number without LANDNUMMER": (
        "WMO301",
        lambda ei: ei.put(9, 181, "    "),
        [("EI-GROUP", 9, "04", "LANDNUMMER (01)", 181, 184)],
    ),
    "LANDNUMMER without a telephone number": (
        "WMO301",
        lambda ei: ei.put(8, 185, " " * 15),
        [("EI-GROUP", 8, "04", "TELEFOON (02)", 185, 199)],
    ),
    "a volume without a unit": (
        "WMO301",
        lambda ei: ei.put(22, 115, "00"),
        [("EI-GROUP", 22, "15", "VOLUME", 107, 114)],
    ),
    "a calculated amount without debit or credit": (
        "WMO303",
        lambda ei: ei.put(4, 181, " "),
        [("EI-GROUP", 4, "04", "BEREKEND BEDRAG", 173, 180)],
    ),
    "an amount of btw without debit or credit": (
        "WMO303",
        lambda ei: ei.put(4, 194, "1"),
        [("EI-GROUP", 4, "04", "BTW-BEDRAG", 187, 194)],
    ),
}
ALL = {
    f"{kind}: {what}": case
    for kind, cases in (
        ("number", NUMBERS),
        ("comment", COMMENTS),
        ("count", COUNTS),
        ("total", TOTALS),
        ("group", GROUPS),
    )
    for what, case in cases.items()
}


@pytest.mark.parametrize("what", ALL)
def test_what_does_not_follow_from_the_records_is_found_where_it_is_said(what: str) -> None:
    message, edit, expected = ALL[what]
    assert places(ei_read.read(edit(Ei(message)).data())) == expected


def test_a_wrong_total_tells_both_sums() -> None:
    (fault,) = ei_read.read(Ei("WMO303").count(44, "6").data()).faults
    assert (fault.actual, fault.expected) == ("43776", "43775")


def test_a_wrong_count_tells_both_numbers() -> None:
    (fault,) = ei_read.read(Ei("WMO301").count(8, "1").data()).faults
    assert (fault.actual, fault.expected) == ("000001", "000002")


def test_every_code_of_the_reader_is_asked_for_by_a_case() -> None:
    asked = {
        place[0]
        for cases_ in (ALL, LINES, FIELDS, PLACES, KEYS)
        for *_, expected in cases_.values()
        for place in expected
    }
    # These have tests of their own; a wrong version is EI-RELEASE, and no other field is constant
    # but the kind of record, by which a record is known at all.
    alone = {"EI-BOM", "EI-EMPTY", "EI-SIZE", "EI-RELEASE", "EI-CONSTANT"}
    codes = {code for code in finding_codes() if code.startswith("EI-")}
    assert codes - asked == alone


def test_a_total_is_as_sure_as_the_columns_of_what_it_adds_up() -> None:
    """The amounts of the lines of a 303 stand at columns that are reconstructed."""
    (fault,) = ei_read.read(Ei("WMO303").count(44, "6").data()).faults
    assert (fault.code, fault.evidence) == ("EI-TOTAL", "D")
