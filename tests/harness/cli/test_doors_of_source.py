"""Nothing but the one opener opens a file from outside, and nothing but the one printer prints.

What opens the project's own files, or prints in another way, has a row with its reason in
`doors_of_source.csv`; what it does not name is a fault.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.cli.doors_of_source import modules, opened, printed

TABLE = Path(__file__).parent / "doors_of_source.csv"
Finder = Callable[[ast.AST], Iterator[tuple[str, str]]]
FINDERS: dict[str, Finder] = {"opens": opened, "prints": printed}


def _rows(does: str) -> set[tuple[str, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file, strict=True) if row["does"] == does]
    assert all(row["reason"].strip() for row in found)
    return {(row["module"], row["where"], row["name"]) for row in found}


@pytest.mark.parametrize("does", FINDERS)
def test_what_opens_or_prints_by_itself_has_a_row_with_its_reason(does: str) -> None:
    found = {(name, *place) for name, tree in modules() for place in FINDERS[does](tree)}
    assert len(found) > 5
    assert found - _rows(does) == set(), "go by schemas/outside.py or harness/cli/shared/output.py"
    assert _rows(does) - found == set(), "remove the row"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("path.open('rb')", "open"),
        ("open(path)", "open"),
        ("io.open(path)", "open"),
        ("os.open(path, os.O_RDONLY)", "open"),
        ("Path(name).read_bytes()", "read_bytes"),
        ("(folder / name).read_text(encoding='utf-8')", "read_text"),
        ("list(map(Path.read_bytes, paths))", "read_bytes"),
        ("sorted(paths, key=open)", "open"),
        ("FileIO(path)", "FileIO"),
        ("zipfile.ZipFile(path)", "ZipFile"),
        ("etree.parse(path)", "etree.parse"),
        ("with path.open() as file: pass", "open"),
        ("shutil.copy(one, other)", "shutil.copy"),
        ("from shutil import copy", "shutil.copy"),
        ("from io import FileIO as F", "FileIO"),
    ],
)
def test_a_new_file_that_is_opened_is_seen(source: str, name: str) -> None:
    body = f"class Some:\n    def new(self):\n        {source}\n"
    assert ("Some.new", name) in set(opened(ast.parse(body)))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("print(text)", "print"),
        ("click.echo(text)", "echo"),
        ("click.secho(text, err=True)", "secho"),
        ("sys.stdout.write(text)", "sys.stdout"),
        ("sys.stderr.buffer.write(data)", "sys.stderr"),
        ("file = sys.stdout", "sys.stdout"),
        ("from sys import stderr", "sys.stderr"),
        ("Console(stderr=True)", "Console"),
        ("os.write(2, data)", "os.write"),
        ("traceback.print_exc()", "print_exc"),
        ("for_each(texts, print)", "print"),
    ],
)
def test_a_new_text_that_is_printed_is_seen(source: str, name: str) -> None:
    assert ("new", name) in set(printed(ast.parse(f"def new():\n    {source}\n")))


@pytest.mark.parametrize(
    "source", ["process.stdout.read()", "console.print(text)", "self.open = 1", "opened(path)"]
)
def test_what_is_neither_is_not_taken_for_it(source: str) -> None:
    tree = ast.parse(source)
    assert [*opened(tree), *printed(tree)] == []
