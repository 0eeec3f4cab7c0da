"""The converter and the oracle decide for themselves: one that errs alone is found out.

Each decision of `decisions.toml` is turned round in one of the two at a time. A run is red then,
and so is a golden pair.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from golden_pairs import is_converted, is_expected
from turned_round import Decision, decisions, turned_round

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))

from running import Ikeur, beside_the_software

DECISIONS = decisions()
SIDES = ("converter", "drawn", "expected")
# What of a run asks the oracle of a side.
SUITE = {"converter": "convert", "drawn": "convert", "expected": "rules"}
COUNT = 4


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def _turns(*sides: str) -> list[ParameterSet]:
    return [
        pytest.param(decision, side, id=f"{side}: {decision.name}")
        for decision in DECISIONS
        for side in sides
        if side in decision.sides
    ]


def run(ikeur: Ikeur, messages: str, suite: str) -> int:
    code = ikeur.run("--reference", suite=suite, messages=messages, count=COUNT).exit_code
    assert code in (0, 1)
    return code


@pytest.mark.parametrize(("decision", "side"), _turns(*SIDES))
def test_a_decision_turned_round_on_one_side_turns_a_run_red(
    ikeur: Ikeur, decision: Decision, side: str
) -> None:
    with turned_round(decision.sides[side]):
        assert run(ikeur, decision.messages, SUITE[side]) == 1


@pytest.mark.parametrize("suite", sorted({*SUITE.values()}))
def test_the_same_runs_are_green_as_long_as_nothing_is_turned_round(
    ikeur: Ikeur, suite: str
) -> None:
    messages = {name for decision in DECISIONS for name in decision.messages.split(",")}
    assert run(ikeur, ",".join(sorted(messages)), suite) == 0


# Who answers to a golden pair.
GOLDEN: dict[str, Callable[[str, str], bool]] = {"converter": is_converted, "expected": is_expected}


@pytest.mark.parametrize(("decision", "side"), _turns(*GOLDEN))
def test_a_decision_turned_round_on_one_side_turns_a_golden_pair_red(
    decision: Decision, side: str
) -> None:
    assert GOLDEN[side](decision.golden, decision.source)
    with turned_round(decision.sides[side]):
        assert not GOLDEN[side](decision.golden, decision.source)
