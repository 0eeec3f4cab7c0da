"""Every fault of the faulty responders is caught, at its own place; faithful ones are left alone.

The responders stand in `tests/suts`, what must be found of each in `retour_faults.toml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.suites.registry import parse, suite_of
from tests.suts.fault_table import Fault, faults
from tests.suts.retour import faithful as retour_faithful
from tests.suts.running import Ikeur, Outcome, beside_the_software

FAULTS = faults("retour_faults.toml")
HEENBERICHTEN = [f"{law}{number}" for law in ("WMO", "JW") for number in (301, 303, 305, 307, 315)]


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


def answered_by(ikeur: Ikeur, target: str, **options: Any) -> Outcome:
    """A run of the suite `retour` on a responder."""
    config = ikeur.folder / "ikeur.toml"
    config.write_text(f'[sut.respond]\npython = "{target}"\n', encoding="utf-8")
    return ikeur.run(f"--config={config}", suite="retour", **options)


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in FAULTS.items()])
def test_a_fault_is_caught_at_its_own_place_and_nothing_else_is_blamed(
    ikeur: Ikeur, fault: Fault
) -> None:
    outcome = answered_by(
        ikeur,
        f"tests.suts.retour.wrong:{fault.name}",
        messages=fault.messages,
        count=fault.count,
        block_on=fault.block_on,
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    assert not fault.not_found(outcome.findings), fault.what
    assert not fault.blamed(outcome.findings), fault.what


@pytest.mark.parametrize("name", ["tests.suts.retour.tools:faithful", *retour_faithful.__all__])
def test_what_the_standard_leaves_open_gets_no_finding(ikeur: Ikeur, name: str) -> None:
    target = name if ":" in name else f"tests.suts.retour.faithful:{name}"
    outcome = answered_by(ikeur, target, messages="all", count=5, block_on="ABCD")

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert {case["message"] for case in outcome.cases} == {*HEENBERICHTEN, "JW321"}
    assert {case["verdict"] for case in outcome.cases} == {"pass"}


def test_all_types_and_both_releases_have_faulty_responders() -> None:
    caught = {
        (name[-3:], find.direction)
        for fault in FAULTS.values()
        for name in fault.messages.split(",")
        for find in fault.finds
    }

    assert len(FAULTS) >= 30
    assert caught >= {
        (number, direction)
        for number in ("301", "303", "305", "307", "315")
        for direction in ("2.0-2.0", "2.1-2.1")
    }


@pytest.mark.parametrize(
    ("name", "direction"), [("answers_in_21_only", "2.0-2.0"), ("answers_in_20_only", "2.1-2.1")]
)
def test_a_broken_pair_is_found_in_every_answer(ikeur: Ikeur, name: str, direction: str) -> None:
    messages = ",".join(HEENBERICHTEN)
    outcome = answered_by(ikeur, f"tests.suts.retour.wrong:{name}", messages=messages, count=3)

    # Of 301 each index has two cases in each release, of 303 in 2.0.
    assert len(outcome.cases) == 2 * 3 * (len(HEENBERICHTEN) + 2) + 3 * 2
    for case in outcome.cases:
        asked = parse(case["id"])
        is_broken = case["direction"] == direction and suite_of(asked).expects(asked) == "answered"
        # More codes than 2.0 has room for cannot be written there.
        code = "SUT-REFUSED" if asked.kind == "many-codes" else "RETOUR-RELEASE"
        found = {item["code"] for item in case["findings"]}
        assert found == ({code} if is_broken else set()), case["id"]
