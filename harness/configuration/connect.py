"""From options and configuration to a system under test."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from harness.configuration.ikeur_toml import SutConfig, WayConfig
from harness.configuration.software import (
    SutOptions,
    given_way,
    no_software,
    operations,
    python_missing,
    way_of,
)
from harness.sut import process
from harness.sut.by_operation import Several
from harness.sut.command import CommandSut
from harness.sut.folder import FolderSut
from harness.sut.http.http import HttpSut
from harness.sut.protocol import CONVERT, GATE, OPERATIONS, RESPOND, Sut
from harness.sut.stream import StreamSut
from harness.version import version
from schemas.errors import UsageError

__all__ = ["SutOptions", "module_file", "operations", "reach", "reach_all", "reach_each", "way_of"]

_SHIM = Path(process.__file__).with_name("python_shim.py")
# What comes with ikeur, which is tested where that is asked for.
_REFERENCE = {
    CONVERT: "harness.reference:convert",
    RESPOND: "harness.reference:respond",
    GATE: "harness.reference.gate:gate",
}
_REFERENCE_BY_FILE = "harness.reference.gate:gate_by"
_REFERENCE_NAME = "ikeur reference converter"
_TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
_DEFAULT_TIMEOUT = 10.0
_CHECK_TIMEOUT = 60.0


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


def reach(options: SutOptions, config: SutConfig, operation: str = CONVERT) -> Sut:
    """The system under test for an operation; the command line goes before the configuration.

    Raises UsageError where it is not clear how to reach it, or its program is not there.
    """
    given, known = given_way(options), config.ways.get(operation, WayConfig())
    if options.reference:
        return _reference(options, config, operation)
    if options.python_exe and options.python is None and known.way != "python":
        raise python_missing(options.python_exe)
    way = given or known
    timeout = options.timeout or known.timeout or _DEFAULT_TIMEOUT
    name = options.name or config.name
    if not way.way:
        raise no_software(config, operation)
    interpreter = options.python_exe or known.python_exe or sys.executable
    about = name or way.words[0], config.version, timeout
    return _MAKERS[way.way](way.words, interpreter, about)


def _reference(options: SutOptions, config: SutConfig, operation: str) -> Sut:
    """What comes with ikeur, under its own name and version."""
    if options.python_exe:
        raise python_missing(options.python_exe)
    target, agreed = [_REFERENCE[operation]], config.overrides_path
    if operation == GATE and agreed:
        target = [_REFERENCE_BY_FILE, str(agreed)]
    words = [sys.executable, str(_SHIM), *target]
    timeout = options.timeout or _DEFAULT_TIMEOUT
    return StreamSut(words, _REFERENCE_NAME, version(), timeout, "python")


def reach_each(options: SutOptions, config: SutConfig) -> dict[str, Sut]:
    """The system under test by operation, for those that it claims.

    Raises UsageError as `reach` does, and where it claims none: there is nothing to test.
    """
    claimed = operations(options, config)
    if not claimed:
        own = options.python_exe
        raise python_missing(own) if own else no_software(config, *OPERATIONS)
    # The way of the command line is that of converting; the rest holds of all operations.
    other = SutOptions(name=options.name, timeout=options.timeout, reference=options.reference)
    return {
        operation: reach(options if operation == CONVERT else other, config, operation)
        for operation in claimed
    }


def reach_all(options: SutOptions, config: SutConfig) -> Sut:
    """The system under test for all operations that it claims; raises UsageError likewise."""
    found = reach_each(options, config)
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
