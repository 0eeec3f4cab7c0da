"""The console output of a mailbox audit."""

from __future__ import annotations

from itertools import islice

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.pairs import wording
from reports.pairs.results import Audit, Problem
from reports.shared import code_text
from reports.shared.texts import Texts, texts
from reports.shared.visible import visible

MOST_PARTNERS_SHOWN = 15
MOST_EXAMPLES = 3
_OUTCOMES = {"good": "bold green", "red": "bold red"}
_QUIET = "bright_black"


def print_audit(audit: Audit, console: Console, lang: str, report: str) -> None:
    """Print the results; `report` is the folder of the reports, or empty."""
    t = texts(lang)
    summary = audit.summary
    title = t(
        "pairs.title", tool="ikeur", version=summary.version, mailbox=visible(summary.mailbox)
    )
    console.print(Text(title, "bold"), soft_wrap=True)
    grid = Table.grid(padding=(0, 2))
    for label, text in wording.figures(summary, t)[1:]:
        grid.add_row(Text(label, _QUIET), Text(text))
    console.print(Padding(grid, (0, 0, 1, 2), expand=False))
    _print_partners(audit, console, t)
    for code in summary.codes:
        _print_code(audit, code, console, t)
    line = t("verdict.line", headline=wording.headline(summary, t), code=summary.exit_code)
    console.print(Text(line, _OUTCOMES[summary.outcome]))
    for remark in wording.remarks(summary, t):
        console.print(_indented(remark))
    end = t("report.line", path=visible(report)) if report else t("pairs.all")
    console.print(Text(end), soft_wrap=True)


def _print_partners(audit: Audit, console: Console, t: Texts) -> None:
    heads = ("messages", "asked", "answered", "problems")
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(Text(t("pairs.partner"), _QUIET))
    for name in heads:
        table.add_column(Text(t(f"pairs.{name}"), _QUIET), justify="right")
    for partner in audit.partners(MOST_PARTNERS_SHOWN):
        figures = [Text(t.number(getattr(partner, name))) for name in heads]
        table.add_row(Text(wording.parties(partner)), *figures)
    console.print(table)
    _print_rest(audit.summary.partners - MOST_PARTNERS_SHOWN, "partners.csv", console, t)
    console.print()


def _print_code(audit: Audit, code: str, console: Console, t: Texts) -> None:
    blocking, notes = audit.summary.codes[code]
    style = "bold red" if blocking else "bold yellow"
    said = [
        f"{t.number(count)}× {t(key)}"
        for count, key in ((blocking, "pairs.block"), (notes, "pairs.note"))
        if count
    ]
    console.print(Text("  ").join([Text(code, style), Text(", ".join(said))]))
    for text in (code_text.meaning(code, t), code_text.advice(code, t)):
        console.print(_indented(text))
    for problem in islice(audit.problems(code, MOST_EXAMPLES), MOST_EXAMPLES):
        _print_problem(problem, console, t)
    _print_rest(blocking + notes - MOST_EXAMPLES, "pairs.csv", console, t)
    console.print()


def _print_problem(problem: Problem, console: Console, t: Texts) -> None:
    which = [wording.message(problem), wording.parties(problem), visible(problem.identification)]
    beside = f"{t('pairs.about')} {visible(problem.other)}" if problem.other else ""
    parts = [visible(problem.file), *which, beside, wording.details(problem, t)]
    console.print(Text(f"  • {'  '.join(filter(None, parts))}", _QUIET), soft_wrap=True)


def _print_rest(count: int, file: str, console: Console, t: Texts) -> None:
    if count > 0:
        console.print(_indented(t.count("pairs.more", count, file=file), _QUIET))


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style), (0, 0, 0, 2), expand=False)
