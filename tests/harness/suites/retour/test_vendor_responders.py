"""Responders with the bugs of vendors are caught by a run as users start it: default count, seed.

The responders stand in `tests/suts`, what must be found of each in `retour_vendor_faults.toml`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sampling import sampled
from tests.suts.fault_table import faults
from tests.suts.running import Ikeur, beside_the_software

FAULTS = faults("retour_vendor_faults.toml")


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


@pytest.mark.parametrize("name", sampled(FAULTS))
def test_a_fault_is_caught_at_its_own_place_and_nothing_else_is_blamed(
    ikeur: Ikeur, name: str
) -> None:
    fault = FAULTS[name]
    config = ikeur.folder / "ikeur.toml"
    target = f"tests.suts.retour.vendors:{fault.name}"
    config.write_text(f'[sut.respond]\npython = "{target}"\n', encoding="utf-8")

    outcome = ikeur.run(
        f"--config={config}", suite="retour", messages=fault.messages, block_on=fault.block_on
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    assert not fault.not_found(outcome.findings), fault.what
    assert not fault.blamed(outcome.findings), fault.what
