"""A copy of the project's tables, to be broken in one place."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import schemas.facts.table_rows

OWN = schemas.facts.table_rows.TABLES


class Tables:
    """A copy of the tables; `at` tells the file and line of a text, as an error names it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tables"
        shutil.copytree(OWN, self.folder)

    def _text(self, table: str) -> str:
        return self.path(table).read_text(encoding="utf-8")

    def at(self, table: str, text: str) -> str:
        """Where a line starts with this text; it must be one line."""
        lines = self._text(table).splitlines()
        (number,) = [n for n, line in enumerate(lines, 1) if line.startswith(text)]
        return f"{table}.csv:{number}"

    def row_of(self, table: str, text: str) -> str:
        """Where a text stands, which the table has just once."""
        before, _ = self._text(table).split(text)
        return f"{table}.csv:{before.count(chr(10)) + 1}"

    def change(self, table: str, old: str, new: str) -> None:
        """Write another text for one that stands in the table just once."""
        text = self._text(table)
        assert text.count(old) == 1
        self.path(table).write_text(text.replace(old, new), encoding="utf-8")

    def add(self, table: str, line: str) -> None:
        with self.path(table).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one of the project's own tables, read without the code under test."""
    with (OWN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def stems(folder: str) -> list[str]:
    return sorted(path.stem for path in (OWN / folder).glob("*.csv"))
