"""Every table of the project that is not as it should be is told of by file, line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.dryrun import profiles
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from tests.harness.own_tables import CHOICES, LOADS, NOTES, NUMBERS
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
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


def written(rows: list[dict[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def without(data: bytes, column: str) -> bytes:
    """The table without a column."""
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return written([{key: row[key] for key in row if key != column} for row in rows])


def wrong(data: bytes, column: str, text: str) -> bytes:
    """The table with another text in a column of its first row."""
    first, *others = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return written([{**first, column: text}, *others])


def named(table: str) -> str:
    """The name of a table as an error has it."""
    shared = "schemas/tables/"
    return table.removeprefix(shared) if table.startswith(shared) else table.rpartition("/")[2]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TableError]:
    """What is told of a table that is changed, when it is loaded."""

    # The tests of dry-runs put smaller profiles in their place, for as long as they run.
    monkeypatch.setattr(profiles, "FOLDER", ROOT / "harness" / "dryrun")

    def load(table: str, change: Callable[[bytes], bytes]) -> TableError:
        own, read = ROOT / table, tables.rows

        def rows(name: str, folder: Path = tables.TABLES) -> list[tables.Row]:
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
    error = told(table, lambda data: without(data, column))
    assert (error.code, error.what) == ("TABLE-COLUMNS", f"no column {column}")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in NUMBERS for column in NUMBERS[table]]
)
def test_a_number_that_is_none_is_told_of(
    table: str, column: str, told: Callable[..., TableError]
) -> None:
    error = told(table, lambda data: wrong(data, column, "many"))
    assert (error.code, error.what) == ("TABLE-NUMBER", f"{column} is 'many', not a number")
    assert error.where == f"{named(table)}.csv:2"


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in CHOICES for column in CHOICES[table]]
)
def test_a_word_that_is_unknown_is_told_of(
    table: str, column: str, told: Callable[..., TableError]
) -> None:
    error = told(table, lambda data: wrong(data, column, "perhaps"))
    assert error.code == "TABLE-VALUE"
    assert column in error.what
    assert "'perhaps'" in error.what
    assert error.where == f"{named(table)}.csv:2"


def test_two_columns_of_one_name_are_told_of(told: Callable[..., TableError]) -> None:
    error = told("generators/planning/counts", lambda data: data.replace(b"high", b"low", 1))
    assert (error.code, error.where) == ("TABLE-COLUMNS", "counts.csv:1")


def test_no_table_is_left_out() -> None:
    """Of a folder with a table for each message type or code list one stands for all."""
    found = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.csv")
    }
    one_for_all = ("schemas/tables/ei20/", "schemas/tables/xml21/", "schemas/tables/codelists/")
    assert {table for table in found - LOADS.keys() if not table.startswith(one_for_all)} == set()


# Who reads CSV without the loader, and why.
READERS = {
    "schemas/facts/table_rows.py": "the loader",
    "harness/dryrun/verify/all_cases.py": "verdicts of a bundle, which are compared byte by byte",
}


def test_csv_is_read_by_the_loader_alone() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"csv\.(Dict)?[rR]eader|from csv import", path.read_text(encoding="utf-8"))
    }
    assert found == READERS.keys()
