"""A 2.0 message broken in one way, in its lines and its type: one fault, at the exact place."""

from __future__ import annotations

import pytest

from schemas.ei import lines as ei_lines
from schemas.ei import read as ei_read
from schemas.message.fault import MOST_FAULTS
from tests.schemas.ei.line_cases import LINES
from tests.schemas.ei_edit import Ei, places


@pytest.mark.parametrize("what", LINES)
def test_a_fault_of_the_lines_is_found_once_and_where_it_stands(what: str) -> None:
    edit, expected = LINES[what]
    data = Ei("WMO305").data()
    broken = edit(data)
    assert broken != data
    assert places(ei_read.read(broken)) == expected


def test_cr_alone_makes_one_long_record_that_hides_the_next() -> None:
    ei = Ei("WMO305")
    ei.records[3:5] = [f"{ei.records[3]}\r{ei.records[4]}"]
    # The second client (number 4) is hidden: its start now stands behind the first.
    assert places(ei_read.read(ei.data())) == [
        ("EI-COUNT", 6, "99", "AANTAL CLIENTRECORDS", 3, 8),
        ("EI-COUNT", 6, "99", "TOTAAL AANTAL DETAILRECORDS", 15, 21),
        ("EI-KEY", 5, "07", "CLIENTNUMMER", 19, 38),
        ("EI-LENGTH", 4, "07", "", 1, 361),
        ("EI-NUMBER", 5, "07", "IDENTIFICATIE DETAILRECORD", 3, 14),
    ]


def test_a_message_of_cr_alone_is_one_record_of_the_wrong_length() -> None:
    found = places(ei_read.read(Ei("WMO305").data().replace(b"\r\n", b"\r")))
    assert ("EI-LENGTH", 1, "01", "", 1, 7 * 181 - 1) in found
    assert ("EI-LAST-LINE-END", 1, "", "", 0, 0) in found


def test_columns_mean_nothing_in_a_record_of_another_length() -> None:
    ei = Ei("WMO305")
    # One letter too many in the first text of the record: all behind it has moved by one.
    ei.records[1] = ei.records[1].replace("Hooft ", "Hooft  x")
    assert places(ei_read.read(ei.data())) == [("EI-LENGTH", 2, "02", "", 1, 182)]


def test_an_empty_file_has_one_fault() -> None:
    assert places(ei_read.read(b"")) == [("EI-EMPTY", 1, "", "", 0, 0)]


def test_a_file_that_is_too_large_has_one_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Ei("WMO305").data()
    monkeypatch.setattr(ei_lines, "MOST_BYTES", len(data) - 1)
    assert [fault.code for fault in ei_read.read(data).faults] == ["EI-SIZE"]


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = Ei("WMO305").data()
    monkeypatch.setattr(ei_lines, "MOST_BYTES", len(data))
    assert ei_read.read(data).faults == []
    monkeypatch.setattr(ei_lines, "MOST_BYTES", len(data) - 1)
    reading = ei_read.read(data)
    assert reading.root is None
    assert reading.faults[0].code == "EI-SIZE"


def test_another_release_is_told_from_the_version() -> None:
    found = places(ei_read.read(Ei("WMO305").put(1, 8, "01").data()))
    assert "EI-RELEASE" in {place[0] for place in found}


def test_another_release_is_one_fault_at_columns_that_the_table_gives() -> None:
    (found,) = places(ei_read.read(Ei("WMO305").put(1, 8, "01").data()))
    assert found in [
        ("EI-RELEASE", 1, "01", "VERSIENUMMER BERICHTSTANDAARD", 6, 7),
        ("EI-RELEASE", 1, "01", "SUBVERSIENUMMER BERICHTSTANDAARD", 8, 9),
        ("EI-RELEASE", 1, "01", "", 6, 9),
    ]


def test_a_hopeless_message_has_no_endless_list_of_faults() -> None:
    data = Ei("WMO305").data() + b"zz\r\n" * (3 * MOST_FAULTS)
    assert len(ei_read.read(data).faults) == MOST_FAULTS
