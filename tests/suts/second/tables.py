"""The tables as an XML document, for the stylesheets of the second converter.

It reads the facts that the product reads too, and none of the product's code.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tests.paths import ROOT

_TABLES = ROOT / "schemas" / "tables"
_SPACE = "http://www.istandaarden.nl/{}/2_1/{}/schema/2_1"
HEADER, COMMENT, TRAILER = "01", "98", "99"
Row = dict[str, str]
Element = etree._Element


class Type(NamedTuple):
    """A message type: its rows, its codes, and the document for the stylesheets."""

    row: Row
    records: dict[str, Row]
    fields: dict[str, list[Row]]
    layout: Element


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _rules() -> dict[str, Row]:
    return {row["rule"]: row for row in rows("mapping_rules")}


@cache
def _simple() -> dict[str, Row]:
    return {row["type"]: row for row in rows("xml21/simple_types")}


@cache
def types() -> dict[str, Type]:
    """The message types that are converted, by name."""
    return {row["message"]: _type(row) for row in rows("messages") if row["convertible"] == "yes"}


def kept_as_20() -> tuple[str, ...]:
    """The codes of the message types that stay as they are."""
    return tuple(row["berichtcode"] for row in rows("messages") if row["convertible"] == "no")


def _type(row: Row) -> Type:
    name = row["message"]
    records = {item["record"]: item for item in rows("records") if item["message"] == name}
    fields: dict[str, list[Row]] = {code: [] for code in records}
    for field in rows(f"ei20/{name}"):
        rule = _rules()[field["rule"]]
        joined = {f"rule_{column}": value for column, value in rule.items()}
        fields[field["record"]].append(field | joined)
    layout = etree.Element("layout", name=name)
    _Layout(row, records, fields, layout).fill()
    return Type(row, records, fields, layout)


class _Layout:
    """Puts every element of 2.1 in the document, with the fields of 2.0 that it is made of."""

    def __init__(
        self, row: Row, records: dict[str, Row], fields: dict[str, list[Row]], layout: Element
    ) -> None:
        self.row, self.records, self.fields, self.layout = row, records, fields, layout
        self.own = _SPACE.format(row["standard"], row["message"].lower())
        self.base = _SPACE.format(row["standard"], "basisschema")
        self.lists: set[str] = set()
        self.shared: dict[str, list[Row]] = {}
        for item in rows("xml21/complex_types"):
            self.shared.setdefault(item["type"], []).append(item)

    def fill(self) -> None:
        parents: dict[str, Element] = {"": self.layout}
        for row in rows(f"xml21/{self.row['message']}"):
            above, _, name = row["path"].rpartition("/")
            record = self.record_at(row["path"]) or parents[above].get("record", HEADER)
            parents[row["path"]] = self.element(
                parents[above], name, row["path"], row["type"], row["min"], self.own, record
            )
        self.code_lists()
        self.code_maps()

    def record_at(self, path: str) -> str:
        for code, record in self.records.items():
            if path in (record["xml21_container"], record["keyed_container"]):
                return code
        return ""

    def element(
        self, parent: Element, name: str, path: str, kind: str, low: str, space: str, record: str
    ) -> Element:
        element = etree.SubElement(parent, "e", name=name, ns=space, record=record, min=low)
        if self.record_at(path):
            element.set("each", record)
        for row in self.shared.get(kind, ()):
            below = f"{path}/{row['element']}"
            self.element(
                element, row["element"], below, row["element_type"], row["min"], self.base, record
            )
        if kind in _simple():
            self.leaf(element, path, kind)
        self.leave_out(element, path)
        return element

    def leaf(self, element: Element, path: str, kind: str) -> None:
        simple = _simple()[kind]
        listed = Path(simple["codelist"]).stem
        element.set("leaf", simple["base"])
        element.set("list", listed)
        self.lists.add(listed)
        relative = path
        record = self.records[element.get("record", HEADER)]
        for container in (record["keyed_container"], record["xml21_container"]):
            if container and path.startswith(f"{container}/"):
                relative = path.removeprefix(f"{container}/")
                break
        element.set("path", relative)
        for field, rank in self.sources(element.get("record", HEADER), relative):
            self.source(element, field, rank)
        self.only_21(element, path)

    def sources(self, code: str, relative: str) -> Iterator[tuple[Row, int]]:
        codes = [code, TRAILER] if code == HEADER else [code]
        found = [field for item in codes for field in self.fields[item]]
        comment = self.records.get(COMMENT)
        if comment and code in comment["comments_on"].split():
            found += self.fields[COMMENT]
        for field in found:
            for rank, path in enumerate(filter(None, field["xml21_path"].split("|"))):
                if re.sub(r"\[\d\]", "", path) == relative:
                    yield field, rank

    def source(self, element: Element, field: Row, rank: int) -> None:
        listed = field["codelist"] or element.get("list", "")
        self.lists.add(listed)
        item = etree.SubElement(element, "from", record=field["record"], field=field["field"])
        nth = re.search(r"\[(\d)\]", field["xml21_path"])
        for name, value in {
            "type": field["type"],
            "list": listed,
            "role": field["rule_role"],
            "codec": field["rule_codec"],
            "back": field["rule_back"],
            "map": field["rule_map"],
            "fallback": field["rule_fallback"],
            "cut": field["rule_cut"],
            "rank": str(rank),
            "nth": nth[1] if nth else "1",
            "split": "yes" if "|" in field["xml21_path"] else "",
            "message-code": "yes" if field["rule_argument"] == "berichtcode" else "",
        }.items():
            item.set(name, value)

    def only_21(self, element: Element, path: str) -> None:
        for row in rows("only_21"):
            known = row["messages"] == "all" or self.row["message"] in row["messages"].split()
            if known and row["fill"] and f"/{path}".endswith(f"/{row['element']}"):
                for text, name in re.findall(r"([^{}]+)|\{([^{}]+)\}", row["fill"]):
                    record, _, field = name.rpartition("/")
                    etree.SubElement(element, "part", text=text, record=record, field=field)

    def leave_out(self, element: Element, path: str) -> None:
        for row in rows("fills"):
            mine = (row["messages"], row["element"]) == (self.row["role"], path)
            if mine and row["direction"] == "2.0->2.1" and element.get("min") == "0":
                element.set("leave-out", row["value"])

    def code_lists(self) -> None:
        for name in sorted(self.lists - {""}):
            listed = etree.SubElement(self.layout, "list", name=name)
            for row in rows(f"codelists/{name}"):
                if self.row["standard"] in row["standard"].split():
                    etree.SubElement(
                        listed, "code", v=row["code"], in20=row["in_20"], in21=row["in_21"]
                    )

    def code_maps(self) -> None:
        for row in rows("code_maps"):
            etree.SubElement(
                self.layout,
                "map",
                name=row["map"],
                c20=row["code_20"],
                c21=row["code_21"],
                back=row["back"],
            )
