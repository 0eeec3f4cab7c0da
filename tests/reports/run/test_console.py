"""On the console a run says what it will do, and at the end what it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from rich.console import Console

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run.console import MOST_CAUSES_SHOWN, print_plan, print_summary
from reports.run.summary import summarise
from schemas.message.fault import EiAddress

REPORT = Path("out/report.html")
DONE = RunFinished(completed=True, reason="", seconds=1.0)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202e]")


def plan_of(started: RunStarted, lang: str = "en") -> str:
    console = Console(file=StringIO(), width=100, _environ={})
    print_plan(started, console, lang)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def summary_of(events: list[Event], lang: str = "en", terminal: bool = False) -> str:
    console = Console(file=StringIO(), width=100, force_terminal=terminal, _environ={})
    print_summary(summarise(events), console, lang, REPORT)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_plan_tells_all_that_decides_the_result(started: RunStarted) -> None:
    text = plan_of(started)
    for part in (
        "ikeur 0.1.0 tests Voorbeeld-ECD 4.2.0",
        "stream: ./ecd --stream",
        "schema, convert",
        "WMO301, WMO302, JW321",
        "9 (per message type, direction and suite: 5)",
        "tables 3f9a1c20, with the project's own schemas",
        "findings with evidence A, B, C; D is advisory only",
    ):
        assert part in text
    assert re.search(r"Seed +7\b", text)


def test_the_matrix_is_readable_without_colour(events: list[Event]) -> None:
    rows = [line.split() for line in summary_of(events).splitlines()]
    assert ["WMO301", "1✗", "1", "1≈", "2✗", "1"] in rows
    assert ["Not", "tested:", "WMO302."] in rows
    assert ["JW321", "–", "2✗"] in rows


def test_a_terminal_gets_colours(events: list[Event]) -> None:
    assert "\x1b[" in summary_of(events, terminal=True)


def test_nothing_of_the_software_reaches_the_terminal_as_a_command(events: list[Event]) -> None:
    assert CONTROL.findall(summary_of(events)) == []


def test_markup_in_a_value_is_shown_as_it_is(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> None:
    found = make_finding("c-1", actual="[red]:smile:[/red]")
    assert "[red]:smile:[/red]" in summary_of([started, make_case("c-1", "fail", found), DONE])


def test_a_finding_says_what_where_and_how_to_see_it(events: list[Event]) -> None:
    text = summary_of(events)
    for part in (
        "FIELD-CUT  WMO301  2 findings, blocking",
        "A value is shorter than expected.",
        "record 3 (02) NAAM, columns 58 to 132",
        "/B/C[2]/Naam, line 48",
        '"van den Berg "',
        "ikeur run --case c-3 --seed 7",
    ):
        assert part in text


def test_a_command_stays_on_one_line(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> None:
    command = "ikeur run " + "--option value " * 20 + "--seed 7"
    found = make_finding("c-1", reproduce=command)
    assert command in summary_of([started, make_case("c-1", "fail", found), DONE])


def test_more_causes_than_fit_are_counted(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> None:
    places = [EiAddress(1, "02", f"FIELD {number}", 1, 2) for number in range(12)]
    found = [make_finding(f"c-{number}", ei=place) for number, place in enumerate(places)]
    text = summary_of([started, *(make_case(one.case, "fail", one) for one in found), DONE])
    assert text.count("FIELD-CUT") == MOST_CAUSES_SHOWN == 10
    assert "2 causes more, with 2 findings: see `report.html`." in text
    assert "Every finding is a row of `findings.csv`." in text


def test_the_verdict_and_the_report_come_last(events: list[Event]) -> None:
    lines = summary_of(events).splitlines()
    verdict = next(line for line in lines[1:] if line.startswith("Failed: 5 of the 8 test cases"))
    assert verdict.endswith(" Exit code 1.")
    assert lines[0] == verdict
    assert lines[-1] == f"Report: {REPORT}"


def test_a_run_that_was_broken_off_says_why(events: list[Event]) -> None:
    broken = RunFinished(completed=False, reason="disk full", seconds=1.0)
    text = summary_of([*events[:2], broken], lang="nl")
    assert text.startswith("Niet afgerond: de toets is afgebroken. ")
    assert text.splitlines()[0].endswith(" Exitcode 3.")
    assert "Reden: disk full" in text
    assert "Uitgevoerd: 1 van de 9 geplande testgevallen." in text
