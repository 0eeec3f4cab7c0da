"""What the second converter refuses: records that break the layout of 2.0, XML that breaks its XSD.

It reads the facts that the product reads too, and none of the product's code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from lxml import etree

from tests.paths import ROOT
from tests.suts.second.tables import COMMENT, HEADER, TRAILER, Element, Row, Type, rows, types

_XSD = ROOT / "schemas" / "xsd"
_TEXT = re.compile("[\x20-\x7e\xa0-\xff]*")
_FORMS = {"date": ("%Y%m%d", 8), "time": ("%H%M%S", 6)}
# A record: its kind and what its fields hold.
Line = tuple[str, dict[str, str]]


@cache
def _schema(space: str) -> etree.XMLSchema:
    for path in _XSD.rglob("*.xsd"):
        root = etree.parse(path).getroot()
        if root.get("targetNamespace") == space:
            return etree.XMLSchema(etree.parse(path))
    raise ValueError(f"no XSD for {space}")


def check_xml(root: Element) -> None:
    """Refuse a message that breaks its XSD; raises ValueError."""
    schema = _schema(etree.QName(root).namespace or "")
    if not schema.validate(root):
        raise ValueError(str(schema.error_log[0].message))


@cache
def _codes(name: str, record: str, field: str) -> frozenset[str]:
    """The codes that a field of 2.0 may hold; none where it is free."""
    kind = types()[name]
    (own,) = (item for item in kind.fields[record] if item["field"] == field)
    found = kind.layout.find(f".//from[@record='{record}'][@field='{field}']")
    listed = own["codelist"] or ("" if found is None else found.get("list", ""))
    if not listed or own["rule_argument"] == "berichtcode":
        return frozenset()
    return frozenset(
        row["code"]
        for row in rows(f"codelists/{listed}")
        if row["in_20"] != "no" and kind.row["standard"] in row["standard"].split()
    )


def _blank(field: Row) -> str:
    return ("0" if field["type"] == "N" else " ") * int(field["length"])


@cache
def _zero_is_value(name: str, record: str, field: str) -> bool:
    (own,) = (item for item in types()[name].fields[record] if item["field"] == field)
    is_value = own["rule_absent"] == "never" or own["rule_absent"].startswith("with ")
    return own["type"] == "N" and (is_value or _blank(own) in _codes(name, record, field))


def _check_field(kind: Type, code: str, field: Row, raw: str) -> str:
    role, blank = field["rule_role"], _blank(field)
    if role == "constant":
        return "" if raw == field["rule_argument"] else "another value"
    if role == "reserve":
        return "" if raw == blank else "not blank"
    if not (raw.isascii() and raw.isdigit() if field["type"] == "N" else _TEXT.fullmatch(raw)):
        return "a character that it may not hold"
    if field["type"] == "AN" and role != "comment-text" and raw[0] == " " and raw.strip(" "):
        return "a text that does not start at the left"
    return _check_value(kind, code, field, raw) if role in ("value", "drop") else ""


def _check_value(kind: Type, code: str, field: Row, raw: str) -> str:
    name, blank = kind.row["message"], _blank(field)
    if raw == blank and not _zero_is_value(name, code, field["field"]):
        back = field["rule_back"]
        may_be_blank = field["rule_role"] == "drop" and (back == blank or "|0" in back)
        return "no value" if field["presence"] == "M" and not may_be_blank else ""
    codes = _codes(name, code, field["field"])
    with_other = field["rule_absent"].startswith("with ")
    if codes and raw.rstrip(" ") not in codes and not (with_other and raw == blank):
        return "a code that is in no list"
    form, length = _FORMS.get(field["rule_codec"], ("", 0))
    if form and raw != "0" * 8:
        try:
            datetime.strptime(raw[:length], form)
        except ValueError:
            return f"no {field['rule_codec']}"
    return ""


def _lines(kind: Type, text: str) -> Iterator[Line]:
    for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n"):
        fields, length = kind.fields.get(line[:2]), int(kind.row["ei_record_length"])
        if fields is None or len(line) != length:
            raise ValueError(f"a record of kind {line[:2]!r} and length {len(line)}")
        held = {}
        for field in fields:
            raw = line[int(field["start"]) - 1 : int(field["end"])]
            if wrong := _check_field(kind, line[:2], field, raw):
                raise ValueError(f"{field['field']} of record {line[:2]}: {wrong}: {raw!r}")
            held[field["field"]] = raw
        yield line[:2], held


def check_records(kind: Type, text: str) -> None:
    """Refuse a message that breaks the layout of 2.0; raises ValueError."""
    lines = list(_lines(kind, text))
    _check_keys(kind, lines)
    _check_numbers(kind, lines)
    _check_places(kind, lines)
    _check_counts(kind, lines)
    _check_totals(kind, lines)
    for code, held in lines:
        _check_halves(kind, code, held)


def _named(kind: Type, code: str, role: str) -> str:
    """The field of a record with a role."""
    return next((f["field"] for f in kind.fields[code] if f["rule_role"] == role), "")


def _check_keys(kind: Type, lines: list[Line]) -> None:
    last: dict[str, dict[str, str]] = {}
    for code, held in lines:
        last[code] = held
        for field in kind.fields[code]:
            owner, _, name = field["rule_argument"].partition("/")
            if field["rule_role"] == "equal" and held[field["field"]] != last[owner][name]:
                raise ValueError(f"{field['field']} of record {code} is not that of {owner}")


def _check_numbers(kind: Type, lines: list[Line]) -> None:
    number, line = 0, 0
    for code, held in lines:
        if code in (HEADER, TRAILER):
            continue
        if code == COMMENT:
            line += 1
            told = held[_named(kind, code, "comment-of")], held[_named(kind, code, "comment-line")]
            if tuple(map(int, told)) != (number, line):
                raise ValueError(f"a comment with the numbers {told}")
            continue
        found, line = int(held[_named(kind, code, "sequence")]), 0
        if found <= number or (kind.row["role"] == "heen" and found != number + 1):
            raise ValueError(f"record {code} has number {found} behind {number}")
        number = found


def _check_places(kind: Type, lines: list[Line]) -> None:
    """Each record behind one that it may stand below, as often as it may."""
    open_, counted = [HEADER], [Counter[str]()]
    for code, held in lines[1:]:
        if code in (COMMENT, TRAILER):
            continue
        parent = kind.records[code]["parent"]
        while open_ and open_[-1] != parent:
            _close(kind, open_.pop(), counted.pop())
        if not open_:
            raise ValueError(f"record {code} stands in the wrong place")
        key = kind.records[code]["key"]
        counted[-1][f"{code} owned" if key and held[key].strip() else code] += 1
        open_.append(code)
        counted.append(Counter())
    while open_:
        _close(kind, open_.pop(), counted.pop())
    if [code for code, _ in lines].count(TRAILER) != 1 or lines[-1][0] != TRAILER:
        raise ValueError("the last record is not where it must be")


def _close(kind: Type, code: str, counted: Counter[str]) -> None:
    for below, row in kind.records.items():
        if row["parent"] != code or below in (COMMENT, TRAILER):
            continue
        low, _, high = row["cardinality"].partition("..")
        if counted[below] < int(low) or (high != "*" and counted[below] > int(high or low)):
            raise ValueError(f"{counted[below]} of record {below} at record {code}")
        owner = _owner(kind, below)
        if owner and counted[f"{below} owned"] != counted[owner]:
            raise ValueError(f"not each record {owner} has a record {below}")


def _owner(kind: Type, code: str) -> str:
    key = kind.records[code]["key"]
    found = (f["rule_argument"] for f in kind.fields[code] if key and f["field"] == key)
    return next(found, "").partition("/")[0]


def _check_counts(kind: Type, lines: list[Line]) -> None:
    counts = Counter(code for code, _ in lines[1:-1])
    for field in kind.fields[TRAILER]:
        if field["rule_role"] == "count":
            of = field["rule_argument"]
            if int(lines[-1][1][field["field"]]) != (counts.total() if of == "*" else counts[of]):
                raise ValueError(f"{field['field']} is wrong")


def _signed(held: dict[str, str], amount: str, sign: str) -> int:
    return (-1 if held[sign] == "C" else 1) * int(held[amount])


def _check_totals(kind: Type, lines: list[Line]) -> None:
    stated = {**lines[0][1], **lines[-1][1]}
    for row in rows("totals"):
        if row["message"] != kind.row["message"] or not stated[row["total_debet_credit"]].strip():
            continue
        found = _signed(stated, row["total"], row["total_debet_credit"])
        pairs = [("amount", 1), *([("minus_amount", -1)] if row["minus_amount"] else [])]
        if row["minus_total"]:
            found -= _signed(stated, row["minus_total"], row["minus_total_debet_credit"])
        added = sum(
            factor * _signed(held, row[name], row[f"{name}_debet_credit"])
            for code, held in lines
            if code == row["record"]
            for name, factor in pairs
        )
        if found != added:
            raise ValueError(f"{row['total']} is {found}, and the records come to {added}")


def _check_halves(kind: Type, code: str, held: dict[str, str]) -> None:
    # Zeros say nothing in a number; in a text they are what it says.
    filled = {field["field"]: held[field["field"]] != _blank(field) for field in kind.fields[code]}
    for field in kind.fields[code]:
        other = field["rule_absent"].removeprefix("with ")
        is_with = other != field["rule_absent"]
        if is_with and filled[field["field"]] and not filled[other]:
            raise ValueError(f"{field['field']} without {other}")
    for row in rows("together"):
        is_held = row["record"] == code and kind.row["message"] in row["messages"].split()
        if is_held and len({filled[name] for name in row["fields"].split("|")}) > 1:
            raise ValueError(f"one of {row['fields']} alone")
