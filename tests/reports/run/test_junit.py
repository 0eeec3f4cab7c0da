"""A continuous integration server reads from junit.xml what the run found."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from lxml import etree

from reports.events.events import Event, RunFinished
from reports.run import junit
from tests.reports.writing import write_one

ILLEGAL = [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]


def text_of(events: list[Event], lang: str = "en") -> str:
    file = StringIO()
    write_one(junit.REPORT, events, file, lang)
    return file.getvalue()


@pytest.fixture
def root(events: list[Event]) -> etree._Element:
    return etree.fromstring(text_of(events).encode())


def test_every_case_stands_in_the_suite_of_its_kind(root: etree._Element) -> None:
    found = {
        suite.get("name"): [case.get("name") for case in suite.iter("testcase")]
        for suite in root.iter("testsuite")
    }
    assert found == {
        "ikeur.convert.WMO301": ["c-1", "c-3", "c-4"],
        "ikeur.schema.WMO301": ["c-2", "c-8", "c-9"],
        "ikeur.convert.JW321": ["c-5", "c-6"],
        "ikeur.convert.WMO302": ["c-7"],
    }
    for suite in root.iter("testsuite"):
        assert {case.get("classname") for case in suite.iter("testcase")} == {suite.get("name")}


def test_each_verdict_has_its_element(root: etree._Element) -> None:
    found = {
        case.get("name"): [part.tag for part in case if part.tag != "system-out"]
        for case in root.iter("testcase")
    }
    assert found == {
        "c-1": [],
        "c-2": [],
        "c-3": ["failure"],
        "c-4": ["failure"],
        "c-5": ["error"],
        "c-6": ["error"],
        "c-7": ["skipped"],
        "c-8": ["skipped"],
        "c-9": ["failure"],
    }


def test_the_counts_of_a_suite_are_those_of_its_cases(root: etree._Element) -> None:
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        tags = Counter(part.tag for case in cases for part in case)
        assert suite.get("tests") == str(len(cases))
        assert {name: suite.get(name) for name in names} == {
            name: str(tags[tag]) for name, tag in names.items()
        }
        assert suite.get("time") == f"{0.25 * len(cases):.3f}"


def test_the_whole_counts_all_suites(root: etree._Element) -> None:
    assert {key: value for key, value in root.attrib.items() if key != "name"} == {
        "tests": "9",
        "failures": "3",
        "errors": "2",
        "time": "2.250",
    }


def test_a_failure_says_where_what_and_how_to_see_it(root: etree._Element) -> None:
    failure = root.find(".//testcase[@name='c-3']/failure")
    assert failure is not None
    assert failure.get("type") == "FIELD-CUT"
    for part in (
        "record 3 (02) NAAM, columns 58 to 132",
        "/B/C[2]/Naam, line 48",
        '"van den Berg "',
        '"van den"',
        "ikeur run --case c-3 --seed 7",
    ):
        assert part in (failure.text or "")


def test_advice_on_a_case_that_passed_is_not_lost(root: etree._Element) -> None:
    assert "EI-FILLED" in (root.findtext(".//testcase[@name='c-2']/system-out") or "")


def test_a_declared_deviation_tells_its_reason(root: etree._Element) -> None:
    skipped = root.find(".//testcase[@name='c-8']/skipped")
    assert skipped is not None
    assert skipped.get("message") == "declared deviation: mended in 4.3"


def test_no_character_is_illegal_in_xml(events: list[Event]) -> None:
    text = text_of(events)
    assert not [char for char in map(chr, ILLEGAL) if char in text]
    assert "alert" in text
    assert "<script" not in text
    assert "]]>" not in text


def test_a_run_that_was_broken_off_is_an_error(events: list[Event]) -> None:
    broken = RunFinished(completed=False, reason="disk full", seconds=1.0)
    root = etree.fromstring(text_of([*events[:2], broken]).encode())
    assert root.get("tests") == "2"
    assert root.get("errors") == "1"
    assert root.findtext(".//testsuite[@name='ikeur.run']/testcase/error") == "disk full"
