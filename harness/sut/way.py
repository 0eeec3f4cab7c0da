"""What a way to reach software is, and what it is given to reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.sut.protocol import OPERATIONS, Sut
from harness.sut.words import parse

Files = Iterable[tuple[str, Path]]


@dataclass(frozen=True)
class SutSpec:
    """Software to reach: the words that its way takes, and its name and version for the reports.

    `timeout` is what one message may take, in seconds; `interpreter` the Python of a function.
    """

    words: tuple[str, ...]
    name: str
    version: str
    timeout: float
    interpreter: str


def _no_files(_words: tuple[str, ...], _interpreter: str) -> Files:
    return ()


@dataclass(frozen=True)
class Way:
    """A way to reach software: `name` is its key in `ikeur.toml` and its option.

    `metavar` and `help` are what that option says of itself. `reach` gives the software, or raises
    UsageError where it is not there. `files` gives the files that it consists of, each with the
    word that names it, from its words and the interpreter. The value of a way that `is_command` is
    a list of words, or is split into them as a shell does; of another it is one text.
    """

    name: str
    metavar: str
    help: str
    reach: Callable[[SutSpec], Sut]
    files: Callable[[tuple[str, ...], str], Files] = _no_files
    operations: tuple[str, ...] = OPERATIONS
    is_command: bool = True
    takes_interpreter: bool = False

    def words(self, value: str, where: str) -> tuple[str, ...]:
        """The words of a value; raises UsageError, naming where it stands, for no command."""
        return tuple(parse(value, where)) if self.is_command else (value,)
