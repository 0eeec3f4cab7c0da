"""Every report names each declared deviation and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree
from rich.console import Console

from reports.events.deviations import EXPIRED, GONE, Deviation, DeviationEnded
from reports.events.events import CaseFinished, Event, RunFinished, RunStarted, from_json, to_json
from reports.run import markdown
from reports.run.console import print_plan, print_summary
from reports.run.summary import Summary, exit_code, summarise
from tests.reports.writing import write_all, write_one

DONE = RunFinished(completed=True, reason="", seconds=1.0)
ENDED = (
    DeviationEnded(1, "xfail", 12),
    DeviationEnded(2, "skip", 0),
    DeviationEnded(3, "xpass", 0, GONE),
    DeviationEnded(4, "fail", 3, EXPIRED),
)


def declared(number: int, reason: str) -> Deviation:
    return Deviation(number, ("FIELD-CUT",), ("WMO301",), ("02 NAAM",), reason, "2017-12-31")


@pytest.fixture
def begun(started: RunStarted, nasty: str) -> RunStarted:
    reasons = ("mended in 4.3", "second", nasty, "fourth")
    found = tuple(declared(number, reason) for number, reason in enumerate(reasons, 1))
    return replace(started, deviations=found, planned=1)


@pytest.fixture
def run(begun: RunStarted, make_case: Callable[..., CaseFinished]) -> list[Event]:
    """One case that passes, and four declarations of which two make the run fail."""
    return [begun, make_case("c-1", "pass"), *ENDED, DONE]


def said(summary: Summary, lang: str) -> str:
    console = Console(file=StringIO(), width=500, _environ={})
    print_summary(summary, console, lang, Path("report.html"))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_events_are_the_same_after_the_journal(run: list[Event]) -> None:
    assert [from_json(json.loads(json.dumps(to_json(event)))) for event in run] == run


def test_what_is_gone_or_expired_fails_the_run_and_is_no_case(run: list[Event]) -> None:
    summary = summarise(run)
    assert exit_code(summary) == 1
    assert (summary.cases, summary.tested, summary.deviating, summary.red) == (1, 1, 0, 2)
    assert (summary.verdicts["fail"], summary.verdicts["xpass"], summary.verdicts["xfail"]) == (
        1, 1, 0
    )  # fmt: skip


@pytest.mark.parametrize("ended", [ENDED[:1], ENDED[1:2]], ids=["occurs", "not tried"])
def test_what_occurs_or_was_not_tried_does_not_fail_the_run(
    begun: RunStarted, make_case: Callable[..., CaseFinished], ended: tuple[DeviationEnded, ...]
) -> None:
    assert exit_code(summarise([begun, make_case("c-1", "pass"), *ended, DONE])) == 0


def test_every_report_names_those_that_fail_the_run(run: list[Event], tmp_path: Path) -> None:
    write_all(run, tmp_path, "en")
    junit = etree.parse(tmp_path / "junit.xml").getroot()
    failures = {
        (case.get("name"), part.get("type")) for case in junit.iter("testcase") for part in case
    }
    assert failures == {("deviation 3", GONE), ("deviation 4", EXPIRED)}
    assert (junit.get("tests"), junit.get("failures"), junit.get("errors")) == ("3", "2", "0")
    sarif = json.loads((tmp_path / "results.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert [(item["ruleId"], item["level"]) for item in sarif] == [
        (GONE, "error"), (EXPIRED, "error")
    ]  # fmt: skip
    told = json.loads((tmp_path / "results.json").read_text("utf-8"))["deviations"]
    assert [(item["number"], item["verdict"], item["findings"]) for item in told] == [
        (1, "xfail", 12), (2, "skip", 0), (3, "xpass", 0), (4, "fail", 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "en",
            (
                "Failed: 2 declared deviations are out of date.",
                "Deviation 1 (FIELD-CUT; WMO301; 02 NAAM): occurs, in 12 findings",
                "Deviation 2 (FIELD-CUT; WMO301; 02 NAAM): not tested",
                "Deviation 3 (FIELD-CUT; WMO301; 02 NAAM): no longer occurs: remove it",
                "Deviation 4 (FIELD-CUT; WMO301; 02 NAAM): expired on 2017-12-31",
            ),
        ),
        (
            "nl",
            (
                "Niet goed: 2 vooraf gemelde afwijkingen zijn niet meer actueel.",
                "Afwijking 1 (FIELD-CUT; WMO301; 02 NAAM): doet zich voor, in 12 bevindingen",
                "Afwijking 2 (FIELD-CUT; WMO301; 02 NAAM): niet getoetst",
                "Afwijking 3 (FIELD-CUT; WMO301; 02 NAAM): doet zich niet meer voor",
                "Afwijking 4 (FIELD-CUT; WMO301; 02 NAAM): liep af op 2017-12-31",
            ),
        ),
    ],
)
def test_those_for_people_say_what_became_of_each(
    run: list[Event], tmp_path: Path, lang: str, sentences: tuple[str, ...]
) -> None:
    summary = write_all(run, tmp_path, lang)
    page, short = ((tmp_path / name).read_text("utf-8") for name in ("report.html", "summary.md"))
    for text in (said(summary, lang), page, short):
        places = [text.index(sentence) for sentence in sentences]
        # Those that fail the run stand first.
        assert max(places[3:]) < min(places[1:3])
    for text in (page, short):
        assert "<script>alert" not in text


def test_a_page_without_a_deviating_case_does_not_send_to_one(
    run: list[Event], tmp_path: Path
) -> None:
    write_all(run, tmp_path, "en")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "See the deviating test cases below." not in page
    assert "Fix the causes below" not in page
    assert "The software did nothing unexpected" in page


def test_cases_that_deviate_are_counted_apart(
    begun: RunStarted, make_case: Callable[..., CaseFinished], tmp_path: Path
) -> None:
    cases = [make_case("c-1", "pass"), make_case("c-2", "fail")]
    text = said(summarise([begun, *cases, *ENDED, DONE]), "en")
    assert text.startswith("Failed: 1 of the 2 test cases that were run deviates. ")
    assert "1 declared deviation no longer occurs" in text
    assert "1 declared deviation has expired" in text


def test_the_plan_tells_how_many_are_declared(begun: RunStarted, started: RunStarted) -> None:
    for run, shown in ((begun, True), (started, False)):
        console = Console(file=StringIO(), width=100, _environ={})
        print_plan(run, console, "en")
        assert ("4 deviations" in console.file.getvalue()) is shown  # type: ignore[attr-defined]


def test_many_declarations_are_capped_with_those_that_fail_the_run_first(
    started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    found = tuple(declared(number, "x" * 5_000) for number in range(1, 31))
    ended = [DeviationEnded(number, "xfail", 1) for number in range(1, 30)]
    gone = DeviationEnded(30, "xpass", 0, GONE)
    begun = replace(started, deviations=found)
    run: list[Event] = [begun, make_case("c-1", "pass"), *ended, gone, DONE]
    file = StringIO()
    write_one(markdown.REPORT, run, file, "en")
    lines = [line for line in file.getvalue().splitlines() if line.startswith("- Deviation ")]
    assert len(lines) == 20
    assert lines[0].startswith("- Deviation 30 ")
    assert "- And 10 more: see `results.json`." in file.getvalue()
    assert len(file.getvalue()) < 64 * 1024
    assert "And 20 more: see `results.json`." in said(summarise(run), "en")
