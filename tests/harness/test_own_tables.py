"""Every table of the project that is not as it should be is told of by file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.dryrun.profiles import profiles
from schemas.errors import TableError
from schemas.facts import table_rows as tables

ROOT = Path(__file__).parents[2]
Load = Callable[[], object]
# By table what loads it, although it was loaded before.
LOADS: dict[str, Load] = {
    "harness/dryrun/profiles": profiles.__wrapped__,
}
NUMBERS = {
    "harness/dryrun/profiles": ("count", "kept_one_in"),
}
# What stands in a table for its readers alone.
NOTES = {
    "harness/dryrun/profiles": ("what_en", "what_nl"),
}
DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "TABLE-EMPTY"),
    "a header alone": (lambda data: data.splitlines(True)[0], "TABLE-EMPTY"),
    "an open quote": (lambda data: data + b'"\n', "TABLE-DAMAGED"),
    "not UTF-8": (lambda data: data + b"\xff\n", "TABLE-DAMAGED"),
    "a cell too many": (lambda data: data + b"," * 40 + b"\n", "TABLE-COLUMNS"),
    "a cell too few": (lambda data: data + b"x\n", "TABLE-COLUMNS"),
}


def columns(table: str) -> list[str]:
    with (ROOT / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def edited(data: bytes, change: Callable[[dict[str, str]], dict[str, str]]) -> bytes:
    """The table with each row changed."""
    rows = [change(row) for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def named(table: str) -> str:
    """The name of a table as an error has it."""
    shared = "schemas/tables/"
    return table.removeprefix(shared) if table.startswith(shared) else table.rpartition("/")[2]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TableError]:
    """What is told of a table that is changed, when it is loaded."""

    def load(table: str, change: Callable[[bytes], bytes]) -> TableError:
        own, read = ROOT / table, tables.rows

        def rows(name: str, folder: Path = tables.TABLES) -> Iterator[tables.Row]:
            return read(name, tmp_path if folder / name == own else folder)

        name = f"{named(table)}.csv"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(change(own.with_suffix(".csv").read_bytes()))
        monkeypatch.setattr(tables, "rows", rows)
        with pytest.raises(TableError) as error:
            LOADS[table]()
        assert error.value.where.startswith(f"{name}:")
        return error.value

    return load


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("table", LOADS)
def test_a_damaged_table_is_told_of(
    table: str, damage: str, told: Callable[..., TableError]
) -> None:
    change, code = DAMAGED[damage]
    error = told(table, change)
    last = change((ROOT / f"{table}.csv").read_bytes()).count(b"\n")
    assert (error.code, error.where) == (code, f"{named(table)}.csv:{max(1, last)}")


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, one) for table in LOADS for one in columns(table) if one not in NOTES.get(table, ())],
)
def test_each_column_is_missed_but_those_for_readers(
    table: str, column: str, told: Callable[..., TableError]
) -> None:
    def change(data: bytes) -> bytes:
        return edited(data, lambda row: {key: row[key] for key in row if key != column})

    error = told(table, change)
    assert (error.code, error.what) == ("TABLE-COLUMNS", f"no column {column}")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in NUMBERS for column in NUMBERS[table]]
)
def test_a_number_that_is_none_is_told_of(
    table: str, column: str, told: Callable[..., TableError]
) -> None:
    error = told(table, lambda data: edited(data, lambda row: {**row, column: "many"}))
    assert (error.code, error.what) == ("TABLE-NUMBER", f"{column} is 'many', not a number")
    assert error.where.endswith(":2")
