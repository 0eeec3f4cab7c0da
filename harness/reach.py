"""From options and configuration to a system under test."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from harness import process
from harness.command_sut import CommandSut, parse
from harness.config import SutConfig, WayConfig
from harness.folder_sut import FolderSut
from harness.http_sut import HttpSut
from harness.several import Several
from harness.stream_sut import StreamSut
from harness.sut import CONVERT, GATE, RESPOND, Sut
from harness.version import version
from schemas.errors import UsageError

_SHIM = Path(__file__).parent / "python_shim.py"
# What is tested where no software is named.
_REFERENCE = {
    CONVERT: "harness.reference:convert",
    RESPOND: "harness.reference:respond",
    GATE: "harness.gate:gate",
}
_REFERENCE_BY_FILE = "harness.gate:gate_by"
_REFERENCE_NAME = "ikeur reference converter"
_TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
_DEFAULT_TIMEOUT = 10.0
_CHECK_TIMEOUT = 60.0


@dataclass(frozen=True)
class SutOptions:
    """How the command line says that the software is reached; `timeout` in seconds."""

    command: str | None = None
    stream: str | None = None
    url: str | None = None
    folder: str | None = None
    python: str | None = None
    python_exe: str | None = None
    name: str | None = None
    timeout: float | None = None


def _given(options: SutOptions) -> WayConfig | None:
    ways = {way: getattr(options, way) for way in ("command", "stream", "url", "folder", "python")}
    given = {way: value for way, value in ways.items() if value is not None}
    if len(given) > 1:
        names = " and ".join(f"--{way}" for way in given)
        raise UsageError("USE-SUT", f"{names} at once", do="give one way to reach the software")
    for way, value in given.items():
        words = [value] if way in ("python", "url") else parse(value, f"--{way}")
        return WayConfig(way, tuple(words))
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


def module_file(interpreter: str, target: str) -> str:
    """The file that a function is loaded from, in an interpreter; an empty text without one."""
    done = process.run([interpreter, str(_SHIM), "--file", target], b"", _CHECK_TIMEOUT)
    told = done.output.decode("utf-8", "surrogateescape").splitlines()
    return told[-1] if told and done.exit_code == 0 else ""


def way_of(options: SutOptions, config: SutConfig, operation: str) -> WayConfig:
    """How the software is reached for an operation; empty for what is built in."""
    given = _given(options) if operation == CONVERT else None
    return given or config.ways.get(operation, WayConfig())


def reach(options: SutOptions, config: SutConfig, operation: str = CONVERT) -> Sut:
    """The system under test for an operation; the command line goes before the configuration.

    Raises UsageError where it is not clear how to reach it, or its program is not there.
    """
    given, known = _given(options), config.ways.get(operation, WayConfig())
    if options.python_exe and options.python is None and known.way != "python":
        raise UsageError(
            "USE-PYTHON", "--python-exe without --python", options.python_exe, "name the function"
        )
    way = given or known
    timeout = options.timeout or known.timeout or _DEFAULT_TIMEOUT
    name = options.name or config.name
    if not way.way:
        target, agreed = [_REFERENCE[operation]], config.overrides_path
        if operation == GATE and agreed:
            target = [_REFERENCE_BY_FILE, str(agreed)]
        words = [sys.executable, str(_SHIM), *target]
        return StreamSut(words, name or _REFERENCE_NAME, version(), timeout, "python")
    interpreter = options.python_exe or known.python_exe or sys.executable
    about = name or way.words[0], config.version, timeout
    return _MAKERS[way.way](way.words, interpreter, about)


def operations(options: SutOptions, config: SutConfig) -> tuple[str, ...]:
    """The operations of a run that the software claims; the command line claims to convert.

    Where no software is named the built-in one is tested, which claims them all.
    """
    known = set(config.ways) | ({CONVERT} if _given(options) else set())
    return tuple(operation for operation in _REFERENCE if not known or operation in known)


def reach_all(options: SutOptions, config: SutConfig) -> Sut:
    """The system under test for all operations of a run that it claims.

    Raises UsageError as `reach` does.
    """
    found = {
        operation: reach(
            options if operation == CONVERT else replace(SutOptions(), timeout=options.timeout),
            config,
            operation,
        )
        for operation in operations(options, config)
    }
    return Several(found) if len(found) > 1 else next(iter(found.values()))


# The name, the version and the timeout of the software.
_About = tuple[str, str, float]


def _python(words: tuple[str, ...], interpreter: str, about: _About) -> Sut:
    if not _TARGET.fullmatch(words[0]):
        raise UsageError("USE-PYTHON", f"{words[0]!r} is no package.module:function")
    _program([interpreter])
    _importable(interpreter, words[0])
    return StreamSut([interpreter, str(_SHIM), words[0]], *about, "python")


def _url(words: tuple[str, ...], _: str, about: _About) -> Sut:
    sut = HttpSut(words[0], *about)
    sut.check()
    return sut


def _folder(words: tuple[str, ...], _: str, about: _About) -> Sut:
    joined = " ".join(words)
    if "{input}" in joined and "{output}" in joined:
        _program(list(words))
        return FolderSut(words, None, *about)
    folders = [Path(word) for word in words]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        raise UsageError(
            "USE-FOLDER",
            "neither a command with {input} and {output} nor two folders",
            joined,
            "give the command, or the folder to put messages in and the one with the answers",
        )
    return FolderSut((), (folders[0], folders[1]), *about)


def _command(words: tuple[str, ...], _: str, about: _About) -> Sut:
    _program(list(words))
    return CommandSut(list(words), *about)


def _stream(words: tuple[str, ...], _: str, about: _About) -> Sut:
    _program(list(words))
    return StreamSut(list(words), *about)


_MAKERS = {
    "command": _command,
    "stream": _stream,
    "url": _url,
    "folder": _folder,
    "python": _python,
}
