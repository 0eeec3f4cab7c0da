"""All reports come from one journal: they agree, they are whole, and they are repeatable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from lxml import html as lxml_html

import reports
from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.events.journal import Journal
from reports.run import registry, write
from reports.run.report import FinishedRun, Report
from reports.run.summary import summarise
from reports.shared.texts import LANGUAGES
from schemas.registered import registered
from tests.reports.writing import write_all

NAMES = (
    "results.json",
    "junit.xml",
    "results.sarif",
    "findings.csv",
    "summary.md",
    "report.html",
    "layout.html",
)
SCHEMA = json.loads(Path(reports.__file__).with_name("results.schema.json").read_text("utf-8"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "run"


def test_every_report_is_written_and_nothing_else(journal: Journal, out: Path) -> None:
    write_all(journal, out, "nl")
    assert sorted(path.name for path in out.iterdir()) == sorted(NAMES)


def test_all_reports_are_written_in_one_pass_over_the_events(
    events: list[Event], tmp_path: Path
) -> None:
    summary = summarise(events)
    write.write_all(summary, iter(events), tmp_path / "once", "en")
    write_all(events, tmp_path / "more", "en")
    once, more = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("once", "more")
    )
    assert once == more
    cases = [event.id for event in events if isinstance(event, CaseFinished)]
    results = json.loads(once["results.json"])
    assert [case["id"] for case in results["cases"]] == cases


def test_without_findings_there_is_no_list_of_them(events: list[Event], out: Path) -> None:
    write_all(events, out, "nl")
    write_all([*events[:2], events[-1]], out, "nl")
    of_findings = {"findings.csv", "layout.html"}
    assert sorted(path.name for path in out.iterdir()) == sorted(set(NAMES) - of_findings)


def test_the_reports_agree_on_the_numbers(journal: Journal, out: Path) -> None:
    summary = write_all(journal, out, "en")
    results = json.loads((out / "results.json").read_text("utf-8"))
    junit = etree.parse(out / "junit.xml").getroot()
    sarif = json.loads((out / "results.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert results["verdicts"] == summary.verdicts
    assert results["findings"] == summary.findings
    assert len(results["cases"]) == int(junit.get("tests", "")) == summary.cases == 9
    assert int(junit.get("failures", "")) + int(junit.get("errors", "")) == summary.red == 5
    # One red case has no finding: the deviation that no longer occurs.
    assert len([result for result in sarif if "ruleId" in result]) == 7
    assert len(sarif) == 8
    for name in ("summary.md", "report.html"):
        text = (out / name).read_text("utf-8")
        assert "Failed: 5 of the 8 test cases that were run deviate." in text
        assert "Blocking: 5. Advisory only: 1. Declared: 1." in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_events_give_the_same_bytes(journal: Journal, out: Path, lang: str) -> None:
    write_all(journal, out / "one", lang)
    write_all(journal, out / "two", lang)
    for name in NAMES:
        assert (out / "one" / name).read_bytes() == (out / "two" / name).read_bytes()


def test_the_schema_is_itself_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_results_are_as_their_schema_says(journal: Journal, out: Path) -> None:
    write_all(journal, out, "nl")
    results = json.loads((out / "results.json").read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(results)


def test_the_schema_allows_nothing_that_it_does_not_describe(journal: Journal, out: Path) -> None:
    write_all(journal, out, "nl")
    results = json.loads((out / "results.json").read_text("utf-8"))
    validator = Draft202012Validator(SCHEMA)
    for place in (results, results["run"], results["cases"][2], results["end"]):
        place["extra"] = 1
        assert not validator.is_valid(results)
        del place["extra"]


def test_the_results_hold_every_value_in_full(
    journal: Journal, out: Path, cases: list[CaseFinished]
) -> None:
    write_all(journal, out, "nl")
    results = json.loads((out / "results.json").read_text("utf-8"))
    assert [case["id"] for case in results["cases"]] == [case.id for case in cases]
    assert results["cases"][3]["findings"][1]["actual"] == cases[3].findings[1].actual
    assert results["cases"][4]["reason"] == cases[4].reason
    assert results["cases"][2]["findings"][0]["ei"] == {
        "number": 3,
        "record": "02",
        "field": "NAAM",
        "start": 58,
        "end": 132,
    }


def test_time_stands_only_where_the_schema_says(events: list[Event], out: Path) -> None:
    later: list[Event] = []
    for event in events:
        if isinstance(event, CaseFinished | RunFinished):
            later.append(replace(event, seconds=9.5))
        else:
            assert isinstance(event, RunStarted)
            later.append(replace(event, started_at="2020-01-01T00:00:00+00:00"))
    timed = re.compile(r'"(seconds|started_at)": ("[^"]*"|[0-9.]+)')
    for name, run in (("one", events), ("two", later)):
        write_all(run, out / name, "nl")
    texts = [(out / name / "results.json").read_text("utf-8") for name in ("one", "two")]
    assert texts[0] != texts[1]
    assert timed.sub("", texts[0]) == timed.sub("", texts[1])


def test_half_a_character_of_the_software_costs_no_report(
    events: list[Event], out: Path, make_case: Callable[..., CaseFinished]
) -> None:
    write_all([*events[:-1], make_case("c-10", "crash", reason="\udc80"), events[-1]], out, "nl")
    results = json.loads((out / "results.json").read_text("utf-8"))
    assert results["cases"][-1]["reason"] == "\udc80"
    etree.parse(out / "junit.xml")


def test_a_report_that_fails_leaves_the_old_one(
    journal: Journal, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(journal, out, "nl")
    before = (out / "report.html").read_bytes()

    def broken(_run: FinishedRun, file: TextIO, _lang: str) -> None:
        file.write("<!doctype")
        raise OSError("disk full")

    others = [report for report in registry.REPORTS.values() if report.name != "report.html"]
    reports = registered(*others, Report("report.html", broken))
    monkeypatch.setattr(registry, "REPORTS", reports)
    with pytest.raises(OSError, match="disk full"):
        write_all(journal, out, "en")
    assert (out / "report.html").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == sorted(NAMES)


def test_the_size_of_a_kept_file_is_told_and_that_of_no_other(
    started: RunStarted, make_case: Callable[..., CaseFinished], out: Path
) -> None:
    files = {"input": "cases/c-1/input.ei", "actual": "../outside", "expected": "cases/c-1/none"}
    (out / "cases" / "c-1").mkdir(parents=True)
    (out / "cases" / "c-1" / "input.ei").write_bytes(b"x" * 1_638)
    (out.parent / "outside").write_bytes(b"x" * 777)
    done = RunFinished(completed=True, reason="", seconds=1.0)
    write_all([started, make_case("c-1", "crash", files=files), done], out, "en")
    page = (out / "report.html").read_text("utf-8")
    assert "1,638 bytes" in page
    assert "777" not in page


def test_the_messages_of_a_cause_stand_side_by_side(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
    out: Path,
) -> None:
    files = {role: f"cases/c-1/{role}.ei" for role in ("expected", "actual")}
    (out / "cases" / "c-1").mkdir(parents=True)
    (out / files["expected"]).write_bytes(b"01<one>    x\r\n02same\r\n")
    (out / files["actual"]).write_bytes(b"01<one>    y\r\n02same\r\n")
    done = RunFinished(completed=True, reason="", seconds=1.0)
    found = make_case("c-1", "fail", make_finding("c-1"), files=files)
    write_all([started, found, done], out, "en")
    page = lxml_html.document_fromstring((out / "report.html").read_text("utf-8"))
    left, right = page.xpath("//div[contains(@class, 'pane ')]")
    assert [line.text_content() for line in left] == ["        10", "01<one>    x", "02same"]
    assert [line.get("class") for line in right] == ["ruler", "differs", "same"]
    assert [mark.text for mark in right.iter("mark")] == ["y"]
