"""The interface of a report on a run."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TextIO

from reports.events.events import CaseFinished
from reports.run.case_files import CaseFiles, nowhere
from reports.run.summary import Summary


@dataclass(frozen=True)
class FinishedRun:
    """A finished run.

    `files` are the names of all its reports; `case_files` reads the files of its cases.
    """

    summary: Summary
    files: tuple[str, ...]
    case_files: CaseFiles = nowhere


def _always(_: Summary) -> bool:
    return True


# What a report does with each case of a run, in order, and with None after the last.
Cases = Generator[None, CaseFinished | None]


@dataclass(frozen=True)
class Report:
    """A report: the name of its file, and the function that writes it in a language.

    If it lists cases, that function is a generator, to which they are sent: all reports are written
    in one pass over the events. `is_due` tells whether a run has the report.
    """

    name: str
    write: Callable[[FinishedRun, TextIO, str], Cases | None]
    is_due: Callable[[Summary], bool] = _always
