"""The reports of a bench show hostile texts and never obey them, in both languages."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import html as lxml_html
from rich.console import Console

import reports
from reports.bench import console as bench_console
from reports.bench import results_json as bench_json
from reports.bench.results import (
    TALLIES,
    BenchEnded,
    BenchFinding,
    BenchResults,
    Histogram,
    Moment,
)
from reports.shared.texts import LANGUAGES
from tests.reports.bench.sample_results import page_of, results

SCHEMA = json.loads(Path(reports.__file__).with_name("bench.schema.json").read_text("utf-8"))


def said(found: BenchResults, lang: str = "en") -> str:
    file = io.StringIO()
    console = Console(file=file, width=100)
    bench_console.print_plan(found.bench, console, lang)
    bench_console.print_results(found, console, lang, Path("bench.html"))
    return file.getvalue()


def test_texts_of_the_software_are_shown_and_never_obeyed(nasty: str, tmp_path: Path) -> None:
    text = page_of(results(nasty), tmp_path)
    assert "&lt;script&gt;alert" in text
    assert "<script" not in text
    for shown in (text, said(results(nasty))):
        assert "\x1b" not in shown
        assert "\u202e" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_and_the_console_say_the_same(lang: str, tmp_path: Path) -> None:
    found = results()
    page = lxml_html.document_fromstring(page_of(found, tmp_path, lang))
    assert page.get("lang") == lang
    text, told = page.text_content(), said(found, lang)
    for figure in {"en": ["1,235", "4,000", "4.25"], "nl": ["1.235", "4.000", "4,25"]}[lang]:
        assert figure in text
        assert figure in told
    for code in ("BENCH-WRONG", "BENCH-LEAK"):
        assert code in text
        assert code in told
    # Fewer clients than were asked for is said, and so is a baseline of another version.
    assert "640" in told
    assert "0.0.9" in told


def test_the_json_is_as_its_schema_says(tmp_path: Path) -> None:
    for found in (results(), replace(results("x"), comparison=None, findings=())):
        bench_json.write(found, tmp_path)
        data = json.loads((tmp_path / "bench.json").read_text("utf-8"))
        jsonschema.validate(data, SCHEMA)
        assert data["outcome"] == found.outcome
        assert data["rows"][1]["ratio"] is None


def test_a_bench_in_which_nothing_was_measured_has_its_reports(tmp_path: Path) -> None:
    end = BenchEnded(False, "given up", 1.0)
    empty = replace(
        results(), sizes=(), rows=(), timeline=(), histograms=(), comparison=None, end=end
    )
    assert "given up" in page_of(empty, tmp_path)
    assert "given up" in said(empty)
    assert (empty.outcome, empty.exit_code) == ("broken", 3)


@pytest.mark.parametrize(
    ("wrong", "findings", "advice"),
    [
        (0, (), "Keep bench.json with this version"),
        (1, (BenchFinding("BENCH-WRONG", True, 1, "", ""),), "Fix the wrong answers first"),
        (
            0,
            (BenchFinding("BENCH-SLOWER", True, 1, "", ""),),
            "Find out what has changed since the baseline",
        ),
    ],
)
def test_the_page_says_what_to_do_next(
    wrong: int, findings: tuple[BenchFinding, ...], advice: str, tmp_path: Path
) -> None:
    answers = {**dict.fromkeys(TALLIES, 0), "right": 4, "wrong": wrong}
    text = page_of(replace(results(), findings=findings, answers=answers), tmp_path)
    shown = " ".join(lxml_html.document_fromstring(text).text_content().split())
    assert f"What to do now {advice}" in shown


def test_the_values_along_an_axis_are_round(tmp_path: Path) -> None:
    moments = tuple(Moment(0.5, 0.3, 1000, speed, 4.5, None) for speed in (3.5, 87.0))
    drawn = Histogram(1000, (0.14, 2.2, 36.0), (3, 0), (0, 31))
    found = replace(results(), timeline=moments, histograms=(drawn,))
    page = lxml_html.document_fromstring(page_of(found, tmp_path))
    speed, latency = ([text.text for text in svg.iter("text")] for svg in page.iter("svg"))
    assert speed == [*("0", "20", "40", "60", "80", "100"), *("0", "0.1", "0.2", "0.3"), speed[-1]]
    across = ["0.2", "0.5", "1", "2", "5", "10", "20"]
    assert latency == [*("0", "10", "20", "30", "40"), *across, "milliseconds"]


def test_messages_that_all_took_as_long_are_drawn(tmp_path: Path) -> None:
    found = replace(results(), histograms=(Histogram(1000, (2.0, 2.0), (3,), (3,)),))
    assert "<svg" in page_of(found, tmp_path)


@pytest.mark.parametrize(
    ("findings", "code"),
    [((), 0), ((BenchFinding("BENCH-LEAK", False, 1, "", ""),), 0),
     ((BenchFinding("BENCH-SLOWER", True, 1, "", ""),), 1)],
)  # fmt: skip
def test_only_what_blocks_fails(findings: tuple[BenchFinding, ...], code: int) -> None:
    assert replace(results(), findings=findings).exit_code == code
