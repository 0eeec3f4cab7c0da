"""How the tests run `ikeur run` on the software that stands beside this file."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from harness.cli import main
from tests.paths import ROOT, SUTS
from tests.suts import in_process as in_process_software

Json = dict[str, Any]
# A guard: what ends does so at once, but on a busy machine.
_MOST_SECONDS = 20.0


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit code, what it said, its cases, and the folder of its reports."""

    exit_code: int
    said: str
    cases: list[Json]
    folder: Path

    @property
    def findings(self) -> list[Json]:
        """The findings of all cases."""
        return [finding for case in self.cases for finding in case["findings"]]

    def verdicts(self, direction: str) -> list[tuple[str, str]]:
        """The verdict and the finding of each case in a direction."""
        return [
            (case["verdict"], " ".join(item["code"] for item in case["findings"]))
            for case in self.cases
            if case["direction"] == direction
        ]

    @property
    def reason(self) -> str:
        """What was said of the first case."""
        return str(self.cases[0]["reason"])


@dataclass(frozen=True)
class Ikeur:
    """`ikeur run` with the software here as the current folder; reports go below `folder`."""

    folder: Path

    def run(self, *arguments: str, quick: bool = True, **options: object) -> Outcome:
        """Run with some arguments, and options by their names; a `quick` run has no sweep."""
        folder = self.folder / "report"
        words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        words += ["--quick"] if quick else []
        result = CliRunner().invoke(
            main, ["run", *arguments, *words, f"--out={folder}"], catch_exceptions=False
        )
        results = folder / "results.json"
        cases = json.loads(results.read_text(encoding="utf-8"))["cases"] if results.exists() else []
        return Outcome(result.exit_code, result.output, cases, folder)


def beside_the_software(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    second_tries: int = 0,
    *,
    in_process: bool = False,
    shares_inputs: bool = False,
) -> Ikeur:
    """`ikeur` in the folder of the software, which finds its modules and interpreter.

    Of each message type it looks closer at so many failing cases: a second try, which starts a
    process, and the smallest message. With
    `in_process` Python functions are asked without one, for tests of what is made of an answer.
    If it `shares_inputs`, inputs that take long to make are those of the runs before it.
    """
    if in_process:
        assert not second_tries
        in_process_software.use(monkeypatch)
    if shares_inputs:
        in_process_software.share_inputs(monkeypatch)
    for closer in ("second_try", "reducer"):
        name = f"harness.running.failed_cases.{closer}.MOST_OF_MESSAGE"
        monkeypatch.setattr(name, second_tries)
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHON", sys.executable)
    return Ikeur(folder)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    if Path("/proc/self").exists():
        status = Path(f"/proc/{pid}/stat")
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def listed(path: Path) -> list[int]:
    """The processes that a file lists."""
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def left_alive(path: Path) -> list[int]:
    """What is still alive a moment later, of the processes that a file lists."""
    left = listed(path)
    assert left
    deadline = time.monotonic() + _MOST_SECONDS
    while any(map(is_alive, left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [pid for pid in left if is_alive(pid)]
