"""The records of 2.0 for the second converter: cut to pieces, and put together again."""

from __future__ import annotations

from collections import Counter
from functools import cache

from lxml import etree

from tests.suts.second.tables import COMMENT, HEADER, TRAILER, Element, Row, Type, rows, types

_LINE = 140


def _is_absent(kind: Type, field: Row, raw: str, known: dict[str, str]) -> bool:
    if field["type"] == "AN":
        return not raw.strip(" ")
    if field["rule_absent"].startswith("with "):
        return not known[field["rule_absent"].removeprefix("with ")].strip("0 ")
    if field["rule_absent"] == "never" or raw.strip("0"):
        return False
    return not _zero_is_code(kind.row["message"], field["record"], field["field"], raw)


@cache
def _zero_is_code(name: str, record: str, field: str, zero: str) -> bool:
    """Whether zeros are a code of the list of a field, and so do not say that it is absent."""
    layout = types()[name].layout
    found = layout.find(f".//from[@record='{record}'][@field='{field}']")
    (listed,) = {f["codelist"] for f in types()[name].fields[record] if f["field"] == field}
    listed = listed or ("" if found is None else found.get("list", ""))
    code = layout.find(f"list[@name='{listed}']/code[@v='{zero}']") if listed else None
    return code is not None and code.get("in20") != "no"


def _cut(kind: Type, line: str) -> tuple[str, dict[str, str]]:
    fields = kind.fields.get(line[:2])
    if fields is None or len(line) != int(kind.row["ei_record_length"]):
        raise ValueError(f"a record of kind {line[:2]!r} and length {len(line)}")
    raw = {f["field"]: line[int(f["start"]) - 1 : int(f["end"])] for f in fields}
    return line[:2], raw


def _record(kind: Type, code: str, raw: dict[str, str]) -> Element:
    record = etree.Element("r", c=code)
    for field in kind.fields[code]:
        if not _is_absent(kind, field, raw[field["field"]], raw):
            etree.SubElement(record, "f", n=field["field"]).text = raw[field["field"]].rstrip(" ")
    return record


def _holder(kind: Type, code: str, raw: dict[str, str], last: dict[str, Element]) -> Element:
    """The record below which one stands: that of its owner, if it names one."""
    row = kind.records[code]
    owner = last[row["parent"]] if row["parent"] else last[HEADER]
    key = raw.get(row["key"], "").strip()
    for item in owner if key else ():
        if item.tag == "r" and item.findtext(f"f[@n='{row['key']}']") == key:
            return item
    if key:
        raise ValueError(f"no owner {key!r} for a record {code}")
    return owner


def records_of(kind: Type, text: str) -> Element:
    """The records of a message, each below its owner; raises ValueError."""
    last: dict[str, Element] = {}
    current: Element | None = None
    for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n"):
        code, raw = _cut(kind, line)
        if code == COMMENT and current is not None:
            _comment(kind, current, raw)
            continue
        record = _record(kind, code, raw)
        if current is not None:
            _holder(kind, code, raw, last).append(record)
        last[code] = current = record
    if current is None or current.get("c") != TRAILER:
        raise ValueError("the last record is missing")
    for item in last[HEADER].iter("f"):
        item.text = (item.text or "").rstrip(" ")
    return last[HEADER]


def _comment(kind: Type, current: Element, raw: dict[str, str]) -> None:
    """Add the text of a comment behind what was said of the record before."""
    (field,) = (f for f in kind.fields[COMMENT] if f["rule_role"] == "comment-text")
    said = current.find(f"f[@n='{field['field']}']")
    if said is None:
        said = etree.SubElement(current, "f", n=field["field"])
    said.text = (said.text or "") + raw[field["field"]]


