"""Deadlines of a switch that were moved by agreement with a partner, from a user's CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schemas import outside
from schemas.errors import TableError, UsageError
from schemas.facts.table_rows import CsvRows

COLUMNS = ("partner", "deadline", "moment", "reason")
DEADLINES = ("declaration", "heen", "retour")
_PARTNER = re.compile(r"[0-9]{4}|[0-9]{8}")
_MOMENT = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_MOST_OF_REASON = 200
_MOST_BYTES = 4 * 1024 * 1024
_DO = "name the CSV file of what was agreed"


@dataclass(frozen=True)
class Override:
    """A deadline agreed with one partner; `moment` is local time, to the minute."""

    partner: str
    deadline: str
    moment: datetime
    reason: str
    where: str

    def __str__(self) -> str:
        return f"{self.partner} {self.deadline} {self.moment:%Y-%m-%dT%H:%M}: {self.reason}"


def load(path: Path) -> tuple[Override, ...]:
    """Read the overrides from a CSV file with the columns partner, deadline, moment and reason.

    `partner` is a gemeente (4 digits) or an aanbieder (AGB, 8 digits). Raises UsageError with file
    and line for an invalid file.
    """
    found: dict[tuple[str, str], Override] = {}
    for cells, where in _rows(path):
        item = _override(cells, where)
        earlier = found.setdefault((item.partner, item.deadline), item)
        if earlier is not item:
            raise _bad(f"{item.partner} has this deadline at {earlier.where} too", where)
    return tuple(found.values())


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the cells of each row with its location; commas or semicolons separate them."""
    lines = _text(path).splitlines()
    separator = ";" if lines and ";" in lines[0] else ","
    try:
        found = CsvRows(lines, str(path), separator)
        if found.columns != COLUMNS:
            raise _bad(f"the columns are not {', '.join(COLUMNS)}", f"{path}:1")
        for row in found:
            yield {name: " ".join(text.split()) for name, text in row.cells.items()}, row.where
    except TableError as error:
        raise _bad(error.what, error.where) from None


def _text(path: Path) -> str:
    try:
        return outside.asked(path, _MOST_BYTES, "USE-OVERRIDE", _DO).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad("not UTF-8", str(path), "save it as UTF-8") from None


def _override(cells: dict[str, str], where: str) -> Override:
    partner, deadline, moment, reason = (cells[name] for name in COLUMNS)
    if not _PARTNER.fullmatch(partner):
        do = "give a gemeente with 4 digits or an aanbieder with 8; keep the zeros in front"
        raise _bad(f"{partner!r} is no partner", where, do)
    if deadline not in DEADLINES:
        raise _bad(f"{deadline!r} is no deadline", where, f"choose from {', '.join(DEADLINES)}")
    if not 0 < len(reason) <= _MOST_OF_REASON:
        do = f"say what was agreed, in at most {_MOST_OF_REASON} characters"
        raise _bad("no reason, or one that is too long", where, do)
    try:
        local = datetime.fromisoformat(moment) if _MOMENT.fullmatch(moment) else None
    except ValueError:
        local = None
    if local is None:
        do = "write it as 2017-06-07T12:00, local time without a zone"
        raise _bad(f"{moment!r} is no moment", where, do)
    return Override(partner, deadline, local, reason, where)


def _bad(what: str, where: str, do: str = "") -> UsageError:
    return UsageError("USE-OVERRIDE", what, where, do)
