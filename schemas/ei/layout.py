"""The records of a 2.0 message type, compiled for reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from schemas.ei.extract_values import Check, CheckedField, Extractor, extractor
from schemas.facts.catalogue import catalogue
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field, Record
from schemas.facts.simple_types import is_date

# Printable characters of ISO 8859-1.
TEXT = "[\x20-\x7e\xa0-\xff]"


@dataclass(frozen=True)
class Layout:
    """A record with the pattern of its line and its value extractor; the header has depth 0."""

    code: str
    record: Record
    pattern: re.Pattern[str]
    depth: int
    fields: tuple[Field, ...]
    extract: Extractor


def _field_pattern(field: Field) -> str:
    if field.rule.role == "reserve":
        return f" {{{field.length}}}"
    if field.rule.role == "constant":
        return field.rule.argument
    one = "[0-9]" if field.is_number else TEXT
    return f"({one}{{{field.length}}})"


def ei_date(raw: str) -> str:
    """Reformat EEJJMMDD as EEJJ-MM-DD, without checking that the date exists."""
    return f"{raw[:4]}-{raw[4:6]}-{raw[6:]}"


def _date_fault(raw: str) -> str:
    return "" if is_date(ei_date(raw)) else "EI-DATE"


def _time_fault(raw: str) -> str:
    return "" if raw[:2] < "24" and raw[2:4] < "60" and raw[4:] < "60" else "EI-TIME"


_CHECKS: dict[str, Check] = {"date": _date_fault, "time": _time_fault}


def allowed_codes(message: MessageType, field: Field) -> frozenset[str] | None:
    """Return the codes that a field of 2.0 may hold, or None if it is not restricted."""
    if field.codelist is None:
        return None
    codes = field.codelist.valid("2.0")
    if not codes:
        return None
    return frozenset(message.codes if field.rule.argument == MESSAGE_CODE else codes)


def _depth(message: MessageType, record: Record) -> int:
    depth = 0
    while record.parent:
        record, depth = message.records[record.parent], depth + 1
    return depth


def repeated_below(message: MessageType, record: Record) -> frozenset[str]:
    """Return the names of the fields that records below repeat."""
    arguments = {
        field.rule.argument
        for other in message.records.values()
        for field in other.fields
        if field.rule.role == "equal"
    }
    return frozenset(name for name in record.by_name if f"{record.code}/{name}" in arguments)


def _layout(message: MessageType, record: Record) -> Layout:
    fields = tuple(f for f in record.fields if f.rule.role not in ("reserve", "constant"))
    checked = tuple(
        CheckedField(field, allowed_codes(message, field), _CHECKS.get(field.rule.codec))
        for field in fields
    )
    return Layout(
        code=record.code,
        record=record,
        pattern=re.compile("".join(_field_pattern(field) for field in record.fields)),
        depth=_depth(message, record),
        fields=fields,
        extract=extractor(checked, repeated_below(message, record)),
    )


@cache
def layouts(name: str) -> dict[str, Layout]:
    """Return the layouts of a message type, by record code."""
    message = catalogue().one(name)
    return {code: _layout(message, record) for code, record in message.records.items()}
