"""The suite `throughput`: many messages at once, each of which comes out as it does alone."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.harness.cli.door import CONVERTED, PASS, RED, USAGE, Done, results, tree
from tests.paths import ROOT, SUTS

Ikeur = Callable[..., Done]
ONE = ("--suite", "throughput", "--messages", "WMO305", "--count", 1)
TOGETHER = 32


@pytest.fixture(autouse=True)
def software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.parametrize(
    "messages", [CONVERTED[::5], pytest.param(CONVERTED, marks=pytest.mark.long)]
)
def test_the_converter_that_comes_with_it_passes_for_every_type(
    ikeur: Ikeur, tmp_path: Path, messages: list[str]
) -> None:
    words = ("--suite", "throughput", "--count", 1, "--messages", ",".join(messages))
    done = ikeur("run", "--reference", *words, "--out", tmp_path / "out")
    assert done.code == PASS, done.said
    cases = results(tmp_path / "out")["cases"]
    assert [(case["message"], case["direction"]) for case in cases] == [
        (message, way) for message in messages for way in ("2.0-2.1", "2.1-2.0")
    ]
    assert {case["verdict"] for case in cases} == {"pass"}


def test_it_runs_only_where_it_is_named(ikeur: Ikeur, tmp_path: Path) -> None:
    few = ("--messages", "WMO305", "--count", 1, "--quick")
    ikeur("run", "--reference", *few, "--out", tmp_path / "out")
    assert "throughput" not in {case["suite"] for case in results(tmp_path / "out")["cases"]}


def found(ikeur: Ikeur, folder: Path, *software: str) -> dict[str, Any]:
    """The cases with software that errs, by direction."""
    done = ikeur("run", *ONE, *software, "--out", folder / "out")
    assert done.code == RED, done.said + done.told
    return {case["direction"]: case for case in results(folder / "out")["cases"]}


def test_software_that_mixes_up_what_comes_at_once_is_caught(ikeur: Ikeur, tmp_path: Path) -> None:
    program = shlex.join([sys.executable, str(SUTS / "programs/mixes_up.py")])
    cases = found(ikeur, tmp_path, "--stream", program)
    assert {case["verdict"] for case in cases.values()} == {"fail"}
    assert "FIELD-CHANGED" in {item["code"] for item in cases["2.0-2.1"]["findings"]}


def test_a_message_that_comes_out_wrong_is_pointed_at(ikeur: Ikeur, tmp_path: Path) -> None:
    case = found(ikeur, tmp_path, "--python", "tests.suts.one_in_some:changes")["2.0-2.1"]
    assert case["verdict"] == "fail"
    assert {item["xml"]["path"] for item in case["findings"]} == {"/Bericht/Header/Ontvanger"}
    (finding,) = (item for item in case["findings"] if item["code"] == "FIELD-CHANGED")
    assert finding["case"] == case["id"]
    assert finding["xml"]["path"].endswith("/Header/Ontvanger")
    # The twentieth of them, whose own case has the message and what was expected.
    assert finding["reproduce"].startswith("ikeur case WMO305.convert.2.0-2.1.s1.n19 ")
    own = tmp_path / "own"
    assert ikeur("case", "WMO305.convert.2.0-2.1.s1.n19", "--out", own).code == PASS
    kept = tmp_path / "out" / "cases" / case["id"]
    assert (kept / "input-20.ei").read_bytes() == (own / "input.ei").read_bytes()
    assert len(list(kept.iterdir())) == TOGETHER


def test_a_message_that_is_refused_under_load_costs_no_other(ikeur: Ikeur, tmp_path: Path) -> None:
    case = found(ikeur, tmp_path, "--python", "tests.suts.one_in_some:refuses")["2.0-2.1"]
    assert [item["code"] for item in case["findings"]] == ["SUT-REFUSED"]
    assert "too much at once" in case["reason"]


def test_workers_give_the_same_cases(ikeur: Ikeur, tmp_path: Path) -> None:
    told = []
    for workers in (1, 2):
        out = tmp_path / str(workers)
        options = ("--suite", "throughput", "--messages", "WMO305,JW307", "--count", 11)
        assert (
            ikeur("run", "--reference", *options, "--workers", workers, "--out", out).code == PASS
        )
        cases = results(out)["cases"]
        told.append([(case["id"], case["verdict"], case["fidelity"]) for case in cases])
    assert told[0] == told[1]
    assert len(told[0]) == 2 * 2 * 11


def test_a_case_is_written_again_with_all_its_messages(ikeur: Ikeur, tmp_path: Path) -> None:
    name = "WMO305.throughput.2.1-2.0.s1.n3"
    assert ikeur("case", name, "--out", tmp_path / "one").code == PASS
    files = tree(tmp_path / "one")
    assert len({data for path, data in files.items() if path.endswith(".xml")}) == TOGETHER
    assert ikeur("case", name.replace("2.1-2.0", "2.1-2.1"), "--out", tmp_path / "x").code == USAGE
