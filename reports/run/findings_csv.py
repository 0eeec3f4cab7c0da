"""`findings.csv`: every finding on a row of its own, for a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from reports.shared.texts import Texts, texts
from reports.shared.visible import excerpt, quoted, shortened, visible
from reports.stream.events import CaseFinished, Event, Finding

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
)
# A cell takes 32,767 characters, and one that cannot be printed takes eight.
_MOST = 4000
# Spreadsheets take the file for UTF-8 by this only.
MARK = "\ufeff"
# With these a formula begins, at the start of a cell; a spreadsheet that does not cut by commas
# begins one in the middle of a text.
_FORMULA = re.compile(r"""(^|[,;\t|])(?=[\s"']*[=+\-@＝＋－＠])""")


def write(events: Iterable[Event], file: TextIO, lang: str) -> None:
    """Write `findings.csv`, in the order in which the cases ended."""
    t = texts(lang)
    file.write(MARK)
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for event in events:
        if isinstance(event, CaseFinished):
            table.writerows(_row(finding, t) for finding in event.findings)


def _row(finding: Finding, t: Texts) -> list[str | int]:
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
        # Quotes keep the spaces at its ends and the zeros before a number.
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
    )
    return [cell if isinstance(cell, int) else harmless(cell) for cell in cells]


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", visible(text))
