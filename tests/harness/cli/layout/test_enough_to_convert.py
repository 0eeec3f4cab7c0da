"""A converter that knows only what `ikeur layout` says converts every type as it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.harness.cli.door import CONVERTED, PASS, Done, results
from tests.paths import ROOT

Ikeur = Callable[..., Done]


def test_what_the_layout_says_is_enough_to_convert(ikeur_process: Ikeur, tmp_path: Path) -> None:
    done = ikeur_process(
        "run",
        "--python=tests.suts.by_layout.converter:convert",
        "--suite=schema,convert,roundtrip",
        "--count=3",
        "--block-on=ABCD",
        "--quick",
        "--out=out",
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    cases = results(tmp_path / "out")["cases"]
    assert {case["verdict"] for case in cases} <= {"pass", "skip"}, done.said
    assert done.code == PASS
    passed = {case["message"] for case in cases if case["verdict"] == "pass"}
    assert passed == set(CONVERTED)
