"""Finds which fields of a malformed record are wrong; slow, so only used after a mismatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.facts.records import Field, Record
from schemas.message.fault import EiAddress, Fault

_DIGITS = re.compile(r"[0-9]*")
PRINTABLE = re.compile("[\x20-\x7e\xa0-\xff]*")


def field_address(field: Field, number: int) -> EiAddress:
    """Return the address of a field in a record; `number` is that of the record, from 1."""
    return EiAddress(number, field.record, field.name, field.start, field.end)


def _field_fault(field: Field, raw: str) -> tuple[str, str]:
    if field.rule.role == "constant":
        return ("EI-CONSTANT", field.rule.argument) if raw != field.rule.argument else ("", "")
    if not PRINTABLE.fullmatch(raw):
        return "EI-CHARACTER", "printable characters of ISO 8859-1"
    if field.rule.role == "reserve":
        return ("EI-RESERVE", "spaces") if raw.strip(" ") else ("", "")
    if field.is_number and not _DIGITS.fullmatch(raw):
        return "EI-NUMERIC", "digits"
    return "", ""


def _field_faults(record: Record, text: str, number: int) -> Iterator[Fault]:
    for field in record.fields:
        raw = text[field.start - 1 : field.end]
        code, expected = _field_fault(field, raw)
        if code:
            address = field_address(field, number)
            yield Fault(code, raw, expected, ei=address, evidence=field.evidence)


def diagnose(record: Record, text: str, number: int, length: int) -> list[Fault]:
    """Return the faults of a line that does not match its record; `length` in characters."""
    if len(text) != length:
        address = EiAddress(number, record.code, "", 1, len(text))
        fault = Fault("EI-LENGTH", str(len(text)), str(length), ei=address)
        # The columns of a record of the wrong length mean nothing.
        return [fault]
    return list(_field_faults(record, text, number))