class _Writer:
    """Writes record after record, and knows what stands above each."""

    def __init__(self, kind: Type) -> None:
        self.kind = kind
        self.lines: list[str] = []
        self.counts: Counter[str] = Counter()
        self.number = 0

    def record(self, node: Element, above: dict[str, str], owner: str) -> None:
        code = node.get("c", "")
        self.number += code != HEADER
        values = _values(node, code)
        above = self.line(code, values, above, owner)
        if code != HEADER:
            self.counts[code] += 1
        self.comments(_values(node, COMMENT))
        children = [child for child in node if child.tag == "r"]
        kinds = [item for item, row in self.kind.records.items() if row["parent"] == code]
        for below in kinds:
            self.owned(children, below, above)
            for child in children:
                if child.get("c") == below:
                    self.record(child, above, "")

    def owned(self, children: list[Element], below: str, above: dict[str, str]) -> None:
        key = self.kind.records[below]["key"]
        taken: set[str] = set()
        for owner in children if key else ():
            for child in owner.findall(f"r[@c='{below}']"):
                named = _values(owner, owner.get("c", "")).get(key, "")
                if not named or named in taken:
                    raise ValueError(f"an owner of a record {below} with {key} {named!r}")
                taken.add(named)
                self.record(child, above, named)

    def line(
        self, code: str, values: dict[str, str], above: dict[str, str], owner: str
    ) -> dict[str, str]:
        known, line = dict(above), ""
        for field in self.kind.fields[code]:
            value = self.value(field, values, known, owner)
            known[f"{code}/{field['field']}"] = value
            line += _padded(field, value)
        self.lines.append(line)
        return known

    def value(self, field: Row, values: dict[str, str], known: dict[str, str], owner: str) -> str:
        role, argument, back = (field[f"rule_{n}"] for n in ("role", "argument", "back"))
        if role == "constant":
            return argument
        if role == "count":
            return str(self.counts.total() if argument == "*" else self.counts[argument])
        if role in ("sequence", "comment-of"):
            return str(self.number)
        if role == "owner":
            return owner
        if role == "equal" or (role == "drop" and "/" in argument):
            return known.get(argument, "")
        if role == "drop":
            filled, _, empty = back.partition("|")
            return filled if not argument or values.get(argument) else empty
        return values.get(field["field"], "")

    def comments(self, values: dict[str, str]) -> None:
        for text in values.values():
            for place in range(0, len(text), _LINE):
                fields = self.kind.fields[COMMENT]
                named = {f["field"]: text[place : place + _LINE] for f in fields}
                named |= {
                    f["field"]: str(place // _LINE + 1)
                    for f in fields
                    if f["rule_role"] == "comment-line"
                }
                self.line(COMMENT, named, {}, "")
                self.counts[COMMENT] += 1


def _values(node: Element, record: str) -> dict[str, str]:
    """The values for a kind of record; of two for one field the first in the mapping wins."""
    found = sorted(node.findall(f"f[@r='{record}']"), key=lambda f: -int(f.get("rank", "0")))
    return {f.get("n", ""): f.text or "" for f in found if f.text}


def _padded(field: Row, value: str) -> str:
    length = int(field["length"])
    if field["rule_role"] == "reserve":
        return " " * length
    if field["type"] == "N":
        value = value.lstrip("0").zfill(length)
        if not (value.isascii() and value.isdigit()):
            raise ValueError(f"{value!r} is no number for {field['field']}")
    value = value.ljust(length)
    if len(value) > length:
        raise ValueError(f"{value!r} is too long for {field['field']}")
    return value


def text_of(kind: Type, root: Element) -> str:
    """The text of a message of which the records are nested; raises ValueError."""
    writer = _Writer(kind)
    for row in rows("fills"):
        if row["messages"] == kind.row["role"] and row["direction"] == "2.1->2.0":
            known = _values(root, HEADER)
            if row["field"] not in known:
                item = etree.SubElement(root, "f", r=HEADER, n=row["field"], rank="0")
                item.text = row["value"]
    writer.record(root, {}, "")
    writer.line(TRAILER, _values(root, TRAILER), {}, "")
    return "".join(f"{line}\r\n" for line in writer.lines)
