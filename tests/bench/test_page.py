"""Every stage and every converted type is measured by a benchmark, and its figure is published."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.facts.catalogue import catalogue
from tests.bench import published
from tests.paths import ROOT

PAGE = ROOT / "docs" / "performance.md"
# What must be measured, and the benchmark that does so.
FRESH = "test_new_messages_cost_at_most[200]"
STAGES = {
    "generate": FRESH,
    "write EI": FRESH,
    "write expected": FRESH,
    "making": FRESH,
    "read EI": FRESH,
    "convert 2.0 to 2.1": FRESH,
    "validate": FRESH,
    "compare": FRESH,
    "whole pipeline": FRESH,
    "write XML": FRESH,
    "read XML": FRESH,
    "convert 2.1 to 2.0": FRESH,
    "report": "test_the_reports",
}
TYPES = [message.name for message in catalogue().messages.values() if message.convertible]


@pytest.fixture(scope="module")
def benchmarks() -> str:
    """The names of all benchmarks."""
    words = ["-m", "pytest", "tests/bench", "-o", "addopts=", "--collect-only", "-q"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def rows(page: str) -> dict[str, list[str]]:
    """The cells of the tables by the first of each row."""
    lines = (line.strip().strip("|").split("|") for line in page.splitlines() if line[:1] == "|")
    return {first.strip(): [cell.strip() for cell in rest] for first, *rest in lines}


def figures(page: str) -> str:
    return page.partition(published.BEGIN)[2].partition(published.END)[0]


def test_there_are_twenty_converted_types() -> None:
    assert len(set(TYPES)) == 20


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_benchmark(stage: str, benchmarks: str) -> None:
    assert f"::{STAGES[stage]}" in benchmarks


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_published(stage: str) -> None:
    told = rows(figures(PAGE.read_text("utf-8")))
    assert any(float(cell.partition(" ")[0]) > 0 for cell in told[stage][1:] if cell)


@pytest.mark.parametrize("name", TYPES)
def test_every_type_is_published(name: str) -> None:
    told = rows(figures(PAGE.read_text("utf-8")))
    assert all(float(cell) > 0 for cell in told[name])


@pytest.mark.parametrize("figure", ["making", "whole pipeline"])
def test_what_is_published_keeps_its_bound(figure: str) -> None:
    told = rows(figures(PAGE.read_text("utf-8")))
    for cell in told[figure][1:]:
        found = re.fullmatch(r"([\d.]+)(?: \(≤ ([\d.]+)\))?", cell)
        assert found
        assert float(found[1]) <= float(found[2] or "inf")


def test_the_page_tells_how_and_where_it_was_measured() -> None:
    told = " ".join(figures(PAGE.read_text("utf-8")).split())
    said = re.search(
        r"`make (bench-\w+)` wrote these figures, in processor time, "
        r"on \d+ cores, Python 3\.\d+\.\d+ and lxml \d+\.\d+.* median of (\d+) fresh processes",
        told,
    )
    assert said
    assert int(said[2]) >= 5
    assert f"{said[1]}:" in (ROOT / "Makefile").read_text("utf-8")


def test_publishing_writes_between_the_marks_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n\n{published.BEGIN}\nstale\n{published.END}\n\nafter\n", "utf-8")
    monkeypatch.setattr(published, "PAGE", page)
    named = (*published.WHAT, "WMO301")
    measured = {name: {200: published.Figure(0.254)} for name in named}
    measured["whole pipeline"] = {40: published.Figure(0.9, 4.0), 200: published.Figure(0.8)}
    for _ in range(2):
        published.publish(measured, ["WMO301"])
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n\n{published.BEGIN}\n")
    assert text.endswith(f"\n{published.END}\n\nafter\n")
    assert "stale" not in text
    assert rows(text)["WMO301"] == ["", "0.25"]
    assert rows(text)["whole pipeline"][1:] == ["0.90 (≤ 4.0)", "0.80"]


@pytest.mark.parametrize("name", ["report", "WMO301"])
def test_figures_that_are_not_all_there_are_not_published(name: str) -> None:
    measured = {item: {40: published.Figure(1.0)} for item in (*published.WHAT, "WMO301")}
    del measured[name]
    with pytest.raises(ValueError, match=f"not measured: {name}"):
        published.rendered(measured, ["WMO301"])
