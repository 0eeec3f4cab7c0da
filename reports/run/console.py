"""The console output of a run: first the plan, at the end the result."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.events.events import FIDELITY, RunStarted
from reports.run import finding_text as findings
from reports.run import html, matrix, wording
from reports.run.causes.causes import Cause
from reports.run.causes.titles import title
from reports.run.in_language import reason
from reports.run.summary import Summary, exit_code
from reports.shared import code_text
from reports.shared.texts import Texts, texts
from reports.shared.visible import visible
from reports.shared.wording import some

MOST_CAUSES_SHOWN = MOST_DEVIATIONS_SHOWN = 10
_MOST_MESSAGES = 4
_STYLES = {"red": "bold red", "good": "green", "declared": "yellow", "skipped": "bright_black"}
_OUTCOMES = {
    "good": "bold green",
    "red": "bold red",
    "broken": "bold red",
    "empty": "bold red",
    "partial": "bold yellow",
}
_KINDS = {"blocking": "bold red", "advisory": "bold yellow", "declared": "bold yellow"}
_QUIET = "bright_black"


def print_plan(started: RunStarted, console: Console, lang: str) -> None:
    """Print the plan of a run."""
    t = texts(lang)
    title = t("plan.title", tool="ikeur", version=started.version, sut=wording.sut(started, t))
    console.print(Text(title, "bold"))
    console.print(_indented(_labelled(wording.plan(started, t))))
    console.print()


def print_how_long(seconds: float, cases: int, console: Console, lang: str) -> None:
    """Print how long a run will take, in minutes."""
    t = texts(lang)
    line = t.count("how_long", max(1, round(seconds / 60)), cases=t.count("cases", cases))
    console.print(Text(line))


def print_summary(
    summary: Summary, console: Console, lang: str, report_path: Path | None = None
) -> None:
    """Print the results of a run, and the path of its report."""
    t = texts(lang)
    # At the start for those who read the top of a log, and again at the end.
    _print_verdict(summary, console, t)
    console.print()
    _print_matrix(summary, console, t)
    _print_fidelity(summary, console, t)
    _print_causes(summary, console, t)
    _print_deviations(summary, console, t)
    _print_verdict(summary, console, t)
    for remark in wording.reason(summary, t) + wording.remarks(summary, t):
        console.print(_indented(Text(remark)))
    if report_path:
        _print_whole(console, Text(t("report.line", path=visible(str(report_path)))))


def _print_verdict(summary: Summary, console: Console, t: Texts) -> None:
    line = t("verdict.line", headline=wording.first_line(summary, t), code=exit_code(summary))
    _print_whole(console, Text(line, _OUTCOMES[summary.outcome]))


def _print_whole(console: Console, text: Text) -> None:
    """Print a line that must not be wrapped, such as a command to copy."""
    console.print(text, soft_wrap=True)


def _indented(shown: RenderableType) -> Padding:
    return Padding(shown, (0, 0, 0, 2), expand=False)


def _labelled(pairs: list[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for label, text in pairs:
        grid.add_row(Text(label, _QUIET), Text(text))
    return grid


def _print_matrix(summary: Summary, console: Console, t: Texts) -> None:
    console.print(Text(t("matrix.title"), "bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(Text(t("matrix.message"), _QUIET))
    for suite in summary.suites:
        table.add_column(Text(suite, _QUIET), justify="right")
    for message in summary.tested_messages:
        cells = [_cell(summary, message, suite, t) for suite in summary.suites]
        table.add_row(Text(message), *cells)
    console.print(table)
    marks = "   ".join(f"{symbol} {what}" for symbol, what in matrix.legend(summary, t))
    for line in [*filter(None, [marks]), *matrix.untested(summary, t)]:
        console.print(Text(line, _QUIET))
    console.print()


def _cell(summary: Summary, message: str, suite: str, t: Texts) -> Text:
    parts = matrix.cell(summary.matrix.get((message, suite)))
    shown = [
        Text(f"{t.number(number)}{matrix.SYMBOLS[kind]}", _STYLES[kind]) for kind, number in parts
    ]
    return Text(" ").join(shown) if shown else Text(matrix.NOTHING, _QUIET)


def _print_fidelity(summary: Summary, console: Console, t: Texts) -> None:
    counts = [(name, summary.fidelity[name]) for name in FIDELITY if summary.fidelity[name]]
    if not counts:
        return
    line = ", ".join(f"{t(f'fidelity.{name}')} {t.number(number)}" for name, number in counts)
    console.print(Text(f"{t('fidelity.title')}: {line}"))
    console.print()


def _print_causes(summary: Summary, console: Console, t: Texts) -> None:
    if not summary.causes:
        return
    console.print(Text(t("findings.title"), "bold"))
    console.print(Text(t("findings.total", **summary.findings), _QUIET))
    for cause in summary.causes[:MOST_CAUSES_SHOWN]:
        console.print()
        _print_cause(cause, console, t)
    if rest := wording.left_out(summary, MOST_CAUSES_SHOWN, html.NAME, t):
        console.print(Text("\n" + " ".join([*rest, t("findings.all")]), _QUIET))
    console.print()


def _print_deviations(summary: Summary, console: Console, t: Texts) -> None:
    if not summary.deviations:
        return
    console.print(Text(t("deviation.title"), "bold"))
    most = MOST_DEVIATIONS_SHOWN
    for line in wording.deviations(summary, most, t) + wording.deviations_left(summary, most, t):
        console.print(_indented(Text(line)))
    console.print()


def _print_cause(cause: Cause, console: Console, t: Texts) -> None:
    code = Text(visible(cause.code), _KINDS[cause.effect])
    what = f"{some(cause.messages, _MOST_MESSAGES)}  {t.count('findings', cause.total)}"
    console.print(Text("  ").join([code, Text(f"{what}, {t(f'kind.{cause.effect}')}")]))
    console.print(_indented(Text(title(cause, t), "bold")))
    console.print(_indented(Text(code_text.meaning(cause.code, t))))
    pairs = findings.details(cause.example, cause.kind, t)
    if only := wording.only(cause, t):
        pairs.append((t("finding.only"), only))
    if why := reason([cause.code], cause.reason, t):
        pairs.append((t("finding.reason"), visible(why)))
    if follows := wording.follows(cause):
        pairs.append((t("finding.follows"), follows))
    width = max(len(label) for label, _ in pairs)
    for label, text in pairs:
        _print_whole(console, Text.assemble("  ", (label.ljust(width), _QUIET), "  ", text))
