"""The matrix of message types and suites."""

from __future__ import annotations

from collections.abc import Mapping

from reports.events.events import RED_VERDICTS
from reports.run.summary import Summary
from reports.shared.texts import Texts
from reports.shared.visible import visible

NOTHING = "–"
SYMBOLS = {"red": "✗", "good": "", "declared": "≈", "skipped": "○"}


def cell(counts: Mapping[str, int] | None) -> list[tuple[str, int]]:
    """The outcomes in a cell with their counts, red ones first."""
    if not counts:
        return []
    found = {
        "red": sum(counts.get(verdict, 0) for verdict in RED_VERDICTS),
        "good": counts.get("pass", 0),
        "declared": counts.get("xfail", 0),
        "skipped": counts.get("skip", 0),
    }
    return [(kind, number) for kind, number in found.items() if number]


def cell_text(counts: Mapping[str, int] | None, t: Texts) -> str:
    """A cell as text."""
    parts = [f"{t.number(number)}{SYMBOLS[kind]}" for kind, number in cell(counts)]
    return " ".join(parts) or NOTHING


def untested(summary: Summary, t: Texts) -> list[str]:
    """The message types of which no case was asked, in one line instead of rows of their own."""
    rest = [name for name in summary.messages if name not in summary.tested_messages]
    return [visible(t("matrix.untested", what=", ".join(rest)))] if rest else []


def legend(summary: Summary, t: Texts) -> list[tuple[str, str]]:
    """The symbols in use, with their meaning."""
    used = {kind for counts in summary.matrix.values() for kind, _ in cell(counts)}
    shown = [(SYMBOLS[kind], t(f"matrix.{kind}.means")) for kind in SYMBOLS if kind in used]
    return [pair for pair in shown if pair[0]]
