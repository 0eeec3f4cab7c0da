"""The facts that tests hold messages against: read straight from the tables, and cut by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from tests.paths import ROOT

TABLES = ROOT / "schemas" / "tables"
XSDS = ROOT / "schemas" / "xsd"
CONVERTED = [
    f"{standard}{number}"
    for standard in ("WMO", "JW")
    for number in (301, 302, 303, 304, 305, 306, 307, 308, 315, 316)
]
ALL = [*CONVERTED, "JW321", "JW322"]
DECLARATIONS = ["WMO303", "WMO304", "JW303", "JW304"]
Row = dict[str, str]


@dataclass(frozen=True)
class Element:
    """An element of 2.1: its type, and how often it stands in its parent (`most` -1: any)."""

    path: str
    kind: str
    least: int
    most: int


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def standard(message: str) -> str:
    return "ijw" if message.startswith("JW") else "iwmo"


def xsd(message: str) -> Path:
    return XSDS / standard(message) / f"{message.lower()}.xsd"


@cache
def record_length(message: str) -> int:
    return next(
        int(row["ei_record_length"]) for row in rows("messages") if row["message"] == message
    )


@cache
def fields(message: str, record: str) -> tuple[Row, ...]:
    return tuple(row for row in rows(f"ei20/{message}") if row["record"] == record)


def records(data: bytes) -> list[tuple[str, Row]]:
    """The records of a 2.0 message in order: the kind, and the raw text of each field by name."""
    lines = data.decode("iso-8859-1").split("\r\n")
    assert lines.pop() == "", "the last record ends with CR LF"
    kinds: dict[str, str] = {line[:2]: "" for line in lines}
    message = message_of(lines[0])
    cuts = {kind: fields(message, kind) for kind in kinds}
    return [
        (
            line[:2],
            {row["field"]: line[int(row["start"]) - 1 : int(row["end"])] for row in cuts[line[:2]]},
        )
        for line in lines
    ]


@cache
def _codes() -> dict[str, str]:
    return {
        code: row["message"] for row in rows("messages") for code in row["berichtcode"].split("|")
    }


def message_of(first_record: str) -> str:
    return _codes()[first_record[2:5]]


def blank(row: Row) -> str:
    return ("0" if row["type"] == "N" else " ") * int(row["length"])


@cache
def simple_types() -> dict[str, Row]:
    return {row["type"]: row for row in rows("xml21/simple_types")}


@cache
def elements(message: str) -> dict[str, Element]:
    """The elements of a 2.1 message by path, those of the shared types filled in."""
    shared: dict[str, list[Row]] = {}
    for row in rows("xml21/complex_types"):
        shared.setdefault(row["type"], []).append(row)

    def walk(path: str, kind: str, least: str, most: str) -> Iterator[Element]:
        yield Element(path, kind, int(least), -1 if most in ("", "*", "unbounded") else int(most))
        for row in shared.get(kind, ()):
            yield from walk(f"{path}/{row['element']}", row["element_type"], row["min"], row["max"])

    return {
        element.path: element
        for row in rows(f"xml21/{message}")
        for element in walk(row["path"], row["type"], row["min"], row["max"])
    }


def root(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def children(element: etree._Element) -> dict[str, str]:
    """The texts of the elements below an element, by name."""
    return {local(child): child.text or "" for child in element}


def walk(element: etree._Element, path: str = "") -> Iterator[tuple[str, etree._Element]]:
    """The elements below an element with their paths, parents first."""
    for child in element:
        below = f"{path}/{local(child)}" if path else local(child)
        yield below, child
        yield from walk(child, below)
