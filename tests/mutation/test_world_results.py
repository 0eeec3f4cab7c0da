"""What a run says of a fault of the world: caught, only advised, or green, and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.run import _jobs
from tests.mutation.world_results import fared
from tests.suts.fault_kinds.kinds import Json
from tests.suts.running import beside_the_software
from tests.suts.world.recipes import WorldFault, world_faults

FAULT = WorldFault("loses", "Loses.", "size", ("2.1", "2.0"), "WMO305,JW303", {}, "WMO305")
BLOCKS, ADVISES = {"blocking": True}, {"blocking": False}


def _case(message: str, direction: str, *findings: Json, verdict: str = "fail") -> Json:
    return {
        "id": f"{message}.{direction}",
        "message": message,
        "direction": direction,
        "verdict": verdict if findings or verdict != "fail" else "pass",
        "findings": list(findings),
    }


BOTH = [_case(m, d, BLOCKS) for m in ("WMO305", "JW303") for d in ("2.0-2.1", "2.1-2.0")]


@pytest.mark.parametrize(
    ("cases", "result"),
    [
        ([], "green"),
        ([_case("WMO305", "2.0-2.1")], "green"),
        (BOTH, "caught"),
        (BOTH[1:], "caught; green in WMO305 to 2.1"),
        (BOTH[:2], "caught; green in JW303 to 2.1 and 2.0"),
        ([*BOTH[1:], _case("WMO305", "2.0-2.1", ADVISES)], "caught; only advises in WMO305 to 2.1"),
        ([*BOTH[1:], _case("WMO305", "2.0-2.1-2.0", BLOCKS)], "caught; green in WMO305 to 2.1"),
        ([*BOTH[1:], _case("WMO305", "2.0-2.1", verdict="crash")], "caught"),
        ([*BOTH, _case("WMO305", "2.0-2.1", ADVISES)], "caught"),
        ([_case(m["message"], m["direction"], ADVISES) for m in BOTH], "only advises"),
    ],
)
def test_a_fault_is_caught_where_a_finding_blocks(cases: list[Json], result: str) -> None:
    assert fared(FAULT, cases).result == result


def test_a_fault_need_not_show_where_the_other_release_cannot_say_it() -> None:
    fault = replace(FAULT, except_to={"WMO305": "2.1"})
    assert fared(fault, BOTH[1:]).result == "caught"
    assert fared(fault, BOTH[2:]).result == "caught; green in WMO305 to 2.0"


def test_the_first_case_with_a_finding_of_each_type_is_told() -> None:
    green = _case("WMO305", "2.0-2.1")
    assert fared(FAULT, [green, *BOTH]).cases == ("WMO305.2.0-2.1", "JW303.2.0-2.1")


def test_a_run_catches_a_fault_of_the_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = world_faults()["loses_the_zero_that_a_product_code_starts_with"]
    ikeur = beside_the_software(tmp_path, monkeypatch, in_process=True)
    outcome = ikeur.run(f"--python=tests.suts.world:{fault.name}", messages="WMO305", count=5)

    states = fared(fault, outcome.cases).states

    assert states["WMO305", "2.1"] == states["WMO305", "2.0"] == "caught"
    assert states["WMO301", "2.1"] == "green"


def test_a_name_of_the_world_chooses_no_other_fault() -> None:
    assert _jobs(["keeps_ten_clients"]) == []
    assert _jobs(["loses_initials"])
