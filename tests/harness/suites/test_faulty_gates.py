"""Every fault of the faulty gates is caught at its own moment; faithful ones are left alone.

The gates stand in `tests/suts`, what must be found of each in `gate_faults.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from harness.cases.specimen import Specimen
from harness.reference.gate import gate
from harness.running.settings import DEFAULT_COUNT
from harness.suites.migration.kinds import all_kinds_of, kinds
from harness.suites.registry import parse
from schemas.facts.catalogue import catalogue
from tests.paths import SUTS
from tests.schemas.switch.by_hand import decisions
from tests.suts.running import Ikeur, Outcome, beside_the_software
from tests.suts.second.gate import faithful

FAULTS = tomllib.loads((SUTS / "gate_faults.toml").read_text(encoding="utf-8"))
AGREED = f'[switch]\noverrides = "{SUTS / "second" / "afspraken.csv"}"\n'
ALL = set(catalogue().messages)


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def decided_by(ikeur: Ikeur, gate: str, agreed: str = AGREED, **options: Any) -> Outcome:
    """A run of the suite `migration` on a gate."""
    config = ikeur.folder / "ikeur.toml"
    config.write_text(f"{gate}\n{agreed}", encoding="utf-8")
    software = () if gate else ("--reference",)
    return ikeur.run(*software, f"--config={config}", suite="migration", **options)


def found_in(outcome: Outcome) -> set[tuple[str, str, str]]:
    """The kinds of moment at which there are findings, their direction and their code."""
    return {
        (parse(item["case"]).kind, item["direction"], item["code"]) for item in outcome.findings
    }


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught_at_its_own_moments_and_nothing_else_is_blamed(
    ikeur: Ikeur, name: str
) -> None:
    fault: dict[str, Any] = FAULTS[name]
    gate = f'[sut.gate]\npython = "tests.suts.gates_wrong:{name}"'
    outcome = decided_by(ikeur, gate, messages=fault["messages"])

    assert outcome.exit_code == (0 if fault.get("advises") else 1), fault["what"]
    found = found_in(outcome)
    if "codes" in fault:
        assert sorted({code for _, _, code in found}) == fault["codes"], fault["what"]
        assert len({(kind, way) for kind, way, _ in found}) >= 20
    else:
        assert found == {tuple(find) for find in fault["finds"]}, fault["what"]


@pytest.mark.parametrize(
    ("gate", "agreed"),
    [
        ("", ""),
        ("", AGREED),
        ('[sut.gate]\npython = "tests.suts.second.gate:without_agreements"', ""),
        ('[sut.gate]\npython = "tests.suts.second.gate:faithful"', AGREED),
    ],
)
def test_faithful_gates_get_no_finding(ikeur: Ikeur, gate: str, agreed: str) -> None:
    outcome = decided_by(ikeur, gate, agreed, block_on="ABCD")

    assert outcome.exit_code == 0
    assert outcome.findings == []
    assert {case["message"] for case in outcome.cases} == ALL
    assert {case["verdict"] for case in outcome.cases} == {"pass"}
    met = {parse(case["id"]).kind for case in outcome.cases}
    assert met == {kind.kind for kind in kinds().values() if agreed or not kind.agreed}


def test_an_ordinary_run_meets_every_kind_of_moment_of_every_type() -> None:
    ways = [(one, other) for one in ("2.0", "2.1") for other in ("2.0", "2.1")]
    for name in ALL:
        assert all(len(all_kinds_of(name, way)) <= DEFAULT_COUNT for way in ways)


@cache
def message(name: str, release: str) -> bytes:
    return Specimen(catalogue().one(name), 1, 0).sources[release]


@pytest.mark.parametrize("decides", [gate, faithful], ids=["ours", "the second"])
def test_both_gates_decide_as_the_table_that_was_written_by_hand_says(
    decides: Callable[..., object],
) -> None:
    rows = decisions()
    for row in rows:
        data, answered = message(row["message"], row["release"]), row["answers"] or row["release"]
        told = decides(data, answered, row["release"], row["direction"], row["moment"])
        assert str(told).split()[0] == row["decision"], row
    assert len(rows) >= 200


def test_a_finding_names_the_rule_the_moment_and_the_agreement(ikeur: Ikeur) -> None:
    gate = '[sut.gate]\npython = "tests.suts.gates_wrong:ignores_the_override"'
    outcome = decided_by(ikeur, gate, messages="WMO303")

    late = "send 2017-05-30T23:59:00+02:00 between "
    (item,) = [found for found in outcome.findings if found["expected"].startswith(late)]
    assert item["expected"].endswith(
        " and 98025566: allow (SWITCH-OPEN);"
        " agreed with 98025566 declaration 2017-05-30T23:59: new administration"
    )
    assert (item["rule"], item["evidence"], item["blocking"]) == ("SWITCH-OPEN", "A", True)
    assert item["actual"].startswith("block ")
    # A case that passes says it too.
    (partner,) = [case for case in outcome.cases if ".send-partner-" in case["id"]]
    assert "agreed with 0384 declaration 2017-05-26T17:00: closed for" in partner["requirement"]
