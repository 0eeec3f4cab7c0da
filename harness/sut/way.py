"""The description of a way to reach software."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.sut.protocol import OPERATIONS, Sut
from harness.sut.words import parse

Files = Iterable[tuple[str, Path]]


@dataclass(frozen=True)
class SutSpec:
    """Software to reach: its words, and its name and version for the reports.

    `timeout` is in seconds per message; `interpreter` is the Python of a function. The software
    runs in `folder`, and its words are relative to it; None is the current one.
    """

    words: tuple[str, ...]
    name: str
    version: str
    timeout: float
    interpreter: str
    folder: Path | None = None


def _no_files(_words: tuple[str, ...], _interpreter: str, _folder: Path | None) -> Files:
    return ()


@dataclass(frozen=True)
class Way:
    """A way to reach software: `name` is its key in `ikeur.toml` and its option.

    `metavar` and `help` describe the option. `reach` returns the software, or raises UsageError if
    it is not there. `files` returns the files of the software, each with the word that names it,
    from its words, interpreter and folder.
    The value of a way that `is_command` is a list of words, or is split as a shell does; otherwise
    it is one string.
    """

    name: str
    metavar: str
    help: str
    reach: Callable[[SutSpec], Sut]
    files: Callable[[tuple[str, ...], str, Path | None], Files] = _no_files
    operations: tuple[str, ...] = OPERATIONS
    is_command: bool = True
    takes_interpreter: bool = False

    def words(self, value: str, where: str) -> tuple[str, ...]:
        """Split a value into words; raises UsageError, naming `where`, if it is no command."""
        return tuple(parse(value, where)) if self.is_command else (value,)
