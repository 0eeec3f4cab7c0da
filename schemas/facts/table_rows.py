"""Reads CSV tables; every row knows its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import TableError

TABLES = Path(__file__).parents[1] / "tables"
GRADES = "ABCD"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `where` is `FILE:LINE`."""

    cells: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise TableError("TABLE-COLUMNS", f"no column {column}", self.where) from None

    def number(self, column: str) -> int:
        """Return a cell as an integer; raises TableError."""
        try:
            return int(self[column])
        except ValueError:
            raise TableError(
                "TABLE-NUMBER", f"{column} is {self.cells[column]!r}, not a number", self.where
            ) from None

    def one_of(self, column: str, known: Collection[str]) -> str:
        """Return a cell that must be one of the `known` texts; raises TableError."""
        text = self[column]
        if text not in known:
            what = f"{column} is {text!r}, none of {', '.join(filter(None, known))}"
            raise TableError("TABLE-VALUE", what, self.where)
        return text

    def flag(self, column: str) -> bool:
        """Whether a cell is `yes`, rather than `no` or empty; raises TableError for other texts."""
        return self.one_of(column, ("yes", "no", "")) == "yes"

    def in_languages(self, part: str) -> dict[str, str]:
        """Return the texts of the columns `part_en` and `part_nl`, by language."""
        return {lang: self[f"{part}_{lang}"] for lang in ("en", "nl")}

    @property
    def evidence(self) -> str:
        """The evidence grade of the row: A, B, C or D."""
        grade = self["evidence"]
        if grade not in GRADES or len(grade) != 1:
            raise TableError("TABLE-EVIDENCE", f"evidence is {grade!r}, not A to D", self.where)
        return grade


class CsvRows:
    """The rows of CSV text, located as `name:line`; `columns` are the names in its header.

    Raises TableError, also on iteration, for text that is not CSV or a row of the wrong length.
    """

    def __init__(self, lines: Iterable[str], name: str, separator: str = ",") -> None:
        self._reader = csv.reader(lines, delimiter=separator, strict=True)
        self._name = name
        self.columns = tuple(self._next() or ())

    @property
    def where(self) -> str:
        """The line read last."""
        return f"{self._name}:{max(1, self._reader.line_num)}"

    def __iter__(self) -> Iterator[Row]:
        while (cells := self._next()) is not None:
            if cells and len(cells) != len(self.columns):
                raise TableError("TABLE-COLUMNS", "a row has too many or too few cells", self.where)
            if cells:
                yield Row(dict(zip(self.columns, cells, strict=True)), self.where)

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise TableError("TABLE-DAMAGED", f"not a table: {error}", self.where) from None


def rows(name: str, folder: Path = TABLES) -> list[Row]:
    """Return the rows of a table; `name` is its path below `folder` without `.csv`.

    Raises TableError with file and line if the table is missing, damaged or empty.
    """
    label = f"{name}.csv"
    table = CsvRows(io.StringIO(_text(folder / label, label), newline=""), label)
    if len({*table.columns}) < len(table.columns):
        raise TableError("TABLE-COLUMNS", "two columns have one name", table.where)
    found = list(table)
    if not found:
        raise TableError("TABLE-EMPTY", "no rows", f"{label}:1")
    return found


def _text(path: Path, label: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise TableError("TABLE-MISSING", what, str(path)) from None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError("TABLE-DAMAGED", f"not a table: {error}", f"{label}:{line}") from None


def names(folder_name: str, folder: Path = TABLES) -> list[str]:
    """Return the sorted names of the tables in a subfolder."""
    return sorted(path.stem for path in (folder / folder_name).glob("*.csv"))


def weakest(*grades: str) -> str:
    """Return the weakest of some evidence grades; A if there are none."""
    return max(grades, default="A")
