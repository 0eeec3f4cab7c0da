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
# Typed by hand: the version is that of another standard, and no source makes this code mandatory.
DBC_OF_OUR_OWN = {
    "VERSIENUMMER BERICHTSTANDAARD",
    "SUBVERSIENUMMER BERICHTSTANDAARD",
    "INSTELLINGSCODE",
}
Place = tuple[str, str, str, str]


def base_standard(published: Path, name: str = "aw319_1.4") -> set[Place]:
    with (published / f"{name}_layout.csv").open(encoding="utf-8", newline="") as file:
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


def place(row: dict[str, str]) -> Place:
    return row["record"], row["type"], row["start"], row["end"]


def test_a_dbc_declaration_has_the_fields_of_its_base_standard_and_no_others(
    published: Path,
) -> None:
    known = base_standard(published, "gz321_1.0")
    assert len(known) == 174
    fields = list(rows("ei20/JW321"))
    assert {place(row) for row in fields} == known
    assert len(fields) == len(known)
    assert {row["field"] for row in fields if row["evidence"] != "C"} == DBC_OF_OUR_OWN


def test_what_a_dbc_return_adds_is_reconstructed(published: Path) -> None:
    known = base_standard(published, "gz321_1.0")
    for row in rows("ei20/JW322"):
        if place(row) not in known:
            assert row["evidence"] == "D", row
        if int(row["start"]) > WIDTH:
            assert place(row) not in known
