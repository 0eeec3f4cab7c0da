"""Converts elements of 2.1 to records of 2.0 by the words of a layout."""

from __future__ import annotations

from lxml import etree

from tests.suts.by_layout.lines import Lines
from tests.suts.by_layout.shown import HEADER, TRAILER, Json, Layout, Node, Refused, moved, said

_BLANKS = " \t\r\n"


def message_20(layout: Layout, element: etree._Element) -> str:
    """The 2.0 message of a 2.1 message; raises Refused."""
    root = Node(HEADER)
    _read(layout, element, "", root)
    _fill(layout, root, {})
    return Lines(layout).message(root)


def _read(layout: Layout, element: etree._Element, path: str, node: Node) -> None:
    for item in element.iterchildren(tag=etree.Element):
        own = f"{path}/{etree.QName(item).localname}".removeprefix("/")
        if own in layout.classes:
            child = Node(layout.classes[own])
            node.children.append(child)
            _read(layout, item, own, child)
        elif own in layout.below:
            _read(layout, item, own, node)
        else:
            text = "".join(item.xpath("text()"))
            node.texts.setdefault(own, []).append(_canonical(layout.elements[own], text))


def _canonical(row: Json, text: str) -> str:
    if row["base"] == "string":
        return text
    text = text.strip(_BLANKS)
    if row["base"] != "integer" or not text:
        return text
    listed = row["codes"]["labels"] if row["codes"] else ()
    return next((code for code in listed if int(code) == int(text)), str(int(text)))


def _fill(layout: Layout, node: Node, above: dict[str, str]) -> None:
    """Fill the fields of a record and of all below it; `above` has those that they repeat."""
    records = (HEADER, TRAILER) if node.record == HEADER else (node.record,)
    rows = [row for record in records for row in layout.of(record)]
    for row in rows:
        if row["from_21"]["kind"] in ("kept", "cut"):
            node.fields[row["name"]] = _field(layout, row, node)
    for names in layout.together(node.record):
        if len({bool(node.fields[name]) for name in names}) > 1:
            raise Refused(f"{names} are not filled together")
    # What is filled in may be that of this record or of one above it.
    node.above = above | {f"{row['record']}/{row['name']}": "" for row in rows}
    _add_above(node, rows)
    for row in rows:
        if row["from_21"]["kind"] == "filled":
            node.fields[row["name"]] = _filled_in(row["from_21"]["words"], node)
    _add_above(node, rows)
    for child in node.children:
        _fill(layout, child, node.above)


def _add_above(node: Node, rows: list[Json]) -> None:
    for row in rows:
        if row["name"] in node.fields:
            node.above[f"{row['record']}/{row['name']}"] = node.fields[row["name"]]


def _filled_in(words: list[str], node: Node) -> str:
    if match := said(words, "`(.*)` if (.*) is filled, otherwise `(.*)`"):
        return match[1] if node.fields[match[2]] else match[3]
    if match := said(words, "(.*) of record (..)"):
        return node.above[f"{match[2]}/{match[1]}"]
    match = said(words, "`(.*)`")
    return match[1] if match else ""


def _field(layout: Layout, row: Json, node: Node) -> str:
    """The text of a field without its padding; empty if it is absent."""
    paths = layout.paths[f"{row['record']} {row['name']}"]
    found = [text for path in paths for text in node.texts.get(path, ())]
    names = [item["name"] for item in layout.of(row["record"]) if _is_like(item, row)]
    # Fields of one element take its texts in turn; else a second one is lost.
    if len(names) > 1 and len(found) > len(names):
        raise Refused(f"more than {len(names)} of {row['name']}")
    text = "".join(found[names.index(row["name"]) :][:1])
    words = row["from_21"]["words"]
    if match := said(words, "`(.*)` if the element is absent"):
        text = text or match[1]
    return _notation(row, words, text) if text else ""


def _is_like(one: Json, other: Json) -> bool:
    return bool(one["from_21"]["places"] == other["from_21"]["places"])


def _notation(row: Json, words: list[str], text: str) -> str:
    if text in moved(words):
        return moved(words)[text]
    if (match := said(words, "lost, field blank: (.*)")) and text in match[1].split(", "):
        return ""
    if match := said(words, r"a code that 2\.0 lacks \(.*\) becomes `(.*)`"):
        return text if text in row["codes"]["labels"] else match[1]
    if match := said(words, r"cut after (\d+) characters"):
        text = text[: int(match[1])]
    if said(words, "EEJJ-MM-DD becomes EEJJMMDD|UU:MM:SS becomes UUMMSS"):
        text = text.replace("-", "").replace(":", "")
    if row["type"] == "AN" and text.startswith(" "):
        raise Refused(f"{row['name']} starts with a space")
    return text.rstrip(" ") if row["type"] == "AN" else text.lstrip("0").zfill(row["length"])
