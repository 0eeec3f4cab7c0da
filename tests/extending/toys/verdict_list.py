"""`verdicts.txt`: how many test cases got each verdict."""

from __future__ import annotations

from typing import TextIO

from reports.run.report import FinishedRun, Report


def write(run: FinishedRun, file: TextIO, _lang: str) -> None:
    """Write `verdicts.txt`, a line for each verdict."""
    file.writelines(f"{verdict} {count}\n" for verdict, count in run.summary.verdicts.items())


REPORT = Report("verdicts.txt", write)
