"""The console output of a bench: first the plan, at the end the result."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.bench import wording
from reports.bench.results import BenchFinding, BenchResults, BenchStarted
from reports.shared import code_text
from reports.shared.said import said
from reports.shared.texts import Texts, texts
from reports.shared.visible import visible

MOST_FINDINGS_SHOWN = 10
_OUTCOMES = {"good": "bold green", "red": "bold red", "broken": "bold red"}
_QUIET = "bright_black"


def print_plan(started: BenchStarted, console: Console, lang: str) -> None:
    """Print the plan of a bench."""
    t = texts(lang)
    title = t("bench.title", tool="ikeur", version=started.version, sut=wording.sut(started, t))
    console.print(Text(title, "bold"))
    grid = Table.grid(padding=(0, 2))
    for label, text in wording.plan(started, t):
        grid.add_row(Text(label, _QUIET), Text(text))
    console.print(Padding(grid, (0, 0, 1, 2), expand=False))


def print_results(results: BenchResults, console: Console, lang: str, report: Path) -> None:
    """Print the results of a bench, and the path of its report."""
    t = texts(lang)
    line = t("verdict.line", headline=wording.first_line(results, t), code=results.exit_code)
    verdict = Text(line, _OUTCOMES[results.outcome])
    # At the start for those who read the top of a log, and again at the end.
    console.print(verdict, soft_wrap=True)
    console.print()
    _print_sizes(results, console, t)
    _print_usage(results, console, t)
    for finding in results.findings[:MOST_FINDINGS_SHOWN]:
        _print_finding(finding, console, t)
    rest = len(results.findings) - MOST_FINDINGS_SHOWN
    if rest > 0:
        more = t("bench.findings.rest", findings=t.count("findings", rest), file=report.name)
        console.print(Text(f"{more}\n", _QUIET))
    console.print(verdict, soft_wrap=True)
    for remark in wording.remarks(results, t):
        console.print(Padding(Text(remark), (0, 0, 0, 2), expand=False))
    console.print(Text(t("report.line", path=visible(str(report)))), soft_wrap=True)


def _print_sizes(results: BenchResults, console: Console, t: Texts) -> None:
    """A column for each size, so that the figures fit 80 characters."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(Text(t("bench.sizes"), _QUIET))
    for row in results.sizes:
        table.add_column(Text(t.number(row.size), "bold"), justify="right")
    columns = [wording.cells(row, t) for row in results.sizes]
    for place, head in enumerate(wording.heads(t)):
        table.add_row(Text(head, _QUIET), *(Text(cells[place]) for cells in columns))
    console.print(table)
    console.print()


def _print_usage(results: BenchResults, console: Console, t: Texts) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("", t("bench.memory"), t("bench.growth"), t("bench.cpu"), t("bench.cpu_message")):
        table.add_column(Text(head, _QUIET), justify="right" if head else "left")
    for side, item in results.usage.items():
        table.add_row(Text(t(f"bench.side.{side}")), *map(Text, wording.usage(item, t)))
    console.print(table)
    console.print()


def _print_finding(finding: BenchFinding, console: Console, t: Texts) -> None:
    style = "bold red" if finding.blocking else "bold yellow"
    kind = wording.kind(finding, t)
    what = ", ".join(filter(None, [wording.about(finding, t), f"{t.number(finding.count)}×", kind]))
    console.print(Text("  ").join([Text(visible(finding.code), style), Text(what)]))
    told = [
        code_text.meaning(finding.code, t),
        t("bench.finding.expected", text=visible(said(finding.code, finding.expected, t))),
        t("bench.finding.actual", text=visible(said(finding.code, finding.actual, t))),
    ]
    for line in told:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    for command in filter(None, (finding.layout, finding.reproduce)):
        console.print(Text(f"  {visible(command)}", _QUIET), soft_wrap=True)
    console.print()
