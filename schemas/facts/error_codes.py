"""The codes of all errors, with their meaning and advice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables


@dataclass(frozen=True)
class ErrorCode:
    """The stable code of an error; the texts are by language."""

    code: str
    meaning: dict[str, str]
    advice: dict[str, str]


@cache
def error_codes() -> dict[str, ErrorCode]:
    """Return all error codes, in table order; those of findings have a table of their own."""
    return {
        row["code"]: ErrorCode(
            code=row["code"],
            meaning=row.in_languages("meaning"),
            advice=row.in_languages("advice"),
        )
        for row in tables.rows("errors", Path(__file__).parents[1])
    }
