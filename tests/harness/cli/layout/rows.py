"""The tables as the tests read them: plain CSV, without the loaders of the product."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from tests.paths import ROOT

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table below `schemas/tables`."""
    with (ROOT / "schemas" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def standard(message: str) -> str:
    return "iwmo" if message.startswith("WMO") else "ijw"


def records(message: str) -> list[Row]:
    return [row for row in table("records") if row["message"] == message]


def paths(message: str, field: Row) -> list[str]:
    """The elements of a field, from below the root."""
    if field["record"] == "98":
        comment = next(row for row in records(message) if row["record"] == "98")
        codes = comment["comments_on"].split()
    else:
        codes = [field["record"]]
    containers = {row["record"]: row["xml21_container"] for row in records(message)}
    found = []
    for code in codes:
        for path in filter(None, field["xml21_path"].split("|")):
            place = path.partition("[")[0]
            is_whole = place.startswith("Header/") or not containers[code]
            found.append(place if is_whole else f"{containers[code]}/{place}")
    return found


class Element(NamedTuple):
    """An element; `pattern` and `highest` restrict its type."""

    path: str
    times: str
    type: str
    pattern: str
    highest: str


def elements(message: str) -> list[Element]:
    """The elements of a message type, complex types unfolded, in order."""
    found: list[Element] = []
    for row in table(f"xml21/{message}"):
        found += _unfolded(row["path"], row, row["type"])
    return found


def _unfolded(path: str, row: Row, kind: str) -> list[Element]:
    own = (row["fixed_pattern"], row.get("highest_value", ""))
    found = [Element(path, f"{row['min']}..{row['max']}", kind, *own)]
    for child in table("xml21/complex_types"):
        if kind and child["type"] == kind:
            found += _unfolded(f"{path}/{child['element']}", child, child["element_type"])
    return found


def codes(name: str, message: str, release: str) -> list[str]:
    """The codes of a list that a release has, in the standard of a message type."""
    column = "in_20" if release == "2.0" else "in_21"
    return [
        row["code"]
        for row in table(f"codelists/{name}")
        if standard(message) in row["standard"].split() and row[column] != "no"
    ]
