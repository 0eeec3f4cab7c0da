"""Code scanning reads the findings with their rules and places."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from reports import sarif
from reports.events import CaseFinished, Event, RunFinished
from reports.summary import summarise
from schemas.finding_codes import finding_codes


def run_of(events: list[Event], lang: str = "en") -> dict[str, Any]:
    file = StringIO()
    sarif.write(summarise(events), events, file, lang)
    log = json.loads(file.getvalue())
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def results_of(run: dict[str, Any], case: str) -> list[dict[str, Any]]:
    return [result for result in run["results"] if result["properties"]["case"] == case]


def test_every_code_is_a_rule_with_its_meaning(events: list[Event]) -> None:
    rules = {rule["id"]: rule for rule in run_of(events)["tool"]["driver"]["rules"]}
    assert set(rules) == set(finding_codes())
    assert rules["FIELD-CUT"]["shortDescription"]["text"] == "A value is shorter than it must be."


@pytest.mark.parametrize(("case", "level"), [("c-2", "note"), ("c-3", "error"), ("c-9", "error")])
def test_what_blocks_is_an_error_and_advice_is_a_note(
    case: str, level: str, events: list[Event]
) -> None:
    assert [result["level"] for result in results_of(run_of(events), case)] == [level]


def test_a_declared_deviation_is_suppressed_with_its_reason(events: list[Event]) -> None:
    (result,) = results_of(run_of(events), "c-8")
    assert result["suppressions"] == [{"kind": "external", "justification": "mended in 4.3"}]


def test_a_place_is_the_kept_file_and_the_path(events: list[Event]) -> None:
    (result,) = results_of(run_of(events), "c-3")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "cases/c-3/actual.xml"},
        "region": {"startLine": 48},
    }
    names = [place["fullyQualifiedName"] for place in location["logicalLocations"]]
    assert names == ["record 3/02/NAAM", "/B/C[2]/Naam"]


def test_the_region_is_that_of_the_release_of_the_file(
    events: list[Event], cases: list[CaseFinished]
) -> None:
    back = replace(cases[2], direction="2.1-2.0", files={"actual": "cases/c-3/actual.ei"})
    (result,) = results_of(run_of([events[0], back, events[-1]]), "c-3")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 58, "endColumn": 133}


def test_a_run_that_was_broken_off_says_so(events: list[Event]) -> None:
    broken = RunFinished(completed=False, reason="disk full", seconds=1.0)
    (invocation,) = run_of([events[0], broken])["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "disk full" in invocation["toolExecutionNotifications"][0]["message"]["text"]
