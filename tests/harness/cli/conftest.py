"""The door of ikeur, as users have it: a process of its own, or quicker, in this process."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cli import main
from tests.harness.cli.door import HELPERS, PROGRAM, Done


@pytest.fixture
def ikeur_process(tmp_path: Path) -> Callable[..., Done]:
    """Runs the installed command, in the folder of the test."""

    def run(*args: object, stdin: bytes = b"", env: dict[str, str] | None = None) -> Done:
        words = [str(PROGRAM), *map(str, args)]
        done = subprocess.run(
            words, input=stdin, capture_output=True, cwd=tmp_path, env=env, timeout=120
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs the command in this process, in the folder of the test; software finds the helpers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(HELPERS), prepend=":")

    def run(*args: object, stdin: bytes = b"") -> Done:
        out, err = io.BytesIO(), io.BytesIO()
        streams = {
            "stdin": io.TextIOWrapper(io.BytesIO(stdin)),
            "stdout": io.TextIOWrapper(out, "utf-8", write_through=True),
            "stderr": io.TextIOWrapper(err, "utf-8", write_through=True),
        }
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            with pytest.raises(SystemExit) as end:
                main([str(arg) for arg in args], prog_name="ikeur")
        return Done(int(end.value.code or 0), out.getvalue(), err.getvalue())

    return run
