"""`summary.md`: a short result for a pull request or job summary."""

from __future__ import annotations

import re
from typing import TextIO

from reports.layout.addresses import command_for
from reports.run import finding_text as findings
from reports.run import html, matrix, wording
from reports.run.causes.causes import Cause
from reports.run.causes.titles import title
from reports.run.in_language import translated
from reports.run.report import FinishedRun, Report
from reports.run.summary import Summary
from reports.shared.texts import Texts, texts
from reports.shared.visible import shortened, visible
from reports.shared.wording import some

MOST_CAUSES_SHOWN = MOST_DEVIATIONS_SHOWN = 20
_MOST_PLACE = 120
# A bare address would become a link.
_SPECIAL = re.compile(r"[&<>|`*_\[\]\\~#@]|:(?=//)|(?<=[wW]{3})\.")
_MARKS = {"good": "✅", "red": "❌", "broken": "❌", "empty": "❌", "partial": "⚠️"}


def write(run: FinishedRun, file: TextIO, lang: str) -> None:
    """Write `summary.md`."""
    summary, t = run.summary, texts(lang)
    said = [*map(_plain, wording.reason(summary, t)), *wording.remarks(summary, t)]
    parts = [
        [f"# {_MARKS[summary.outcome]} {_plain(wording.first_line(summary, t))}"],
        [wording.to_do(summary, t)],
        [f"- {remark}" for remark in said],
        _matrix(summary, t),
        _causes(summary, t),
        _flaws(summary, t),
        _deviations(summary, t),
        _reproduce(summary, t),
        _facts(summary, t),
        [t("markdown.full")],
    ]
    file.write("\n\n".join("\n".join(lines) for lines in parts if lines) + "\n")


REPORT = Report("summary.md", write)


def _plain(text: str) -> str:
    """A text without special characters for Markdown, HTML or a table."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", visible(text))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _facts(summary: Summary, t: Texts) -> list[str]:
    started = summary.started
    pairs = [(t("html.sut"), wording.sut(started, t)), *wording.plan(started, t)]
    lines = [f"- {label}: {_plain(text)}" for label, text in pairs]
    return [f"## {t('html.tested')}", "", *lines]


def _matrix(summary: Summary, t: Texts) -> list[str]:
    suites = summary.suites
    lines = [f"## {t('matrix.title')}", ""]
    lines.append(_row(t("matrix.message"), *map(_plain, suites)))
    lines.append(_row("---", *("---:" for _ in suites)))
    for message in summary.tested_messages:
        counts = [summary.matrix.get((message, suite)) for suite in suites]
        lines.append(_row(_plain(message), *(matrix.cell_text(cell, t) for cell in counts)))
    marks = ", ".join(f"{symbol} {what}" for symbol, what in matrix.legend(summary, t))
    for line in [*filter(None, [marks]), *map(_plain, matrix.untested(summary, t))]:
        lines += ["", line]
    return lines


def _causes(summary: Summary, t: Texts) -> list[str]:
    lines = [f"## {t('findings.title')}", ""]
    if not summary.causes:
        return [*lines, t("findings.none")]
    names = ("finding.code", "matrix.message", "finding.where", "finding.meaning", "finding.kind")
    lines += [t("findings.total", **summary.findings), ""]
    lines.append(_row("", *map(t, names), t("finding.count")))
    lines.append(_row("---:", *("---" for _ in names), "---:"))
    for number, cause in enumerate(summary.causes[:MOST_CAUSES_SHOWN], 1):
        lines.append(_row(str(number), *_cells(cause, t)))
    if rest := wording.left_out(summary, MOST_CAUSES_SHOWN, html.NAME, t):
        lines += ["", *rest, t("findings.all")]
    return lines


def _flaws(summary: Summary, t: Texts) -> list[str]:
    """The flaws of messages that must be refused, by row number of the table."""
    lines = []
    for number, cause in enumerate(summary.causes[:MOST_CAUSES_SHOWN], 1):
        if cause.example.flaw:
            example = translated(cause.example, t)
            places = findings.places(example, t).items()
            parts = [(t(f"release.{release}"), place) for release, place in places]
            parts = [("", findings.flaw(example, t)), *parts, *findings.told_of_flaw(example, t)]
            told = "; ".join(": ".join(filter(None, map(_plain, part))) for part in parts)
            lines.append(f"- {number}: {told}")
    return [f"### {t('flaw.title')}", "", *lines] if lines else []


def _deviations(summary: Summary, t: Texts) -> list[str]:
    lines = [f"- {_plain(line)}" for line in wording.deviations(summary, MOST_DEVIATIONS_SHOWN, t)]
    lines += [f"- {line}" for line in wording.deviations_left(summary, MOST_DEVIATIONS_SHOWN, t)]
    return [f"## {t('deviation.title')}", "", *lines] if lines else []


def _cells(cause: Cause, t: Texts) -> list[str]:
    place = shortened(cause.place, _MOST_PLACE) or t("place.unknown")
    told = [cause.code, some(cause.messages), place, title(cause, t)]
    if only := wording.only(cause, t):
        told[-1] += f" {t('finding.only')} {only}."
    return [*map(_plain, told), t(f"kind.{cause.effect}"), t.number(cause.total)]


def _reproduce(summary: Summary, t: Texts) -> list[str]:
    """The commands by row number of the table, in a fence that no text in it can close."""
    shown = summary.causes[:MOST_CAUSES_SHOWN]
    lines = []
    for number, cause in enumerate(shown, 1):
        if cause.example.reproduce:
            lines += [
                f"# {number}: {visible(cause.code)}, {visible(cause.message)}",
                visible(cause.example.reproduce),
                *filter(None, [command_for(cause.example)]),
            ]
            if again := findings.again(cause.example, t):
                lines.append(f"# {t('finding.again')}: {again}")
            if cause.example.smallest:
                lines.append(f"# {t('finding.smallest')}: {findings.smallest(cause.example, t)}")
    if not lines:
        return []
    longest = max(map(len, re.findall("`+", "\n".join(lines))), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"## {t('markdown.reproduce')}", "", f"{fence}sh", *lines, fence]
