"""How deep in a message a finding lies: what is wrong above explains what is wrong below."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reports.run.causes.causes import Cause
from schemas.facts import table_rows as tables

LEVELS = ("file", "form", "record", "field", "link", "rule")


@cache
def levels() -> dict[str, str]:
    """The level of each code that has one; raises TableError with file and row."""
    rows = tables.rows("cause_levels", Path(__file__).parent)
    return {row["code"]: row.one_of("level", LEVELS) for row in rows}


def level_of(cause: Cause) -> str:
    """The level of findings, one of `LEVELS`; empty for those that follow from nothing."""
    level = levels().get(cause.code, "")
    # What only the way back shows is what the software makes of its own output.
    return "rule" if level == "file" and cause.trace.suites == {"roundtrip"} else level


def rank(cause: Cause) -> tuple[int, int]:
    """The order in which causes explain others: by level, then by how often they show."""
    level = level_of(cause)
    return LEVELS.index(level) if level else 0, -cause.count
