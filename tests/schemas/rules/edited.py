"""A golden message with some values changed, in either release.

In 2.1 an edit names a path below the root (`Clienten/Client[2]/Bsn`), in 2.0 a record by its
number in the file and a field (`5 BSN`). An empty text takes the element or the value away; an
element that is not there yet is put where the schema has it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from lxml import etree

import schemas.facts.table_rows
from tests.paths import GOLDEN

CR_LF = "\r\n"
Edits = Mapping[str, str]
_STEP = re.compile(r"([A-Za-z0-9]+)(?:\[([0-9]+)\])?")


def _rows(table: str) -> list[dict[str, str]]:
    with (schemas.facts.table_rows.TABLES / f"{table}.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


@cache
def _fields(name: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["record"], row["field"]): row for row in _rows(f"ei20/{name}")}


@cache
def _order(name: str) -> dict[str, list[str]]:
    """For each element the names of those in it, in the order of the schema."""
    types: dict[str, list[dict[str, str]]] = {}
    for row in _rows("xml21/complex_types"):
        types.setdefault(row["type"], []).append(row)
    found: dict[str, list[str]] = {}

    def expand(path: str, kind: str) -> None:
        for row in types.get(kind, ()):
            found.setdefault(path, []).append(row["element"])
            expand(f"{path}/{row['element']}", row["element_type"])

    for row in _rows(f"xml21/{name}"):
        parent, _, element = row["path"].rpartition("/")
        found.setdefault(parent, []).append(element)
        expand(row["path"], row["type"])
    return found


def ei(name: str, edits: Edits) -> bytes:
    """A golden message of release 2.0, changed."""
    records = (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1").split(CR_LF)
    for place, value in edits.items():
        number, _, field = place.partition(" ")
        record = records[int(number) - 1]
        row = _fields(name)[record[:2], field]
        blank = "0" if row["type"] == "N" else " "
        text = value.ljust(int(row["length"]), blank) if row["type"] == "AN" or not value else value
        assert len(text) == int(row["length"]), place
        start = int(row["start"]) - 1
        changed = record[:start] + text + record[start + len(text) :]
        assert changed != record, place
        records[int(number) - 1] = changed
    return CR_LF.join(records).encode("iso-8859-1")


def xml(name: str, edits: Edits) -> bytes:
    """A golden message of release 2.1, changed."""
    root = etree.fromstring((GOLDEN / f"{name}.xml").read_bytes())
    for path, value in edits.items():
        element = _found(name, root, path, bool(value))
        if value:
            assert element.text != value, path
            element.text = value
        else:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _found(name: str, root: etree._Element, path: str, make: bool) -> etree._Element:
    element, plain = root, ""
    for step in path.split("/"):
        match = _STEP.fullmatch(step)
        assert match, path
        tag, place = match[1], int(match[2] or 1)
        same = [child for child in element if etree.QName(child).localname == tag]
        assert len(same) >= place or (make and place == 1), path
        element = same[place - 1] if same else _made(name, element, plain, tag)
        plain = f"{plain}/{tag}".lstrip("/")
    return element


def _made(name: str, parent: etree._Element, plain: str, tag: str) -> etree._Element:
    """A new element where the schema has it."""
    order = _order(name)[plain]
    own = {row["path"] for row in _rows(f"xml21/{name}")}
    prefix = name.lower() if f"{plain}/{tag}".lstrip("/") in own else _base(name)
    element = etree.Element(f"{{{parent.nsmap[prefix]}}}{tag}")
    before = order[: order.index(tag)]
    index = sum(etree.QName(child).localname in before for child in parent)
    parent.insert(index, element)
    return element


def _base(name: str) -> str:
    return "ijw" if name.startswith("JW") else "iwmo"
