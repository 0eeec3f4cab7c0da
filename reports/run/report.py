"""What a report of a run is, and what it is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from reports.run.summary import Summary
from reports.stream.events import Event


@dataclass(frozen=True)
class FinishedRun:
    """A run to report on; its events can be read more than once.

    `files` are the names of all reports that are written of it.
    """

    summary: Summary
    events: Iterable[Event]
    files: tuple[str, ...]


def _always(_: Summary) -> bool:
    return True


@dataclass(frozen=True)
class Report:
    """A report of a run: the name of its file, and the function that writes it in a language.

    `is_due` tells whether a run has one.
    """

    name: str
    write: Callable[[FinishedRun, TextIO, str], None]
    is_due: Callable[[Summary], bool] = _always
