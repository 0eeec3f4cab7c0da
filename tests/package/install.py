"""Installs the distribution in an empty environment of each Python, and runs it elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.package.built import build, check
from tests.paths import ROOT

DIST = ROOT / "dist"
# The minor versions of Python 3 that a release is tried with.
MINORS = (11, 12, 13, 14)
# What is run, in a folder without a checkout.
COMMANDS = (
    ("--version",),
    ("layout", "WMO305", "--record", "07"),
    ("run", "--reference", "--quick", "--count=1", "--messages=WMO305,JW321", "--out=report"),
)


def main() -> int:
    """Build, check and install; returns 1 if a Python that this machine has fails."""
    shutil.rmtree(DIST, ignore_errors=True)
    built = build(DIST)
    check(built)
    red = 0
    for minor in MINORS:
        python = interpreter(minor)
        told = tried(python, built.wheel) if python else "not on this machine"
        red |= told not in ("ok", "not on this machine")
        print(f"Python 3.{minor}: {told}", flush=True)
    return red


def interpreter(minor: int) -> str | None:
    """A Python of a version: in PATH, or among those of pyenv."""
    names = [shutil.which(f"python3.{minor}")]
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True)
        found = (Path(root.stdout.strip()) / "versions").glob(f"3.{minor}.*/bin/python")
        names += map(str, sorted(found))
    return next((name for name in names if name and _is(name, minor)), None)


def _is(name: str, minor: int) -> bool:
    """Whether a program is that Python: a shim of pyenv may have none behind it."""
    words = [name, "-c", "import sys; print(sys.version_info[:2])"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() == f"(3, {minor})"


def tried(python: str, wheel: Path) -> str:
    """Install a wheel in an empty environment and run it; returns `ok`, or what failed."""
    with tempfile.TemporaryDirectory(prefix="ikeur-package-") as name:
        folder = Path(name)
        bin_folder, work = folder / "venv" / "bin", folder / "elsewhere"
        work.mkdir()
        steps = [
            [python, "-m", "venv", folder / "venv"],
            [bin_folder / "python", "-m", "pip", "install", "--quiet", wheel],
            [bin_folder / "python", "-m", "pip", "check", "--quiet"],
            *([bin_folder / "ikeur", *words] for words in COMMANDS),
        ]
        for step in steps:
            done = subprocess.run(step, cwd=work, capture_output=True, text=True, check=False)
            if done.returncode:
                return f"{' '.join(map(str, step))}: {done.stderr.strip() or done.stdout.strip()}"
    return "ok"


if __name__ == "__main__":
    sys.exit(main())
