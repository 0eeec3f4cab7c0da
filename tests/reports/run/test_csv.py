"""A spreadsheet opens the list of findings, shows each value whole, and runs nothing in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run import findings_csv
from schemas.message.fault import EiAddress, XmlAddress
from tests.reports.writing import write_all, write_one

DONE = RunFinished(completed=True, reason="", seconds=1.0)
MakeFinding = Callable[..., Finding]


def rows_of(started: RunStarted, case: CaseFinished) -> list[dict[str, str]]:
    file = StringIO(newline="")
    write_one(findings_csv.REPORT, [started, case], file, "en")
    return list(csv.DictReader(StringIO(file.getvalue().removeprefix("\ufeff"), newline="")))


@pytest.fixture
def row(
    started: RunStarted, make_case: Callable[..., CaseFinished], make_finding: MakeFinding
) -> Callable[..., object]:
    def of(**parts: object) -> dict[str, str]:
        (found,) = rows_of(started, make_case("c-1", "fail", make_finding("c-1", **parts)))
        return found

    return of


def test_a_row_has_all_that_tells_a_finding(row: Callable[..., dict[str, str]]) -> None:
    ei, xml = EiAddress(3, "02", "NAAM", 58, 132), XmlAddress("/B/C[2]/Naam", 48)
    assert row(ei=ei, xml=xml, deviation=2, rule="OP1", retour="9001") == {
        "case": "c-1",
        "code": "FIELD-CUT",
        "suite": "convert",
        "message": "WMO301",
        "direction": "2.0-2.1",
        "record number": "3",
        "field": "02 NAAM",
        "first column": "58",
        "last column": "132",
        "path": "/B/C[2]/Naam",
        "line": "48",
        "expected": '"van den Berg "',
        "actual": '"van den"',
        "flaw": "",
        "what is wrong": "",
        "value": "",
        "reference": "",
        "evidence": "B",
        "blocking": "yes",
        "deviation": "2",
        "rule": "OP1",
        "return code": "9001",
        "asked again": "",
        "messages before": "",
        "reproduce": "ikeur run --case c-1 --seed 7",
        "layout": "ikeur layout WMO301 --record 02",
    }


def test_what_is_not_known_is_an_empty_cell(row: Callable[..., dict[str, str]]) -> None:
    found = row(actual="", blocking=False, xml=XmlAddress("/B"))
    empty = {name for name, cell in found.items() if not cell}
    places = {"record number", "field", "first column", "last column", "line"}
    flaw = {"flaw", "what is wrong", "value", "reference"}
    again = {"asked again", "messages before"}
    assert empty == places | flaw | again | {"actual", "deviation", "rule", "return code"}
    assert found["blocking"] == "no"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", '"=', "\t="])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_text_is_a_formula_however_the_file_is_cut(
    started: RunStarted,
    start: str,
    delimiter: str,
    make_case: Callable[..., CaseFinished],
    make_finding: MakeFinding,
) -> None:
    nasty = f"{start}1+1"
    values = [nasty, f"a,{nasty}", f"a;{nasty}", f"a; {nasty}", f"a\t{nasty}", f"a|{nasty}"]
    found = [
        make_finding(
            nasty,
            expected=value,
            actual=value,
            rule=value,
            reproduce=value,
            xml=XmlAddress(value),
            ei=EiAddress(1, value, value),
        )
        for value in values
    ]
    file = StringIO(newline="")
    write_one(findings_csv.REPORT, [started, make_case("c-1", "fail", *found)], file, "en")
    for line in csv.reader(StringIO(file.getvalue(), newline=""), delimiter=delimiter):
        for cell in line:
            assert not re.match(r"[\s\"']*[=+\-@＝＋－＠]", cell) or cell.startswith("'"), cell


def test_a_harmless_text_stays_as_it_is(row: Callable[..., dict[str, str]]) -> None:
    text = "van 't Hof-de Wit, A.B. (1+1=2); e@mail"
    assert row(rule=text)["rule"] == text


def test_each_finding_is_one_line_in_utf_8(
    tmp_path: Path,
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: MakeFinding,
    nasty: str,
) -> None:
    values = ["één", "a\r\nb\rc\nd", nasty, "\udc80", "x" * 100_000]
    found = [make_finding("c-1", actual=value) for value in values]
    run: list[Event] = [started, make_case("c-1", "fail", *found), DONE]
    write_all(run, tmp_path, "nl")
    data = (tmp_path / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfcase,code,suite,message,direction,")
    assert b"\r" not in data
    lines = data.decode("utf-8").removesuffix("\n").split("\n")
    assert len(lines) == 1 + len(values)
    assert '"""één"""' in lines[1]
    assert max(map(len, lines)) < 32_767
