"""`ikeur run` as a process of its own, that can be looked at and killed while it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.paths import ROOT, SUTS

_MOST_SECONDS = 60.0


def start(folder: Path, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
    """Start a run with the software here as the current folder; modules are found at `path` too."""
    words = [sys.executable, "-c", "from harness.cli import main; main()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, path)))}
    return subprocess.Popen(
        [*words, "run", f"--out={folder}", *arguments],
        cwd=SUTS,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, *arguments: str, path: Path = SUTS) -> int:
    """Run to the end; the exit code."""
    process = start(folder, *arguments, path=path)
    _, said = process.communicate(timeout=_MOST_SECONDS)
    assert b"Traceback" not in said, said.decode()
    return process.returncode


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    deadline = time.monotonic() + _MOST_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def batches(folder: Path) -> int:
    """How many batches the journal of a run holds."""
    path = folder / "events.jsonl"
    return path.read_bytes().count(b'{"event": "batch-finished"') if path.exists() else 0


def below(pid: int) -> list[int]:
    """A process and all below it that are alive."""
    found = [pid]
    for item in found:
        for children in Path(f"/proc/{item}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a run, and nothing but it; one that has ended is left alone."""
    process.kill()
    process.communicate()
