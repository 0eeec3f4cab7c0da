"""Writes all reports of a run in one pass over its events, each completely or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TextIO

from reports.events.events import CaseFinished, Event
from reports.run import registry
from reports.run.case_files import CaseFiles, below
from reports.run.report import FinishedRun, Report
from reports.run.summary import Summary
from reports.shared.whole_file import whole


def write_all(
    summary: Summary,
    events: Iterable[Event],
    out: Path,
    lang: str,
    case_files: CaseFiles | None = None,
) -> None:
    """Write every report of a run to a folder, from its summary and its events.

    The files of its cases are in that folder, unless `case_files` reads them elsewhere.
    Raises UsageError for an unknown language.
    """
    run = FinishedRun(summary, registry.due(summary), case_files or below(out))
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {name: stack.enter_context(whole(out / name)) for name in run.files}
        due = {report: files[name] for name, report in registry.REPORTS.items() if name in files}
        write(run, events, due, lang)
    for name in registry.REPORTS.keys() - {*run.files}:
        (out / name).unlink(missing_ok=True)


def write(
    run: FinishedRun, events: Iterable[Event], files: Mapping[Report, TextIO], lang: str
) -> None:
    """Write some reports to their files."""
    begun = [report.write(run, file, lang) for report, file in files.items()]
    listing = [cases for cases in begun if cases is not None]
    for cases in listing:
        next(cases)
    for event in events if listing else ():
        if isinstance(event, CaseFinished):
            for cases in listing:
                cases.send(event)
    for cases in listing:
        with suppress(StopIteration):
            cases.send(None)
