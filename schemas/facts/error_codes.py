"""Every code that an error can have, what it means and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables


@dataclass(frozen=True)
class ErrorCode:
    """A stable code of what kept ikeur from doing what it was asked."""

    code: str
    meaning: dict[str, str]
    advice: dict[str, str]


@cache
def error_codes() -> dict[str, ErrorCode]:
    """All codes, in the order of the table; those of findings are a table of their own."""
    return {
        row["code"]: ErrorCode(
            code=row["code"],
            meaning=row.in_languages("meaning"),
            advice=row.in_languages("advice"),
        )
        for row in tables.rows("errors", Path(__file__).parents[1])
    }
