"""Code scanning reads the findings with their rules and places."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest

from reports.events.events import CaseFinished, Event, RunFinished
from reports.run import sarif
from schemas.facts.finding_codes import finding_codes
from tests.reports.writing import write_one


def run_of(events: list[Event], lang: str = "en") -> dict[str, Any]:
    file = StringIO()
    write_one(sarif.REPORT, events, file, lang)
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
    assert rules["FIELD-CUT"]["shortDescription"]["text"] == "A value is shorter than expected."


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


def all_results(events: list[Event]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = run_of(events)["results"]
    return results


def test_every_result_names_a_file_by_a_relative_address(
    events: list[Event], cases: list[CaseFinished]
) -> None:
    bare = [replace(case, files={}) for case in cases]
    for told in (events, [events[0], *bare, events[-1]]):
        assert all_results(told)
        for result in all_results(told):
            (location,) = result["locations"]
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert uri
            assert urlsplit(uri)[:2] == ("", "")
            assert not uri.startswith(("/", ".", "#"))
            assert location["logicalLocations"]
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert region["startLine"] >= 1


def test_a_case_whose_files_are_not_kept_points_at_the_results(
    events: list[Event], cases: list[CaseFinished]
) -> None:
    bare = [replace(case, files={}) for case in cases]
    for result in all_results([events[0], *bare, events[-1]]):
        physical = result["locations"][0]["physicalLocation"]
        assert physical == {"artifactLocation": {"uri": "results.json"}}


def fingerprints(events: list[Event], case: str) -> set[str]:
    return {
        result["partialFingerprints"]["primaryLocationLineHash"]
        for result in results_of(run_of(events), case)
    }


def test_a_finding_is_known_again_whatever_its_case_and_its_values(
    events: list[Event], cases: list[CaseFinished]
) -> None:
    for result in all_results(events):
        assert all(result["partialFingerprints"].values())
    case = cases[2]
    (finding,) = case.findings
    assert finding.ei
    assert finding.xml
    mine = fingerprints(events, case.id)
    later = replace(finding, actual="vd", xml=replace(finding.xml, line=99, path="/B/C[7]/Naam"))
    same = replace(case, id="c-99", findings=(later,), files={})
    assert fingerprints([events[0], same, events[-1]], "c-99") == mine
    for other in (
        replace(finding, code="FIELD-LOST"),
        replace(finding, ei=replace(finding.ei, field="VOORVOEGSEL")),
    ):
        told = [events[0], replace(case, findings=(other,)), events[-1]]
        assert fingerprints(told, case.id).isdisjoint(mine)
    for changed in (
        replace(case, message="WMO303"),
        replace(case, suite="roundtrip"),
        replace(case, direction="2.1-2.0"),
    ):
        told = [events[0], changed, events[-1]]
        assert fingerprints(told, case.id).isdisjoint(mine)
