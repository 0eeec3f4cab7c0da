"""The registry of reports on a run, in the order of writing; each has one entry here."""

from __future__ import annotations

from collections.abc import Iterable

from reports.events.events import Event
from reports.run import findings_csv, html, junit, layout, markdown, results_json, sarif
from reports.run.case_files import CaseFiles, nowhere
from reports.run.report import FinishedRun
from reports.run.summary import Summary, summarise
from schemas.registered import registered

REPORTS = registered(
    results_json.REPORT,
    junit.REPORT,
    sarif.REPORT,
    findings_csv.REPORT,
    markdown.REPORT,
    html.REPORT,
    layout.REPORT,
)


def due(summary: Summary) -> tuple[str, ...]:
    """The file names of the reports that a run has."""
    return tuple(report.name for report in REPORTS.values() if report.is_due(summary))


def finished(events: Iterable[Event], case_files: CaseFiles = nowhere) -> FinishedRun:
    """A finished run, from events that can be read more than once.

    Raises RunBroken if the events contain no run.
    """
    summary = summarise(events)
    return FinishedRun(summary, events, due(summary), case_files)
