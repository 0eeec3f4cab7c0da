"""A message and its return message stay a pair when both are converted."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.suites.registry import parse
from harness.suites.roundtrip.suite import PAIR
from schemas.facts.catalogue import catalogue
from tests.suts.fault_table import Fault, faults
from tests.suts.running import Ikeur, beside_the_software

FAULTS = faults("pair_faults.toml")


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in FAULTS.items()])
def test_a_converter_that_breaks_pairs_is_caught_at_its_own_place(
    ikeur: Ikeur, fault: Fault
) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.pair_wrong:{fault.name}",
        suite="roundtrip",
        messages=f"{fault.messages},{catalogue().one(fault.messages).pair}",
        count=fault.count,
        block_on=fault.block_on,
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    # Return messages converted alone show some of these faults in other ways.
    found = [item for item in outcome.findings if parse(item["case"]).kind == PAIR]
    assert not fault.not_found(found), fault.what
    assert not fault.blamed(found), fault.what
    others = [item for item in outcome.findings if item not in found]
    assert fault.messages not in {item["message"] for item in others}


def test_a_faithful_converter_keeps_pairs(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faithful_python:convert", suite="roundtrip", count=5, block_on="ABCD"
    )

    pairs = [case for case in outcome.cases if parse(case["id"]).kind == PAIR]
    assert len({(case["message"], case["direction"]) for case in pairs}) == 10 * 2
    assert outcome.findings == []


def test_a_pair_is_skipped_where_one_of_the_two_is_not_claimed(ikeur: Ikeur) -> None:
    config = ikeur.folder / "ikeur.toml"
    config.write_text(
        '[sut]\nmessages = ["WMO305"]\n'
        '[sut.convert]\npython = "tests.suts.faithful_python:convert"\n',
        encoding="utf-8",
    )
    outcome = ikeur.run(f"--config={config}", suite="roundtrip", messages="WMO305", count=1)

    verdicts = {case["id"]: case["verdict"] for case in outcome.cases}
    assert verdicts == {
        "WMO305.roundtrip.2.0-2.1-2.0.s1.n0": "pass",
        "WMO305.roundtrip.2.1-2.0-2.1.s1.n0": "pass",
        "WMO305.roundtrip.pair.2.0-2.1.s1.n0": "skip",
        "WMO305.roundtrip.pair.2.1-2.0.s1.n0": "skip",
    }
