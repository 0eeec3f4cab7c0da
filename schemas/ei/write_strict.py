"""Writes records one by one, checking every value: the slow path that explains a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import (
    LINE_END,
    MISSING,
    Template,
    blank,
    filled,
    is_encodable,
)
from schemas.errors import Refused
from schemas.facts.records import Field

_CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
# A record to write: its template, and the values by field name.
FilledRecord = tuple[Template, dict[str, str]]


def write_checked(rows: Sequence[FilledRecord], length: int) -> bytes:
    """Return the records as bytes; `length` in characters. Raises Refused for an unfit value."""
    for template, row in rows:
        _refuse_unfit(template, row)
    pieces = []
    for template, row in rows:
        digits = {field.name: field.length for field in template.fields if field.is_number}
        padded = {name: value.zfill(digits.get(name, 0)) for name, value in row.items()}
        pieces.append(filled(template, padded))
        assert len(pieces[-1]) == length + len(LINE_END)
    return "".join(pieces).encode(ENCODING)


def _refuse_unfit(template: Template, row: Mapping[str, str]) -> None:
    """Raise Refused for the first value that is missing or cannot be written."""
    for field in template.fields:
        value = row.get(field.name, blank(field))
        if value.endswith(MISSING):
            what = f"{field.name} of record {field.record} must be filled, and no value is known"
            raise Refused("OUT-REQUIRED", what)
        if len(value) > field.length:
            raise _cannot_hold("OUT-TOO-LONG", field, value)
        if _CONTROL.search(value) or not is_encodable(value):
            raise _cannot_hold("OUT-CHARACTER", field, value)


def _cannot_hold(code: str, field: Field, value: str) -> Refused:
    what = f"{field.name} of record {field.record} ({field.length} positions) cannot hold {value!r}"
    return Refused(code, what)
