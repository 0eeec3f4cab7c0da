"""The tables: rows of facts, each with the place it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import TableError

TABLES = Path(__file__).parents[1] / "tables"
GRADES = "ABCD"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `where` names the file and the line."""

    cells: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        if column not in self.cells:
            raise TableError("TABLE-COLUMNS", f"no column {column}", self.where)
        return self.cells[column]

    def number(self, column: str) -> int:
        """The cell as a whole number."""
        try:
            return int(self[column])
        except ValueError:
            raise TableError(
                "TABLE-NUMBER", f"{column} is {self.cells[column]!r}, not a number", self.where
            ) from None

    @property
    def evidence(self) -> str:
        """The evidence grade of the row: A, B, C or D."""
        grade = self["evidence"]
        if grade not in GRADES or len(grade) != 1:
            raise TableError("TABLE-EVIDENCE", f"evidence is {grade!r}, not A to D", self.where)
        return grade


def rows(name: str, folder: Path = TABLES) -> Iterator[Row]:
    """The rows of a table, `name` being its path below the tables without `.csv`."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise TableError("TABLE-MISSING", "no such table", str(path))
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        where = f"{name}.csv:1"
        try:
            for cells in reader:
                where = f"{name}.csv:{reader.line_num}"
                if None in cells or None in cells.values():
                    raise TableError("TABLE-COLUMNS", "a row has too many or too few cells", where)
                yield Row(cells, where)
        except (csv.Error, UnicodeDecodeError) as error:
            raise TableError("TABLE-DAMAGED", f"not a table: {error}", where) from None
        if where == f"{name}.csv:1":
            raise TableError("TABLE-EMPTY", "no rows", where)


def names(folder_name: str, folder: Path = TABLES) -> list[str]:
    """The tables in a folder below the tables, by name, in order."""
    return sorted(path.stem for path in (folder / folder_name).glob("*.csv"))


def weakest(*grades: str) -> str:
    """The weakest of some evidence grades; A where there is none."""
    return max(grades, default="A")
