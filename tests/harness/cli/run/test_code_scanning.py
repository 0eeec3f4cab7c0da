"""`results.sarif` of a run is taken by code scanning: each result has a file and is known again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.running import case_files as kept
from tests.harness.cli.door import RED, Done

Ikeur = Callable[..., Done]
RUN = ("run", "--messages", "WMO305", "--suite", "convert", "--command", "/bin/cat")


def results_of(out: Path) -> list[dict[str, Any]]:
    log = json.loads((out / "results.sarif").read_text(encoding="utf-8"))
    results: list[dict[str, Any]] = log["runs"][0]["results"]
    assert results
    return results


def uri_of(result: dict[str, Any]) -> str:
    (location,) = result["locations"]
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def marks(out: Path) -> set[str]:
    return {r["partialFingerprints"]["primaryLocationLineHash"] for r in results_of(out)}


def test_each_result_points_at_a_file_that_is_there(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[[deviation]]\ncodes = ["FIELD-CUT"]\nreason = "mended"\nexpires = 2020-01-01\n'
    (tmp_path / "ikeur.toml").write_text(text)
    monkeypatch.setattr(kept, "MOST_KEPT", 1)
    for seed in (1, 2):
        out = tmp_path / f"out{seed}"
        assert ikeur(*RUN, "--count", 3, "--seed", seed, "--out", out).code == RED
        told = results_of(out)
        assert {result["ruleId"] for result in told} >= {"DEVIATION-EXPIRED"}
        assert all((out / uri_of(result)).is_file() for result in told)
        assert "results.json" in {
            uri_of(result) for result in told if "case" in result["properties"]
        }
    # Other messages, the same faults.
    assert marks(tmp_path / "out1") == marks(tmp_path / "out2")
