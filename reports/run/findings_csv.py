"""`findings.csv`: a row per finding, for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TextIO

from reports.events.events import Finding
from reports.layout.addresses import command_for
from reports.run.in_language import translated
from reports.run.report import Cases, FinishedRun, Report
from reports.run.summary import Summary
from reports.shared.spreadsheet import MARK, harmless
from reports.shared.texts import Texts, texts
from reports.shared.visible import excerpt, quoted, shortened

NAME = "findings.csv"
COLUMNS = (
    "case",
    "code",
    "suite",
    "message",
    "direction",
    "record number",
    "field",
    "first column",
    "last column",
    "path",
    "line",
    "expected",
    "actual",
    "flaw",
    "what is wrong",
    "value",
    "reference",
    "evidence",
    "blocking",
    "deviation",
    "rule",
    "return code",
    "asked again",
    "messages before",
    "reproduce",
    "layout",
)
# A cell takes 32,767 characters, and an unprintable one takes eight of these.
_MOST = 4000


def write(_run: FinishedRun, file: TextIO, lang: str) -> Cases:
    """Write `findings.csv`, in the order in which the cases finished."""
    t = texts(lang)
    file.write(MARK)
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    while (case := (yield)) is not None:
        table.writerows(_row(finding, t) for finding in case.findings)


def _is_due(summary: Summary) -> bool:
    return bool(summary.causes)


REPORT = Report(NAME, write, _is_due)


def _row(finding: Finding, t: Texts) -> list[str | int]:
    finding = translated(finding, t)
    ei, xml, flaw = finding.ei, finding.xml, finding.flaw
    expected, actual = excerpt(finding.expected, finding.actual, _MOST)
    cells = (
        finding.case,
        finding.code,
        finding.suite,
        finding.message,
        finding.direction,
        ei.number if ei else "",
        f"{ei.record} {ei.field}".strip() if ei else "",
        ei.start or "" if ei else "",
        ei.end or "" if ei else "",
        shortened(xml.path, _MOST) if xml else "",
        xml.line or "" if xml else "",
        # Quotes keep outer spaces and leading zeros.
        quoted(expected, ""),
        quoted(actual, ""),
        flaw.kind if flaw else "",
        flaw.what[t.lang] if flaw else "",
        quoted(shortened(flaw.value, _MOST), "") if flaw else "",
        shortened(f"{flaw.code}: {flaw.said}", _MOST) if flaw else "",
        finding.evidence,
        "yes" if finding.blocking else "no",
        finding.deviation or "",
        finding.rule,
        finding.retour,
        finding.again.gave if finding.again else "",
        finding.again.file if finding.again else "",
        finding.reproduce,
        command_for(finding),
    )
    return [cell if isinstance(cell, int) else harmless(cell) for cell in cells]
