"""One field from one release to the other: codes, cuts, zeros, dates and times."""

from __future__ import annotations

import pytest

from harness.reference import convert_value as mapping
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.mapping.field_pairs import Mapped, mapped
from tests.schemas.tables_edit import rows


def _pair(message: str, record: str, field: str) -> Mapped:
    (found,) = [p for p in mapped(message)[record] if p.field.name == field]
    return found


def _forward(message: str, record: str, field: str, raw: str) -> tuple[str, str]:
    return mapping.to_21(_pair(message, record, field))(raw)


def _back(message: str, record: str, field: str, value: str) -> str:
    """The 2.0 value without its filling: zeros on the left of a number, spaces behind a text."""
    pair = _pair(message, record, field)
    found = mapping.to_20(catalogue().one(message), pair)(value)
    return found.lstrip("0") or "0" * bool(found) if pair.field.is_number else found


# Code of 2.0, code of 2.1, and whether it goes back: from codelists/reden_intrekking_map.csv.
REASONS = [("1", "02"), ("2", "05"), ("3", "05"), ("4", "07"), ("6", "06")]


@pytest.mark.parametrize(("reden", "wijziging"), REASONS)
def test_a_reason_of_2_0_becomes_that_of_the_map(reden: str, wijziging: str) -> None:
    for name in ("WMO301", "WMO302", "JW301", "JW302"):
        assert _forward(name, "15", "REDEN INTREKKING", reden) == ("RedenWijziging", wijziging)


@pytest.mark.parametrize(
    ("wijziging", "reden"),
    [("02", "1"), ("05", "3"), ("07", "4"), ("06", "6")]
    + [(code, "") for code in ("01", "03", "04", "08", "09")],
)
def test_a_reason_of_2_1_goes_back_or_is_dropped(wijziging: str, reden: str) -> None:
    assert _back("WMO301", "15", "REDEN INTREKKING", wijziging) == reden


@pytest.mark.parametrize(("code_20", "code_21"), [("9", "0"), ("1", "1"), ("2", "2")])
@pytest.mark.parametrize(
    ("message", "record"), [("WMO301", "03"), ("JW303", "02"), ("WMO315", "02")]
)
def test_an_unknown_sex_is_9_in_2_0_and_0_in_2_1(
    message: str, record: str, code_20: str, code_21: str
) -> None:
    assert _forward(message, record, "GESLACHT", code_20) == ("Geslacht", code_21)
    assert _back(message, record, "GESLACHT", code_21) == code_20


@pytest.mark.parametrize("code", [f"{n:02}" for n in range(1, 13)])
def test_juridische_status_is_parted_into_two_elements(code: str) -> None:
    # 01 to 05, 11 and 12 are a legal status; 06 to 10 say who represents the client.
    element = "WettelijkeVertegenwoordiging" if "06" <= code <= "10" else "JuridischeStatus"
    assert _forward("WMO301", "02", "JURIDISCHE STATUS", code) == (element, code)
    assert _back("WMO301", "02", "JURIDISCHE STATUS", code) == code.lstrip("0")


def test_juridische_status_looks_for_the_legal_status_first_on_the_way_back() -> None:
    keys = _pair("WMO301", "02", "JURIDISCHE STATUS").keys
    assert keys == ("JuridischeStatus", "WettelijkeVertegenwoordiging")


LISTED = {row["code"]: (row["in_20"], row["in_21"]) for row in rows("codelists/RetourCode")}


@pytest.mark.parametrize("code", ["0200", "0233", "9019", "8001"])
def test_a_return_code_of_both_releases_stays_itself(code: str) -> None:
    assert LISTED[code] == ("yes", "yes")
    assert _forward("WMO306", "07", "RETOURCODE (02)", code) == ("RetourCodes/RetourCode[2]", code)
    assert _back("WMO306", "07", "RETOURCODE (02)", code) == code


