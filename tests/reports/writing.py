"""Writes reports of events that were not summed up while they happened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from reports.events.events import Event
from reports.run import registry, write
from reports.run.report import FinishedRun, Report
from reports.run.summary import Summary, summarise


def write_all(events: Iterable[Event], out: Path, lang: str) -> Summary:
    """Write every report; the events are read twice."""
    summary = summarise(events)
    write.write_all(summary, events, out, lang)
    return summary


def write_one(report: Report, events: Iterable[Event], file: TextIO, lang: str) -> None:
    """Write one report; the events are read twice."""
    summary = summarise(events)
    write.write(FinishedRun(summary, registry.due(summary)), events, {report: file}, lang)
