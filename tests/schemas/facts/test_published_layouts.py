"""The layout of the declarations held against the base standard, where that is at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.schemas.tables_edit import rows

DECLARATIONS = ("WMO303", "JW303", "WMO304", "JW304")
# The records that a declaration and its answer have of the base standard, and its last column.
RECORDS, WIDTH = ("01", "02", "04", "98"), 310
# Typed by hand: what stands elsewhere than in the base standard, or is not in it.
FIRST_SHIFTED = {
    "01": "IDENTIFICATIECODE BETALING AAN",
    "02": "RESERVE",
    "04": "INDICATIE BTW-VRIJSTELLING",
}
Place = tuple[str, str, str, str]


def base_standard(published: Path) -> set[Place]:
    with (published / "aw319_1.4_layout.csv").open(encoding="utf-8", newline="") as file:
        return {(r["record"], r["type"], r["start"], r["end"]) for r in csv.DictReader(file)}


def of_the_message(name: str) -> list[dict[str, str]]:
    return [
        row for row in rows(f"ei20/{name}") if row["record"] in RECORDS and int(row["end"]) <= WIDTH
    ]


@pytest.mark.parametrize("name", DECLARATIONS)
def test_a_field_is_known_from_the_base_standard_only_where_it_stands_there(
    published: Path, name: str
) -> None:
    known = base_standard(published)
    assert len(known) == 93
    for row in of_the_message(name):
        stands = (row["record"], row["type"], row["start"], row["end"]) in known
        assert stands == (row["evidence"] != "D"), row


@pytest.mark.parametrize("name", DECLARATIONS)
def test_what_is_shifted_is_reconstructed(name: str) -> None:
    for record, field in FIRST_SHIFTED.items():
        fields = [row for row in of_the_message(name) if row["record"] == record]
        first = next(place for place, row in enumerate(fields) if row["field"] == field)
        assert {row["evidence"] for row in fields[first:]} == {"D"}
        assert {row["evidence"] for row in fields[:first]} == {"C"}
