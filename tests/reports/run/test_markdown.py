"""The summary for a pull request is short, and no text can break its tables."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run import markdown
from schemas.message.fault import XmlAddress
from tests.reports.writing import write_one

DONE = RunFinished(completed=True, reason="", seconds=1.0)


def text_of(events: list[Event], lang: str = "en") -> str:
    file = StringIO()
    write_one(markdown.REPORT, events, file, lang)
    return file.getvalue()


@pytest.fixture
def nasty_text(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
    nasty: str,
) -> str:
    found = make_finding("c-1", xml=XmlAddress(f"/{nasty}"), reproduce=f"ikeur {nasty}")
    return text_of([started, make_case("c-1", "fail", found), DONE])


def test_the_matrix_tells_each_cell(events: list[Event]) -> None:
    lines = text_of(events).splitlines()
    assert "| Message | schema | convert |" in lines
    assert "| WMO301 | 1✗ 1 1≈ | 2✗ 1 |" in lines
    assert "Not tested: WMO302." in lines
    assert "| JW321 | – | 2✗ |" in lines


def test_a_cause_stands_with_its_count_and_its_command(events: list[Event]) -> None:
    text = text_of(events)
    title = 'WMO301 02 NAAM: "van den Berg " is cut to "van den"'
    row = f"| 1 | FIELD-CUT | WMO301 | 02 NAAM | {title} | blocking | 2 |"
    assert row in text
    assert "# 1: FIELD-CUT, WMO301\nikeur run --case c-3 --seed 7\n" in text


def test_every_row_has_the_cells_of_its_table(nasty_text: str) -> None:
    rows = [line for line in nasty_text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {4, 8}


def test_nothing_is_html_or_markup_outside_the_commands(nasty_text: str) -> None:
    outside, fence, rest = nasty_text.partition("````sh\n")
    assert fence
    commands, fence, after = rest.partition("\n````\n")
    assert fence
    assert "<script>" in commands
    for text in (outside, after):
        assert "<" not in text
        assert "[x](y)" not in text


def test_a_run_that_was_broken_off_says_why(events: list[Event]) -> None:
    broken = RunFinished(completed=False, reason="disk *full*", seconds=1.0)
    text = text_of([*events[:2], broken])
    assert text.startswith("# ❌ Not completed: the run was aborted.")
    assert "Reason: disk &#42;full&#42;" in text


def test_a_good_run_needs_no_commands(
    started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    text = text_of([started, make_case("c-1", "pass"), DONE])
    assert text.startswith("# ✅ Passed: 1 test case went as expected.")
    assert "There are no findings." in text
    assert "```" not in text
