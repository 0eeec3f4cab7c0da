"""The summary counts what happened, and stays small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run.causes import causes
from reports.run.summary import MOST_RED_CASES, exit_code, summarise
from reports.run.wording import headline
from reports.shared.texts import texts
from schemas.errors import RunBroken
from schemas.message.fault import EiAddress

Make = Callable[..., CaseFinished]
MakeFinding = Callable[..., Finding]
DONE = RunFinished(completed=True, reason="", seconds=1.0)


def test_every_verdict_is_counted(events: list[Event]) -> None:
    summary = summarise(events)
    assert summary.verdicts == {
        "pass": 2,
        "fail": 2,
        "crash": 1,
        "timeout": 1,
        "skip": 1,
        "xfail": 1,
        "xpass": 1,
    }
    assert (summary.cases, summary.tested, summary.red) == (9, 8, 5)


def test_the_matrix_has_a_cell_for_each_message_type_and_suite(events: list[Event]) -> None:
    matrix = summarise(events).matrix
    assert matrix["WMO301", "convert"] == {"pass": 1, "fail": 2}
    assert matrix["WMO301", "schema"] == {"pass": 1, "xfail": 1, "xpass": 1}
    assert matrix["JW321", "convert"] == {"crash": 1, "timeout": 1}
    assert matrix["WMO302", "convert"] == {"skip": 1}
    assert ("JW321", "schema") not in matrix


def test_findings_are_counted_by_what_follows_from_them(events: list[Event]) -> None:
    assert summarise(events).findings == {"blocking": 5, "advisory": 1, "declared": 1}


def test_fidelity_adds_up(events: list[Event]) -> None:
    fidelity = summarise(events).fidelity
    assert fidelity["kept"] == 38
    assert fidelity["changed"] == 2
    assert fidelity["cut_by_mapping"] == 1
    assert fidelity["invented"] == 0


def test_one_fault_in_two_records_is_one_cause(events: list[Event]) -> None:
    first = summarise(events).causes[0]
    assert (first.code, first.message, first.place, first.count) == (
        "FIELD-CUT",
        "WMO301",
        "02 NAAM",
        2,
    )
    assert first.example.case == "c-3"


def test_what_blocks_comes_before_what_advises(events: list[Event]) -> None:
    kinds = [cause.kind for cause in summarise(events).causes]
    assert kinds == ["blocking"] * 4 + ["advisory", "declared"]


def test_a_long_value_is_kept_in_part(events: list[Event]) -> None:
    examples = [cause.example for cause in summarise(events).causes]
    assert max(len(example.actual) for example in examples) < 1000


def test_causes_and_red_cases_beyond_the_cap_are_only_counted(
    started: RunStarted,
    make_case: Make,
    make_finding: MakeFinding,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(causes, "MOST_CAUSES", 10)

    def many() -> list[Event]:
        fields = [EiAddress(1, "02", f"FIELD {number}", 1, 2) for number in range(600)]
        found = [make_finding(f"c-{number}", ei=place) for number, place in enumerate(fields)]
        return [make_case(one.case, "fail", one) for one in found]

    summary = summarise([started, *many(), DONE])
    assert len(summary.causes) == 10
    assert summary.beyond == 590
    assert summary.findings["blocking"] == 600
    assert len(summary.red_cases) == MOST_RED_CASES
    assert summary.red == 600


def test_many_advisory_causes_do_not_crowd_out_one_that_blocks(
    started: RunStarted,
    make_case: Make,
    make_finding: MakeFinding,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(causes, "MOST_CAUSES", 1)
    weak = [make_finding("c-1", code, blocking=False) for code in ("EI-DATE", "EI-TIME")]
    cases = [make_case("c-1", "pass", *weak), make_case("c-2", "fail", make_finding("c-2"))]
    assert summarise([started, *cases, DONE]).causes[0].code == "FIELD-CUT"


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("pass", 0),
        ("skip", 3),
        ("xfail", 0),
        ("fail", 1),
        ("crash", 1),
        ("timeout", 1),
        ("xpass", 1),
    ],
)
def test_the_exit_code_follows_the_verdict(
    verdict: str, code: int, started: RunStarted, make_case: Make
) -> None:
    assert exit_code(summarise([started, make_case("c-1", verdict), DONE])) == code


def test_advice_alone_does_not_turn_a_run_red(
    started: RunStarted, make_case: Make, make_finding: MakeFinding
) -> None:
    advised = make_case("c-1", "pass", make_finding("c-1", blocking=False))
    assert exit_code(summarise([started, advised, DONE])) == 0


def test_a_run_that_was_broken_off_is_never_good(events: list[Event], make_case: Make) -> None:
    broken = replace(DONE, completed=False, reason="disk full")
    assert exit_code(summarise([events[0], make_case("c-1", "pass"), broken])) == 3
    assert exit_code(summarise([events[0], make_case("c-1", "fail"), broken])) == 3


def test_a_journal_that_stops_halfway_is_a_run_that_was_broken_off(events: list[Event]) -> None:
    assert exit_code(summarise(events[:-1])) == 3


def test_a_run_of_skipped_cases_is_not_called_good(started: RunStarted, make_case: Make) -> None:
    assert summarise([started, make_case("c-1", "skip"), DONE]).outcome == "empty"


def test_a_declared_deviation_is_not_said_to_be_as_expected(
    started: RunStarted, make_case: Make
) -> None:
    def said(*verdicts: str) -> str:
        cases = [make_case(f"c-{number}", verdict) for number, verdict in enumerate(verdicts)]
        return headline(summarise([started, *cases, DONE]), texts("en"))

    assert said("pass", "pass") == "Passed: all 2 test cases that were run went as expected."
    assert said("pass", "xfail").endswith("1 test case went as expected, the rest as declared.")
    assert said("xfail", "skip") == "Passed: every deviation was declared."


def test_a_journal_without_a_run_is_no_run() -> None:
    with pytest.raises(RunBroken):
        summarise([])
