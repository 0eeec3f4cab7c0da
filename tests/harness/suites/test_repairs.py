"""Whatever a converter repairs is found in the cases whose input is broken or odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.suites.registry import parse
from tests.suts.fault_table import Fault, faults
from tests.suts.running import Ikeur, beside_the_software

REPAIRS = faults("repairs.toml")
SUITES = "convert,roundtrip"


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in REPAIRS.items()])
def test_a_converter_that_repairs_is_caught_at_its_own_place(ikeur: Ikeur, fault: Fault) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.repairs:{fault.name}",
        suite=SUITES,
        messages=fault.messages,
        block_on=fault.block_on,
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    assert not fault.not_found(outcome.findings), fault.what
    assert not fault.blamed(outcome.findings), fault.what
    of_broken = [item for item in outcome.findings if parse(item["case"]).kind]
    assert not fault.not_found(of_broken), f"{fault.what} The broken input alone does not show it."


@pytest.mark.parametrize("converter", ["faithful_python", "second.converter"])
def test_a_converter_that_is_right_is_left_alone(ikeur: Ikeur, converter: str) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.{converter}:convert",
        suite=SUITES,
        messages="WMO301,JW302,JW303,WMO304,JW305,WMO308,WMO315,JW316",
        block_on="ABCD",
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert len({parse(case["id"]).kind for case in outcome.cases}) > 100
