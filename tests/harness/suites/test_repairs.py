"""Whatever a converter repairs is found in the cases whose input is broken or odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.suites.registry import parse
from tests.sampling import sampled
from tests.suts.fault_table import faults
from tests.suts.running import Ikeur, beside_the_software

REPAIRS = faults("repairs.toml")
SUITES = "convert,roundtrip"


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


@pytest.mark.parametrize("name", sampled(REPAIRS))
def test_a_converter_that_repairs_is_caught_at_its_own_place(ikeur: Ikeur, name: str) -> None:
    fault = REPAIRS[name]
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


MANY = "WMO301,JW302,JW303,WMO304,JW305,WMO308,WMO315,JW316"


# The second converter takes long, so that `make long` asks it about as many types.
@pytest.mark.parametrize(
    ("converter", "messages", "kinds"),
    [
        ("faithful_python", MANY, 100),
        ("second.converter", "JW305,WMO316", 20),
        pytest.param("second.converter", MANY, 100, marks=pytest.mark.long),
    ],
)
def test_a_converter_that_is_right_is_left_alone(
    ikeur: Ikeur, converter: str, messages: str, kinds: int
) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.{converter}:convert",
        suite=SUITES,
        messages=messages,
        block_on="ABCD",
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert len({parse(case["id"]).kind for case in outcome.cases}) > kinds


def test_what_is_declared_covers_broken_input_too(ikeur: Ikeur) -> None:
    config = ikeur.folder / "ikeur.toml"
    config.write_text(
        '[sut]\nmessages = ["WMO305"]\n'
        '[sut.convert]\npython = "tests.suts.repairs:knows_no_birth_before_1753"\n'
        '[[deviation]]\ncodes = ["FIELD-CHANGED"]\nfields = ["02 GEBOORTEDATUM"]\n'
        'reason = "mended in 4.3"\nexpires = 2099-12-31\n',
        encoding="utf-8",
    )
    outcome = ikeur.run(f"--config={config}", suite=SUITES, messages="WMO305")

    assert outcome.exit_code == 0
    declared = [case["id"] for case in outcome.cases if case["verdict"] == "xfail"]
    assert "WMO305.convert.birth-before-1753-client.2.0-2.1.s1.n31" in declared
    assert all(parse(case_id).kind for case_id in declared)
