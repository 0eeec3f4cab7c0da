"""The reports tell where the smallest message is, how small, and when it was not found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import reports
from reports.events.events import (
    CaseFinished,
    Event,
    Finding,
    RunFinished,
    RunStarted,
    Smallest,
    from_json,
    to_json,
)
from reports.run import html, junit, markdown
from reports.run import results_json as json_report
from schemas.message.fault import EiAddress, XmlAddress
from tests.reports.writing import write_one

SCHEMA = json.loads(Path(reports.__file__).with_name("results.schema.json").read_text("utf-8"))
FILES = {"smallest-input": "cases/c-1/smallest-input.ei", "smallest-actual": "cases/c-1/b.xml"}
SMALLEST = Smallest(
    FILES, 12345, 728, 17, "complete", EiAddress(2, "02", "NAAM", 58, 82), XmlAddress("/B/N", 9)
)


@pytest.fixture
def run(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> Callable[[Smallest], list[Event]]:
    """The events of a run with one failure, which has this smallest message."""

    def events(smallest: Smallest) -> list[Event]:
        finding = make_finding("c-1", smallest=smallest)
        case = make_case("c-1", "fail", finding, files=smallest.files)
        return [started, case, RunFinished(True, "", 1.0)]

    return events


def written(events: list[Event], lang: str = "en") -> dict[str, str]:
    """Each report as text."""
    files = {name: io.StringIO() for name in ("html", "markdown", "junit", "json")}
    write_one(html.REPORT, events, files["html"], lang)
    write_one(markdown.REPORT, events, files["markdown"], lang)
    write_one(junit.REPORT, events, files["junit"], lang)
    write_one(json_report.REPORT, events, files["json"], lang)
    return {name: file.getvalue() for name, file in files.items()}


def test_every_report_names_the_file_and_how_small_it_is(
    run: Callable[[Smallest], list[Event]],
) -> None:
    found = written(run(SMALLEST))

    for name in ("html", "markdown", "junit"):
        assert FILES["smallest-input"] in found[name], name
        assert "728 bytes, was 12,345" in found[name], name
    assert "smallest input" in found["html"]
    assert "record 2 (02) NAAM, columns 58 to 82" in found["html"]


@pytest.mark.parametrize(
    ("lang", "ended", "told"),
    [
        ("en", "cut-off", "the search was stopped early"),
        ("nl", "cut-off", "het zoeken is afgebroken"),
        ("en", "not-again", "not reproduced when asked again"),
        ("nl", "not-again", "opnieuw gevraagd deed het zich niet voor"),
    ],
)
def test_a_search_that_was_not_completed_says_so(
    run: Callable[[Smallest], list[Event]], lang: str, ended: str, told: str
) -> None:
    files = {} if ended == "not-again" else FILES
    found = written(run(replace(SMALLEST, ended=ended, files=files)), lang)

    for name in ("html", "markdown", "junit"):
        assert told in found[name], name
        assert ("728 bytes" in found[name]) == bool(files), name


def test_the_results_are_as_their_schema_says_and_come_back(
    run: Callable[[Smallest], list[Event]],
) -> None:
    events = run(SMALLEST)
    results = json.loads(written(events)["json"])

    Draft202012Validator(SCHEMA).validate(results)
    assert results["cases"][0]["findings"][0]["smallest"]["ended"] == "complete"
    assert [from_json(json.loads(json.dumps(to_json(event)))) for event in events] == events


def test_a_second_smallest_message_of_a_case_is_told_apart(
    run: Callable[[Smallest], list[Event]],
) -> None:
    files = {"smallest-2-input": "cases/c-1/smallest-2-input.ei"}

    assert "kleinste invoer (2)" in written(run(replace(SMALLEST, files=files)), "nl")["html"]
