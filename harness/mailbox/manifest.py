"""Reads the times of sending and reading from a CSV file of the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path, PurePosixPath

from harness.mailbox.index import Index, encoded
from schemas import outside
from schemas.errors import TableError, UsageError
from schemas.facts.table_rows import CsvRows
from schemas.outside import lines
from schemas.switch.tables import ZONE

COLUMNS = ("file", "sent", "read")
_HOW = "a row is a path in the mailbox, when it was sent and when it was read"
_MOST_LINE = 64 * 1024


def load(path: Path, index: Index) -> None:
    """Load the times of a CSV file with the columns file, sent and read.

    A time is ISO 8601, in Europe/Amsterdam if it has no zone, and may be empty. Raises UsageError,
    naming file and line, for invalid input.
    """
    try:
        index.insert("moment", _rows(path))
    except sqlite3.IntegrityError:
        raise UsageError("USE-MANIFEST", "a file stands in it twice", str(path), _HOW) from None


def _rows(path: Path) -> Iterator[tuple[bytes, str, str]]:
    """The rows; spreadsheets separate columns by commas or semicolons."""
    try:
        with TextIOWrapper(outside.opened(path), "utf-8-sig", "surrogateescape", "") as file:
            first = next(lines(file, _MOST_LINE), "")
            file.seek(0)
            found = CsvRows(lines(file, _MOST_LINE), str(path), ";" if ";" in first else ",")
            if not {*COLUMNS} <= {*found.columns}:
                raise _bad(f"the columns are not {', '.join(COLUMNS)}", f"{path}:1")
            for row in found:
                sent, seen = (_moment(row[name].strip(), row.where) for name in COLUMNS[1:])
                yield encoded(str(PurePosixPath(row["file"].strip()))), sent, seen
    except OSError as error:
        raise UsageError("USE-FILE", f"cannot be read: {error.strerror}", str(path), _HOW) from None
    except TableError as error:
        raise _bad(error.what, error.where) from None


def _moment(text: str, where: str) -> str:
    """A time in UTC, in the one format that sorts as text."""
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text)
        local = found if found.tzinfo else found.replace(tzinfo=ZONE)
        return local.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        raise _bad(f"{text!r} is no time, such as 2017-06-06T16:59", where) from None


def _bad(what: str, where: str) -> UsageError:
    return UsageError("USE-MANIFEST", what, where, _HOW)
