"""How deep in a message a finding lies: what is wrong above explains what is wrong below."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reports.run.causes import Cause
from schemas.facts import table_rows as tables

LEVELS = ("file", "form", "record", "field", "link", "rule")


@cache
def _levels() -> dict[str, str]:
    rows = tables.rows("cause_levels", Path(__file__).parent)
    return {row["code"]: row["level"] for row in rows}


def level_of(cause: Cause) -> str:
    """The level of findings, one of `LEVELS`; empty for those that follow from nothing."""
    level = _levels().get(cause.code, "")
    # What only the way back shows is what the software makes of its own output.
    return "rule" if level == "file" and cause.trace.suites == {"roundtrip"} else level


def rank(cause: Cause) -> tuple[int, int]:
    """The order in which causes explain others: by level, then by how often they show."""
    level = level_of(cause)
    return LEVELS.index(level) if level else 0, -cause.count
