"""Writes all reports of a run from one journal, each of them whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reports.run import findings_csv, html, junit, markdown, sarif
from reports.run import results_json as json_report
from reports.run.summary import Summary, summarise
from reports.shared.whole_file import whole
from reports.stream.events import Event


def write_all(journal: Iterable[Event], out: Path, lang: str) -> Summary:
    """Write every report into a folder, from events that can be read more than once.

    Returns the summary; raises RunBroken where the journal holds no run, UsageError for an
    unknown language.
    """
    summary = summarise(journal)
    out.mkdir(parents=True, exist_ok=True)
    with whole(out / "results.json") as file:
        json_report.write(summary, journal, file)
    with whole(out / "junit.xml") as file:
        junit.write(summary, journal, file, lang)
    with whole(out / "results.sarif") as file:
        sarif.write(summary, journal, file, lang)
    if summary.causes:
        with whole(out / "findings.csv") as file:
            findings_csv.write(journal, file, lang)
    else:
        (out / "findings.csv").unlink(missing_ok=True)
    with whole(out / "summary.md") as file:
        markdown.write(summary, file, lang)
    with whole(out / "report.html") as file:
        html.write(summary, file, lang)
    return summary
