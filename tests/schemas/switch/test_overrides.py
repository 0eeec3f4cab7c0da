"""Deadlines moved by agreement: the file is read as people write it, or refused by its line."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.errors import UsageError
from schemas.switch.overrides import load

HEAD = "partner,deadline,moment,reason"
ROW = "0344,heen,2017-06-07T12:00,agreed by telephone"


def written(folder: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    path = folder / "afspraken.csv"
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def test_each_row_is_an_agreement(tmp_path: Path) -> None:
    more = '98025566,declaration,2017-05-30T23:59,"late, for once"'
    one, other = load(written(tmp_path, HEAD, ROW, more))
    assert (one.partner, one.deadline, one.reason) == ("0344", "heen", "agreed by telephone")
    assert one.moment == datetime(2017, 6, 7, 12)
    assert (other.partner, other.reason) == ("98025566", "late, for once")
    assert other.where.endswith("afspraken.csv:3")


def test_it_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    lines = [line.replace(",", ";") for line in (HEAD, ROW)]
    path = written(tmp_path, *lines, encoding="utf-8-sig", end="\r\n")
    assert [item.partner for item in load(path)] == ["0344"]


def test_no_agreement_is_a_file_with_its_columns_alone(tmp_path: Path) -> None:
    assert load(written(tmp_path, HEAD)) == ()


# What is wrong, the line of the file that is named.
WRONG = {
    "zeros that a spreadsheet took": ([HEAD, ROW.replace("0344", "344")], 2),
    "a partner in letters": ([HEAD, ROW.replace("0344", "Utrecht")], 2),
    "digits of another script": ([HEAD, ROW.replace("0344", "٠٣٤٤")], 2),
    "an unknown deadline": ([HEAD, ROW, ROW.replace("heen", "freeze")], 3),
    "a day without a time": ([HEAD, ROW.replace("T12:00", "")], 2),
    "a day that is not there": ([HEAD, ROW.replace("06-07", "02-30")], 2),
    "a moment with a zone": ([HEAD, ROW.replace("T12:00", "T12:00Z")], 2),
    "a moment long ago": ([HEAD, ROW.replace("2017", "0001")], 2),
    "a reason that has no end": ([HEAD, ROW + "x" * 200], 2),
    "a cell that has no end": ([HEAD, ROW + "x" * 200_000], 2),
    "no reason": ([HEAD, ROW.replace("agreed by telephone", " ")], 2),
    "the same deadline twice": ([HEAD, ROW, ROW], 3),
    "a cell too few": ([HEAD, "0344,heen,2017-06-07T12:00"], 2),
    "a cell too many": ([HEAD, f"{ROW},more"], 2),
    "other columns": ([HEAD.replace("partner", "gemeente"), ROW], 1),
    "nothing": ([], 1),
    "a stray quote": ([HEAD, f'{ROW[:-5]}"x"y'.replace("agreed", '"agreed')], 2),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_in_order_is_refused_with_its_line(tmp_path: Path, what: str) -> None:
    lines, number = WRONG[what]
    with pytest.raises(UsageError) as error:
        load(written(tmp_path, *lines))
    assert error.value.code == "USE-OVERRIDE"
    assert error.value.where.endswith(f"afspraken.csv:{number}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60), st.text(max_size=60), st.sampled_from([ROW, f'{ROW[:-3]}"', ""]))
def test_any_file_is_taken_or_refused(tmp_path: Path, junk: bytes, text: str, row: str) -> None:
    path = tmp_path / "afspraken.csv"
    path.write_bytes(f"{HEAD}\n{row}{text}\n".encode() + junk)
    with contextlib.suppress(UsageError):
        assert all(item.reason and len(item.partner) in (4, 8) for item in load(path))


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"partner\xff")
    for path in (tmp_path / "gone.csv", tmp_path, tmp_path / "bytes.csv"):
        with pytest.raises(UsageError):
            load(path)
