"""`bench.html`: the results of a bench for people, in a self-contained file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.bench import plots, wording
from reports.bench.results import BenchFinding, BenchResults
from reports.shared import code_text, file_roles
from reports.shared.html_templates import environment
from reports.shared.said import PLACE, said
from reports.shared.texts import Texts, texts
from reports.shared.whole_file import whole

NAME = "bench.html"


def write(results: BenchResults, folder: Path, lang: str) -> None:
    """Write `bench.html` to a folder."""
    template = environment().get_template("bench.html.j2")
    with whole(folder / NAME) as file:
        file.writelines(template.generate(**_view(results, texts(lang))))


def _view(results: BenchResults, t: Texts) -> dict[str, Any]:
    sizes = [row.size for row in results.sizes]
    return {
        "t": t,
        "role": lambda name: file_roles.role(name, t),
        "results": results,
        "sut": wording.sut(results.bench, t),
        "headline": wording.headline(results, t),
        "rests_on": wording.rests_on(results, t),
        "remarks": wording.remarks(results, t),
        "to_do": wording.to_do(results, t),
        "heads": wording.heads(t),
        "sizes": [(row, wording.cells(row, t)) for row in results.sizes],
        "rows": [(row, wording.cells(row, t)) for row in results.rows],
        "usage": [(side, wording.usage(item, t)) for side, item in results.usage.items()],
        "findings": [_finding(finding, t) for finding in results.findings],
        "compared": _compared(results, t),
        "throughput": [
            (size, plots.throughput(results.timeline, size, t))
            for size in sizes
            if any(moment.size == size for moment in results.timeline)
        ],
        "memory": plots.memory(results.timeline, t),
        "latencies": [(item.size, plots.histogram(item, t)) for item in results.histograms],
        "plan": wording.plan(results.bench, t),
    }


def _finding(finding: BenchFinding, t: Texts) -> dict[str, Any]:
    return {
        "finding": finding,
        "where": said(PLACE, finding.where, t),
        "expected": said(finding.code, finding.expected, t),
        "actual": said(finding.code, finding.actual, t),
        "kind": wording.kind_of(finding),
        "about": wording.about(finding, t),
        "meaning": code_text.meaning(finding.code, t) or finding.code,
        "advice": code_text.advice(finding.code, t),
        "evidence": t.get(f"evidence.{finding.evidence}"),
    }


def _compared(results: BenchResults, t: Texts) -> list[tuple[bool, list[str]]]:
    if results.comparison is None:
        return []
    return [(item.is_worse, wording.compared(item, t)) for item in results.comparison.compared]
