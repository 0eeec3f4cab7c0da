"""Every notation says the same, comes in a default run, and shows what reads it wrongly."""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))

from running import SUTS, Ikeur, Outcome, beside_the_software

from generators.notation.plan import notation_of
from harness.running.settings import DEFAULT_COUNT
from harness.suites.registry import parse
from schemas.facts.message_types import catalogue

FAULTS = tomllib.loads((SUTS / "notation_faults.toml").read_text(encoding="utf-8"))


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def run(ikeur: Ikeur, name: str) -> Outcome:
    return ikeur.run(
        f"--python=notation_wrong:{name}",
        suite="convert",
        messages=FAULTS[name].get("messages", "WMO303,JW305"),
        count=DEFAULT_COUNT,
    )


def by_notation(outcome: Outcome, release: str) -> dict[str, set[str]]:
    """The verdicts of the cases with a source in a release, by the name of their notation."""
    found = defaultdict(set)
    for item in outcome.cases:
        case = parse(item["id"])
        if case.route[0] == release:
            name = notation_of(catalogue().one(case.message), release, case.index).name
            found[name].add(item["verdict"])
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_what_reads_a_notation_wrongly_is_caught_in_that_notation_alone(
    ikeur: Ikeur, name: str
) -> None:
    outcome, release = run(ikeur, name), FAULTS[name]["release"]

    found = by_notation(outcome, release)
    failing = {notation for notation, verdicts in found.items() if "fail" in verdicts}
    assert failing == {*FAULTS[name]["shows"]}, FAULTS[name]["what"]
    other = "2.1" if release == "2.0" else "2.0"
    assert all(verdicts == {"pass"} for verdicts in by_notation(outcome, other).values())
