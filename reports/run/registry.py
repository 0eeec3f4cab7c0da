"""The registry of reports on a run, in the order of writing; each has one entry here."""

from __future__ import annotations

from reports.run import findings_csv, html, junit, layout, markdown, results_json, sarif
from reports.run.summary import Summary
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
