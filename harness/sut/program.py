"""The program of a command line, and the files that it names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import UsageError


def require(program: str, folder: Path | None) -> None:
    """Raise UsageError if a program does not exist, before anything runs in the folder."""
    if "{" not in program and _found(program, folder) is None:
        raise UsageError(
            "USE-PROGRAM", "no such program", program, "check the path and that it may be run"
        )


def _found(program: str, folder: Path | None) -> str | None:
    """The path of a program; one that is named with a folder stands in it, others in PATH."""
    here = folder / program if folder and Path(program).name != program else program
    return shutil.which(here)


def files(
    words: tuple[str, ...], _interpreter: str, folder: Path | None
) -> Iterator[tuple[str, Path]]:
    """The program, and the arguments that name a file."""
    program = _found(words[0], folder)
    if program and Path(program).is_file():
        yield words[0], Path(program)
    named = ((word, (folder or Path()) / word) for word in words[1:])
    yield from ((word, path) for word, path in named if path.is_file())
