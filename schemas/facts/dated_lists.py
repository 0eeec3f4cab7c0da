"""Lists whose entries are valid from a first to a last day, such as the municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables

_FOLDER = "dated"


@dataclass(frozen=True)
class DatedList:
    """A list with its history from its first to its last day; `evidence` is its weakest grade."""

    first: date
    last: date
    periods: Mapping[str, tuple[date, date]]
    evidence: str

    def has(self, code: str, day: date) -> bool | None:
        """Whether the list contained a code on a day; None for a day it does not cover."""
        if not self.first <= day <= self.last:
            return None
        begin, end = self.periods.get(code, (date.max, date.min))
        return begin <= day <= end

    def on_all_days(self) -> tuple[str, ...]:
        """Return the codes that were valid throughout, sorted."""
        periods = sorted(self.periods.items())
        return tuple(
            code for code, (begin, end) in periods if begin <= self.first and end >= self.last
        )


def _day(row: tables.Row, column: str, otherwise: date | None = None) -> date:
    text = row[column]
    if not text and otherwise:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TableError("TABLE-VALUE", f"{column} is {text!r}, not a date", row.where) from None


def _periods(row: tables.Row, folder: Path) -> tuple[dict[str, tuple[date, date]], list[str]]:
    first, last = _day(row, "first_day"), _day(row, "last_day")
    found: dict[str, tuple[date, date]] = {}
    grades = [row.evidence]
    for entry in tables.rows(f"{_FOLDER}/{row['list']}", folder):
        begin, end = _day(entry, "first_day", date.min), _day(entry, "last_day", date.max)
        if entry["code"] in found:
            raise TableError("TABLE-CODE", f"{entry['code']} stands twice", entry.where)
        if not (begin <= end and begin <= last and end >= first):
            raise TableError("TABLE-VALUE", "counts on no day of the list", entry.where)
        found[entry["code"]] = begin, end
        grades.append(entry.evidence)
    return found, grades


def load(folder: Path = tables.TABLES) -> dict[str, DatedList]:
    """Load the lists of a folder by name; raises TableError with file and row."""
    found = {}
    for row in tables.rows("dated_lists", folder):
        periods, grades = _periods(row, folder)
        first, last = _day(row, "first_day"), _day(row, "last_day")
        found[row["list"]] = DatedList(first, last, periods, tables.weakest(*grades))
    return found


@cache
def dated_lists() -> dict[str, DatedList]:
    """Return ikeur's own lists, loaded once."""
    return load()
