"""With IKEUR_FAST=off no process enters a fast room, and everything comes out the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.message.fast_switch import VARIABLE
from tests.harness.running.same_results import assert_same
from tests.paths import ROOT
from tests.suts.steadily import run

HERE = Path(__file__).parent
ROOMS = ("schemas", "generators", "reports", "harness")
SOME = (
    *("--reference", "--messages=WMO305,JW307", "--suite=convert,retour,rules"),
    *("--count=1", "--quick", "--workers=2"),
)


def fast_modules() -> set[str]:
    """The files of all modules in the fast rooms."""
    files = (file for room in ROOMS for file in (ROOT / room).glob("**/fast/*.py"))
    return {str(file) for file in files if file.name != "__init__.py"}


@dataclass(frozen=True)
class Call:
    """The first call of a fast module in a process: its file, and how the process was started."""

    file: str
    process: str


class Watch:
    """A folder for PYTHONPATH in which the calls of fast modules are noted, in every process."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
        self.folder = folder / setting
        self.folder.mkdir()
        shutil.copy(HERE / "fast_calls.py", self.folder / "sitecustomize.py")
        (self.folder / "fast_files").write_text("\n".join(fast_modules()), encoding="utf-8")
        monkeypatch.setenv(VARIABLE, setting)

    def calls(self) -> list[Call]:
        """What was called by now."""
        path = self.folder / "fast_calls"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [Call(file, " ".join(words)) for file, words in map(json.loads, lines)]


def every_step(watch: Watch) -> dict[str, object]:
    """What every step makes of some messages, in a process of its own."""
    path = os.pathsep.join(map(str, (ROOT, watch.folder)))
    done = subprocess.run(
        [sys.executable, str(HERE / "every_step.py")],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_each_step_gives_the_same_with_the_fast_rooms_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(tmp_path, monkeypatch, "on")
    fast = every_step(watch)
    # Each module of the fast rooms is needed by a step, so that the switch is shown for all.
    assert {call.file for call in watch.calls()} == fast_modules()

    watch = Watch(tmp_path, monkeypatch, "off")
    plain = every_step(watch)
    assert watch.calls() == []
    assert plain.keys() == fast.keys()
    for name in fast:
        assert plain[name] == fast[name], name


def test_the_switch_reaches_workers_and_software(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(tmp_path, monkeypatch, "on")
    assert run(tmp_path / "fast", *SOME, path=watch.folder) == 0
    started = " ".join(call.process for call in watch.calls())
    assert "spawn_main" in started
    assert "harness.reference:convert" in started

    watch = Watch(tmp_path, monkeypatch, "off")
    assert run(tmp_path / "plain", *SOME, path=watch.folder) == 0
    assert watch.calls() == []
    assert_same(tmp_path / "fast", tmp_path / "plain")
