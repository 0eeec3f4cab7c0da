"""`layout.html`: the layout of the message types of a run, which its findings link to."""

from __future__ import annotations

from typing import TextIO

from reports.layout.addresses import PAGE
from reports.layout.build import Wanted, layout
from reports.layout.html import page
from reports.run.report import FinishedRun, Report
from reports.run.summary import Summary
from reports.shared.texts import texts
from schemas.facts.catalogue import catalogue


def write(run: FinishedRun, file: TextIO, lang: str) -> None:
    """Write `layout.html`, without the examples, which take messages to make."""
    t, known, summary = texts(lang), catalogue().messages, run.summary
    names = dict.fromkeys([*summary.messages, *(cause.message for cause in summary.symptoms)])
    items = [layout(known[name], Wanted(), t) for name in names if name in known]
    file.writelines(page(items, summary.started.version, t))


def _is_due(summary: Summary) -> bool:
    return bool(summary.causes)


REPORT = Report(PAGE, write, _is_due)
