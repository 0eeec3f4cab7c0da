"""The changes of `make facts`: each is another fact, the same for a seed, and told when noticed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.facts import changed_copy
from tests.facts.changed_copy import ChangedCopy
from tests.facts.changes import Change, changes, kinds, read, sample, written
from tests.facts.known import reason
from tests.facts.ways import WAYS, Rows
from tests.paths import ROOT

SCHEMAS = ROOT / "schemas"
FIELD = {"record": "01", "length": "3", "start": "1", "end": "3", "xml21_path": "A"}
NEXT = {"record": "01", "length": "2", "start": "4", "end": "5", "xml21_path": "B"}
ONE, OTHER = {"path": "A/B", "type": "T"}, {"path": "A/C", "type": "U"}
# The way, the rows, the column, and the rows then; the first row is changed.
CHANGED: dict[str, tuple[Rows, str, Rows]] = {
    "another": ([{"a": "1"}, {"a": "2"}], "a", [{"a": "2"}, {"a": "2"}]),
    "swap": (
        [FIELD, NEXT], "xml21_path", [FIELD | {"xml21_path": "B"}, NEXT | {"xml21_path": "A"}],
    ),
    "boundary": (
        [FIELD, NEXT], "length",
        [FIELD | {"length": "4", "end": "4"}, NEXT | {"length": "1", "start": "5"}],
    ),
    "order": ([ONE, OTHER], "path", [OTHER, ONE]),
    "bound": ([{"min": "0", "max": "1"}], "max", [{"min": "0", "max": "*"}]),
    "grade": ([{"a": "B"}], "a", [{"a": "C"}]),
    "flag": ([{"a": "no"}], "a", [{"a": "yes"}]),
    "code": ([{"a": "0200"}, {"a": "0201"}], "a", [{"a": "0202"}, {"a": "0201"}]),
    "day": ([{"a": "2017-05-31T08:00"}], "a", [{"a": "2017-06-01T08:00"}]),
    "expression": ([{"a": "at_least(A, 5)"}], "a", [{"a": "at_most(A, 5)"}]),
    "text": ([{"a": "Ja"}], "a", [{"a": "Ja x"}]),
    "drop": ([{"a": "1"}, {"a": "2"}], "a", [{"a": "2"}]),
}  # fmt: skip


@pytest.mark.parametrize("way", CHANGED)
def test_a_way_changes_what_it_says(way: str) -> None:
    rows, column, then = CHANGED[way]
    changed = [dict(row) for row in rows]
    assert WAYS[way](changed, 0, column, Random(1))
    assert changed == then


def test_a_number_is_higher_and_a_word_is_gone() -> None:
    number, words = [{"a": "12"}], [{"a": "301 303 305"}]
    assert WAYS["number"](number, 0, "a", Random(1))
    assert number[0]["a"] in ("13", "18")
    assert WAYS["word"](words, 0, "a", Random(1))
    assert words[0]["a"] in ("303 305", "301 305", "301 303")
    assert {*CHANGED, "number", "word"} == set(WAYS)


@pytest.mark.parametrize(
    ("way", "row"),
    [("another", {"a": "1"}), ("number", {"a": ""}), ("code", {"a": ""}), ("day", {"a": ""}),
     ("word", {"a": ""}), ("drop", {"a": "1"})],
)  # fmt: skip
def test_what_has_nothing_to_change_is_left_alone(way: str, row: dict[str, str]) -> None:
    assert not WAYS[way]([dict(row)], 0, "a", Random(1))


@pytest.mark.parametrize("kind", kinds(), ids=" ".join)
def test_every_kind_of_change_has_a_row_to_change(kind: tuple[str, str, str]) -> None:
    change = next(changes(SCHEMAS, kind, 1))
    rows = change.made(SCHEMAS, 1)
    assert rows
    assert rows != read(SCHEMAS / f"{change.table}.csv")


def test_a_sample_has_each_kind_in_turn_and_is_that_of_its_seed() -> None:
    first = sample(SCHEMAS, 1, len(kinds()))
    assert len({(change.column, change.way, _family(change)) for change in first}) == len(kinds())
    assert sample(SCHEMAS, 1, 20) == first[:20]
    assert sample(SCHEMAS, 2, 20) != first[:20]


def _family(change: Change) -> str:
    """The tables of the same form: those of a folder, but for the shared types."""
    folder, _, name = change.table.rpartition("/")
    alone = folder in ("tables", "rules") or name.endswith("_types")
    return change.table if alone else folder


def test_a_table_is_written_as_it_was_read(tmp_path: Path) -> None:
    for path in SCHEMAS.rglob("*.csv"):
        copy = tmp_path / "table.csv"
        copy.write_text(written(read(path)), encoding="utf-8")
        assert read(copy) == read(path)


def test_what_a_test_notices_is_told_and_what_none_notices_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grades = "tests/schemas/facts/test_grades.py"
    monkeypatch.setattr(changed_copy, "HOLDING", ((grades,),))
    copy = ChangedCopy(tmp_path)
    before = (copy.root / "schemas/tables/headers.csv").read_bytes()
    assert copy.failing() == ""
    assert grades in copy.told(Change("tables/headers", 0, "evidence", "grade"), 1)
    assert copy.told(Change("tables/headers", 0, "messages", "word"), 1) == ""
    assert "TABLE-MAPPING" in copy.told(Change("tables/only_21", 0, "element", "drop"), 1)
    assert (copy.root / "schemas/tables/headers.csv").read_bytes() == before


def test_what_may_go_unnoticed_is_there_and_has_a_reason() -> None:
    known = read(Path(__file__).with_name("unnoticed.csv"))
    assert all(row["reason"] for row in known)
    found = {
        reason(SCHEMAS, change)
        for kind in kinds()
        for change in changes(SCHEMAS, kind, 1)
        if (change.column, change.way) in {(row["column"], row["change"]) for row in known}
    }
    assert {row["reason"] for row in known} <= found
