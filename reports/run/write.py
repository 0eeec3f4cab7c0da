"""Writes all reports of a run from its journal, each completely or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reports.events.events import Event
from reports.run import registry
from reports.run.case_files import CaseFiles, below
from reports.run.summary import Summary
from reports.shared.whole_file import whole


def write_all(
    journal: Iterable[Event], out: Path, lang: str, case_files: CaseFiles | None = None
) -> Summary:
    """Write every report to a folder, from events that can be read more than once.

    The files of its cases are in that folder, unless `case_files` reads them elsewhere.
    Returns the summary; raises RunBroken if the journal has no run, UsageError for an unknown
    language.
    """
    run = registry.finished(journal, case_files or below(out))
    out.mkdir(parents=True, exist_ok=True)
    for report in registry.REPORTS.values():
        if report.name in run.files:
            with whole(out / report.name) as file:
                report.write(run, file, lang)
        else:
            (out / report.name).unlink(missing_ok=True)
    return run.summary
