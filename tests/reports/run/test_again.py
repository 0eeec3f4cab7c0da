"""The reports tell what the second try of a failing case gave, and what it needs before it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import reports
from reports.events.events import (
    CaseFinished,
    Event,
    Finding,
    Retry,
    RunFinished,
    RunStarted,
    from_json,
    to_json,
)
from reports.run import html, junit, markdown
from reports.run import results_json as json_report
from reports.run.case_again import lines, result
from tests.reports.writing import write_one

SCHEMA = json.loads(Path(reports.__file__).with_name("results.schema.json").read_text("utf-8"))
LIST = "cases/c-1/sequence.json"


@pytest.fixture
def run(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> Callable[[Retry], list[Event]]:
    """The events of a run with one failing case that was tried again."""

    def events(again: Retry) -> list[Event]:
        finding = make_finding("c-1", again=again)
        return [started, make_case("c-1", "fail", finding), RunFinished(True, "", 1.0)]

    return events


def written(events: list[Event], lang: str) -> dict[str, str]:
    """Each report for people as text on one line."""
    files = {name: io.StringIO() for name in ("html", "markdown", "junit")}
    write_one(html.REPORT, events, files["html"], lang)
    write_one(markdown.REPORT, events, files["markdown"], lang)
    write_one(junit.REPORT, events, files["junit"], lang)
    return {name: " ".join(file.getvalue().split()) for name, file in files.items()}


@pytest.mark.parametrize(
    ("lang", "again", "told"),
    [
        ("en", Retry("right"), "correct on its own in a fresh process"),
        ("nl", Retry("right"), "goed als het los en in een nieuw proces wordt gevraagd"),
        (
            "en",
            Retry("other", fresh=False),
            "a different fault on its own: it depends",
        ),
        (
            "nl",
            Retry("other", fresh=False),
            "iets anders mis als het los wordt gevraagd: het hangt af",
        ),
        (
            "en",
            Retry("right", before=("a", "b"), file=LIST),
            f"reproduced after 2 earlier messages: {LIST}",
        ),
        ("nl", Retry("right", before=("a",), file=LIST), f"na 1 eerder bericht: {LIST}"),
        (
            "en",
            Retry("right", before=("a",), ended="cut-off"),
            "a shorter sequence was stopped early",
        ),
        (
            "en",
            Retry("right", ended="not-shown"),
            "not reproduced by sending the earlier messages again",
        ),
    ],
)
def test_every_report_says_it(
    run: Callable[[Retry], list[Event]], lang: str, again: Retry, told: str
) -> None:
    events = run(again)
    for name, text in written(events, lang).items():
        assert told in text, name
    (case,) = [event for event in events if isinstance(event, CaseFinished)]
    assert told in " ".join(lines(case, (), "software", lang))


def test_what_is_wrong_by_itself_needs_no_more_words(
    run: Callable[[Retry], list[Event]],
) -> None:
    assert all("fresh process" not in text for text in written(run(Retry("same")), "en").values())


def test_the_results_are_as_their_schema_says_and_come_back(
    run: Callable[[Retry], list[Event]],
) -> None:
    events = run(Retry("right", True, ("a", "b"), LIST, "complete"))
    file = io.StringIO()
    write_one(json_report.REPORT, events, file, "en")
    results = json.loads(file.getvalue())

    Draft202012Validator(SCHEMA).validate(results)
    assert results["cases"][0]["findings"][0]["again"]["before"] == ["a", "b"]
    assert [from_json(json.loads(json.dumps(to_json(event)))) for event in events] == events


def test_a_case_asked_again_is_told_in_json(run: Callable[[Retry], list[Event]]) -> None:
    (case,) = [event for event in run(Retry("same")) if isinstance(event, CaseFinished)]

    assert result(case, ["a"])["before"] == ["a"]
    assert result(case, [])["findings"][0]["code"] == case.findings[0].code