def test_a_return_code_that_the_other_release_lacks_is_0001() -> None:
    assert LISTED["0002"] == ("yes", "no")
    assert _forward("WMO306", "07", "RETOURCODE (01)", "0002")[1] == "0001"
    assert LISTED["9300"] == ("no", "yes")
    assert _back("WMO306", "07", "RETOURCODE (01)", "9300") == "0001"


# Codes of one release that no map, and no rule, takes to the other.
@pytest.mark.parametrize(("record", "field", "code"), [("07", "BEPERKING", "9")])
def test_a_code_that_2_1_lacks_is_refused(record: str, field: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _forward("WMO301", record, field, code)
    assert refused.value.code == "OUT-CODE"
    assert field in refused.value.what


@pytest.mark.parametrize(
    ("record", "field", "code"),
    [("02", "NAAMGEBRUIK", "6"), ("09", "PRODUCTCODE", "ZZZZZ"), ("03", "NAAMGEBRUIK", "6")],
)
def test_a_code_that_2_0_lacks_is_refused(record: str, field: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _back("WMO301", record, field, code)
    assert refused.value.code == "OUT-CODE"
    assert field in refused.value.what
    assert code in refused.value.what


@pytest.mark.parametrize(
    ("record", "field", "length"),
    [
        ("02", "NAAM (01)", 25),
        ("03", "NAAM (02)", 25),
        ("04", "PLAATSNAAM", 24),
        ("04", "EMAILADRES", 70),
    ],
)
def test_a_text_is_cut_where_the_mapping_says_so(record: str, field: str, length: int) -> None:
    assert _back("WMO301", record, field, "x" * length) == "x" * length
    assert _back("WMO301", record, field, "x" * (length + 1)) == "x" * length
    assert _back("WMO301", record, field, "y" * (length - 1) + " zz") == "y" * (length - 1)


@pytest.mark.parametrize(("record", "field"), [("04", "STRAATNAAM"), ("04", "ORGANISATIE")])
def test_no_other_text_is_cut(record: str, field: str) -> None:
    assert _back("WMO301", record, field, "x" * 99) == "x" * 99


# Message, record, field, and what a zero of 2.1 is in 2.0: absent, or a zero.
ZEROS = [
    ("WMO301", "03", "VOLGORDE", ""),
    ("WMO301", "04", "HUISNUMMER", ""),
    ("WMO301", "08", "BESCHIKKINGNUMMER", ""),
    ("WMO301", "09", "VOLUME", "0"),
    ("WMO303", "04", "AANTAL UITGEVOERDE PRODUCTEN", "0"),
    ("WMO303", "04", "TARIEF PRODUCT", ""),
    ("WMO303", "04", "BTW-PERCENTAGE", ""),
    ("WMO303", "04", "VERREKENPERCENTAGE", ""),
    ("WMO303", "04", "BEREKEND BEDRAG", "0"),
    ("WMO303", "04", "BTW-BEDRAG", "0"),
    ("WMO303", "04", "DECLARATIE-/FACTUURBEDRAG", "0"),
    ("WMO303", "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", "0"),
]


@pytest.mark.parametrize(("message", "record", "field", "expected"), ZEROS)
def test_zero_is_absent_or_a_value_as_the_rule_says(
    message: str, record: str, field: str, expected: str
) -> None:
    assert _back(message, record, field, "0") == expected


@pytest.mark.parametrize(
    ("message", "record", "field", "raw", "value"),
    [
        ("WMO301", "03", "VOLGORDE", "07", "7"),
        ("WMO301", "04", "HUISNUMMER", "00012", "12"),
        ("WMO301", "09", "VOLUME", "00000000", "0"),
        ("WMO303", "04", "BTW-PERCENTAGE", "2100", "2100"),
        ("WMO303", "04", "VERREKENPERCENTAGE", "00600", "600"),
        ("WMO303", "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", "00000043775", "43775"),
        ("WMO301", "01", "GEMEENTECODE", "0344", "0344"),
        ("WMO301", "15", "CODE AANBIEDER", "01234567", "01234567"),
        ("WMO301", "02", "BSN", "012345678", "012345678"),
        ("WMO301", "03", "SOORT RELATIE", "03", "03"),
        ("WMO301", "15", "TOEWIJZINGSTIJD", "000000", "00:00:00"),
        ("WMO301", "15", "TOEWIJZINGSTIJD", "235959", "23:59:59"),
        ("WMO301", "15", "TOEWIJZINGSDATUM", "20160229", "2016-02-29"),
    ],
)
def test_numbers_lose_their_zeros_and_codes_keep_them(
    message: str, record: str, field: str, raw: str, value: str
) -> None:
    assert _forward(message, record, field, raw)[1] == value
    assert _back(message, record, field, value) == (
        raw.lstrip("0") or "0" if _pair(message, record, field).field.is_number else raw
    )


@pytest.mark.parametrize(
    ("message", "record", "field", "value"),
    [
        ("WMO303", "04", "AANTAL UITGEVOERDE PRODUCTEN", "10000"),
        ("WMO303", "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", "100000000000"),
        ("WMO303", "04", "BTW-PERCENTAGE", "10000"),
        ("WMO301", "04", "HUISNUMMER", "-1"),
        ("WMO301", "04", "HUISNUMMER", "1.5"),
        ("WMO301", "04", "HUISNUMMER", "²"),
        ("WMO301", "15", "TOEWIJZINGSDATUM", "12017-05-02"),
        ("WMO301", "15", "TOEWIJZINGSDATUM", "-2017-05-02"),
        ("WMO301", "15", "TOEWIJZINGSDATUM", "2017-02-30"),
        ("WMO301", "15", "TOEWIJZINGSDATUM", "2017-05-02+02:00"),
        ("WMO301", "15", "TOEWIJZINGSTIJD", "12:00:00.5"),
        ("WMO301", "15", "TOEWIJZINGSTIJD", "12:00:00Z"),
        ("WMO301", "02", "NAAM (01)", " Bos"),
        ("WMO301", "03", "RELATIENUMMER", "   "),
    ],
)
def test_a_value_that_2_0_cannot_hold_is_refused_by_its_name(
    message: str, record: str, field: str, value: str
) -> None:
    with pytest.raises(Refused) as refused:
        _back(message, record, field, value)
    assert refused.value.code == "OUT-VALUE"
    assert f"{field} (record {record})" in refused.value.what


def test_the_end_of_the_day_cannot_stand_in_2_0() -> None:
    with pytest.raises(Refused):
        _back("WMO301", "15", "TOEWIJZINGSTIJD", "24:00:00")


@pytest.mark.parametrize(
    ("record", "field", "raw"),
    [("15", "TOEWIJZINGSDATUM", "20170230"), ("15", "TOEWIJZINGSTIJD", "240000")],
)
def test_a_value_that_2_1_cannot_hold_is_refused_by_its_name(
    record: str, field: str, raw: str
) -> None:
    with pytest.raises(Refused) as refused:
        _forward("WMO301", record, field, raw)
    assert refused.value.code == "OUT-VALUE"
    assert f"{field} (record {record})" in refused.value.what


@pytest.mark.parametrize(
    ("message", "record", "field", "grade"),
    [
        # The weakest of the field's row, the element's row and the type's row.
        ("WMO301", "02", "BSN", "B"),
        ("WMO301", "07", "BEPERKING", "D"),
        ("JW301", "02", "BSN", "C"),
        ("WMO303", "04", "BTW-BEDRAG", "D"),
        ("WMO303", "04", "BTW-PERCENTAGE", "D"),
    ],
)
def test_a_pair_is_as_well_known_as_its_weakest_fact(
    message: str, record: str, field: str, grade: str
) -> None:
    assert _pair(message, record, field).evidence == grade
