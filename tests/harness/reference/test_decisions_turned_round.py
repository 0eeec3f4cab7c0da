"""The converter and the oracle decide for themselves: one that errs alone is found out.

Each decision of `decisions.toml` is turned round on one side at a time. A run is red then, and so
is a golden pair.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.harness.golden_pairs import is_converted, is_expected
from tests.harness.reference.turned_round import Decision, Shared, decisions, shared, turned_round
from tests.suts.running import Ikeur, beside_the_software

DECISIONS = decisions()
CONVERTER, ORACLE = ("converter", "tree"), ("drawn", "expected")
GOLDEN: dict[str, Callable[[str, str], bool]] = {
    "converter": is_converted,
    "tree": is_converted,
    "expected": is_expected,
}
# A run asks the oracle for messages as they stand about those that break a rule.
SUITES = {"expected": "rules"}
# Of an oracle that errs it may also turn out that what it says cannot be written.
RED = {"drawn": (1, 3)}


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def run(ikeur: Ikeur, suites: str, messages: str, count: int) -> int:
    """The exit code of a run in which every finding counts, however weak its evidence."""
    done = ikeur.run("--reference", suite=suites, messages=messages, count=count, block_on="ABCD")
    return done.exit_code


def suites_of(decision: Decision, side: str) -> str:
    return decision.sides[side].suites or SUITES.get(side, "schema,convert")


def _turns(*, in_run: bool) -> list[ParameterSet]:
    return [
        pytest.param(
            decision,
            side,
            id=f"{side}: {decision.name}",
            marks=[pytest.mark.fast] if ".fast." in turn.at else [],
        )
        for decision in DECISIONS
        for side, turn in decision.sides.items()
        if (not turn.only_golden if in_run else side in GOLDEN)
    ]


def _slowly(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if side == "tree":
        monkeypatch.setattr("harness.reference.to_21.straight_21", lambda _: None)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.name)
def test_a_decision_is_taken_on_both_sides(decision: Decision) -> None:
    for sides in (CONVERTER, ORACLE):
        assert not decision.sides.keys().isdisjoint(sides)
    for side, turn in decision.sides.items():
        assert not (turn.only_golden and side not in GOLDEN)


@pytest.mark.parametrize(("decision", "side"), _turns(in_run=True))
def test_a_decision_turned_round_on_one_side_turns_a_run_red(
    ikeur: Ikeur, decision: Decision, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _slowly(side, monkeypatch)
    with turned_round(decision.sides[side]):
        code = run(ikeur, suites_of(decision, side), decision.messages, decision.count)
    assert code in RED.get(side, (1,))


RUNS = {
    (suites_of(decision, side), decision.messages, decision.count)
    for decision in DECISIONS
    for side, turn in decision.sides.items()
    if not turn.only_golden
}


@pytest.mark.parametrize(("suites", "messages", "count"), sorted(RUNS))
def test_the_same_run_is_green_as_long_as_nothing_is_turned_round(
    ikeur: Ikeur, suites: str, messages: str, count: int
) -> None:
    assert run(ikeur, suites, messages, count) == 0


@pytest.mark.parametrize(("decision", "side"), _turns(in_run=False))
def test_a_decision_turned_round_on_one_side_turns_a_golden_pair_red(
    decision: Decision, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _slowly(side, monkeypatch)
    assert GOLDEN[side](decision.golden, decision.source)
    with turned_round(decision.sides[side]):
        assert not GOLDEN[side](decision.golden, decision.source)


@pytest.mark.parametrize("item", shared(), ids=lambda item: item.name)
def test_what_both_sides_read_turned_round_turns_a_golden_pair_red(
    item: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The fast way leaves to the tree what it cannot do, and would hide the fault.
    for side in CONVERTER:
        _slowly(side, monkeypatch)
        assert is_converted(item.golden, item.source)
    with turned_round(item.turn):
        assert not is_converted(item.golden, item.source)
