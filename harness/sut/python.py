"""The `python` way: a function, served as a stream by a process of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness.sut import process, program
from harness.sut.stream import StreamSut
from harness.sut.way import SutSpec, Way
from schemas.errors import UsageError

_SHIM = str(Path(__file__).with_name("python_shim.py"))
_FUNCTION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
_CHECK_TIMEOUT = 60.0


def running(spec: SutSpec) -> StreamSut:
    """A function as a stream, unchecked; further words are arguments of a factory."""
    words = [spec.interpreter, _SHIM, *spec.words]
    return StreamSut(words, spec.name, spec.version, spec.timeout, spec.folder, WAY.name)


def _reach(spec: SutSpec) -> StreamSut:
    (function,) = spec.words
    if not _FUNCTION.fullmatch(function):
        raise UsageError("USE-PYTHON", f"{function!r} is no package.module:function")
    program.require(spec.interpreter, spec.folder)
    _importable(spec, function)
    return running(spec)


def _importable(spec: SutSpec, function: str) -> None:
    """Raise UsageError if the function cannot be loaded, with the interpreter's message."""
    check = [spec.interpreter, _SHIM, "--check", function]
    done = process.run(check, b"", _CHECK_TIMEOUT, spec.folder)
    if done.ended == "exit" and done.exit_code == 0:
        return
    said = done.errors.decode("utf-8", "replace").strip().splitlines()
    raise UsageError(
        "USE-PYTHON",
        f"{function} cannot be loaded: {said[-1] if said else done.ended}",
        spec.interpreter,
        "check the module, the function and the folder you stand in",
    )


def _files(
    words: tuple[str, ...], interpreter: str, folder: Path | None
) -> Iterator[tuple[str, Path]]:
    """The file of the function's module, if it has one."""
    (function,) = words
    done = process.run([interpreter, _SHIM, "--file", function], b"", _CHECK_TIMEOUT, folder)
    told = done.output.decode("utf-8", "surrogateescape").splitlines()
    if told and told[-1] and done.exit_code == 0:
        yield function, Path(told[-1])


WAY = Way(
    name="python",
    metavar="MODULE:FUNCTION",
    help="Python function to call in a child process.",
    reach=_reach,
    files=_files,
    is_command=False,
    takes_interpreter=True,
)
