"""The interface of a report on a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from reports.events.events import Event
from reports.run.case_files import CaseFiles, nowhere
from reports.run.summary import Summary


@dataclass(frozen=True)
class FinishedRun:
    """A finished run; its events can be read more than once.

    `files` are the names of all its reports; `case_files` reads the files of its cases.
    """

    summary: Summary
    events: Iterable[Event]
    files: tuple[str, ...]
    case_files: CaseFiles = nowhere


def _always(_: Summary) -> bool:
    return True


@dataclass(frozen=True)
class Report:
    """A report: the name of its file, and the function that writes it in a language.

    `is_due` tells whether a run has the report.
    """

    name: str
    write: Callable[[FinishedRun, TextIO, str], None]
    is_due: Callable[[Summary], bool] = _always
