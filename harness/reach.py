"""From options and configuration to a system under test."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from harness import process
from harness.command_sut import CommandSut, parse
from harness.config import SutConfig
from harness.stream_sut import StreamSut
from harness.sut import Sut
from harness.version import version
from schemas.errors import UsageError

_SHIM = Path(__file__).parent / "python_shim.py"
_REFERENCE = "harness.reference:convert"
_REFERENCE_NAME = "ikeur reference converter"
_TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
_DEFAULT_TIMEOUT = 10.0
_CHECK_TIMEOUT = 60.0


@dataclass(frozen=True)
class SutOptions:
    """How the command line says that the software is reached; `timeout` in seconds."""

    command: str | None = None
    stream: str | None = None
    python: str | None = None
    python_exe: str | None = None
    name: str | None = None
    timeout: float | None = None


def _given(options: SutOptions) -> tuple[str, list[str]] | None:
    ways = {"command": options.command, "stream": options.stream, "python": options.python}
    given = {way: value for way, value in ways.items() if value is not None}
    if len(given) > 1:
        names = " and ".join(f"--{way}" for way in given)
        raise UsageError("USE-SUT", f"{names} at once", do="give one way to reach the software")
    for way, value in given.items():
        return way, [value] if way == "python" else parse(value, f"--{way}")
    return None


def _program(words: list[str]) -> None:
    """Raise UsageError where a program is not there, before anything is run or written."""
    if "{" not in words[0] and shutil.which(words[0]) is None:
        raise UsageError(
            "USE-PROGRAM", "no such program", words[0], "check the path and that it may be run"
        )


def _importable(interpreter: str, target: str) -> None:
    """Raise UsageError where the function is not there, with what the interpreter said."""
    done = process.run([interpreter, str(_SHIM), "--check", target], b"", _CHECK_TIMEOUT)
    if done.ended == "exit" and done.exit_code == 0:
        return
    said = done.errors.decode("utf-8", "replace").strip().splitlines()
    raise UsageError(
        "USE-PYTHON",
        f"{target} cannot be loaded: {said[-1] if said else done.ended}",
        interpreter,
        "check the module, the function and the folder you stand in",
    )


def reach(options: SutOptions, config: SutConfig) -> Sut:
    """The system under test; the command line goes before the configuration.

    Raises UsageError where it is not clear how to reach it, or its program is not there.
    """
    given = _given(options)
    if options.python_exe and options.python is None and config.way != "python":
        raise UsageError(
            "USE-PYTHON", "--python-exe without --python", options.python_exe, "name the function"
        )
    if given is None and config.way:
        given = config.way, list(config.words)
    timeout = options.timeout or config.timeout or _DEFAULT_TIMEOUT
    name = options.name or config.name
    if given is None:
        words = [sys.executable, str(_SHIM), _REFERENCE]
        return StreamSut(words, name or _REFERENCE_NAME, version(), timeout, "python")
    way, words = given
    name = name or words[0]
    if way == "python":
        if not _TARGET.fullmatch(words[0]):
            raise UsageError("USE-PYTHON", f"{words[0]!r} is no package.module:function")
        interpreter = options.python_exe or config.python_exe or sys.executable
        _program([interpreter])
        _importable(interpreter, words[0])
        shim = [interpreter, str(_SHIM), words[0]]
        return StreamSut(shim, name, config.version, timeout, "python")
    _program(words)
    if way == "stream":
        return StreamSut(words, name, config.version, timeout)
    return CommandSut(words, name, config.version, timeout)
