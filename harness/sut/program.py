"""The program of a command line, and the files that it names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import UsageError


def require(program: str) -> None:
    """Raise UsageError if a program does not exist, before anything runs."""
    if "{" not in program and shutil.which(program) is None:
        raise UsageError(
            "USE-PROGRAM", "no such program", program, "check the path and that it may be run"
        )


def files(words: tuple[str, ...], _interpreter: str) -> Iterator[tuple[str, Path]]:
    """The program, and the arguments that name a file."""
    program = shutil.which(words[0])
    if program and Path(program).is_file():
        yield words[0], Path(program)
    yield from ((word, Path(word)) for word in words[1:] if Path(word).is_file())
