"""Reads the header of a 2.0 message from its first record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.ei.diagnose import PRINTABLE
from schemas.ei.layout import ei_date
from schemas.ei.lines import ENCODING, Lines, message_type
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.simple_types import is_date
from schemas.header.header import HeaderReading, cut_off, header_of
from schemas.header.locations import DATES, KEY, places
from schemas.message.fault import EiAddress, Fault

_END_OF_FILE = "\x1a"


@dataclass(frozen=True, slots=True)
class _Columns:
    role: str
    field: Field
    place: slice


@cache
def _columns(name: str) -> tuple[_Columns, ...]:
    message = catalogue().one(name)
    fields = [(item.role, message.field(HEADER, item.key)) for item in places(name, "2.0")]
    return tuple(_Columns(role, item, slice(item.start - 1, item.end)) for role, item in fields)


def read(start: bytes, end: bytes) -> HeaderReading:
    """Read the header of a message from its first and last bytes; never raises on bad input."""
    first, line_end, _ = start.partition(b"\n")
    line = first.decode(ENCODING).removesuffix("\r")
    message, faults = message_type(Lines((line,), ()))
    if message is None or faults:
        return HeaderReading(None, faults)
    if len(line) != message.record_length:
        address = EiAddress(1, HEADER)
        wrong = Fault("EI-LENGTH", str(len(line)), str(message.record_length), ei=address)
        if not line_end and len(line) < message.record_length:
            wrong = cut_off(line[:2])
        return HeaderReading(None, (wrong,))
    values, found = _values(message, line)
    if not values.keys() >= set(KEY):
        return HeaderReading(None, found)
    last = end.decode(ENCODING).rstrip("\r\n" + _END_OF_FILE).rpartition("\n")[2]
    if not last.startswith(TRAILER) or len(last) != message.record_length:
        found.append(cut_off(last[:2]))
    return HeaderReading(header_of(message, "2.0", values), found)


def _values(message: MessageType, line: str) -> tuple[dict[str, str], list[Fault]]:
    """Return the valid values of a first record by role, and the faults of the others."""
    values, faults = {}, []
    for item in _columns(message.name):
        text = line[item.place]
        code = _wrong(item, text)
        if code:
            field = item.field
            address = EiAddress(1, HEADER, field.name, field.start, field.end)
            faults.append(Fault(code, text, ei=address, evidence=field.evidence))
        else:
            values[item.role] = ei_date(text) if item.role in DATES else text.strip(" ")
    return values, faults


def _wrong(item: _Columns, text: str) -> str:
    """Return the fault code of a value; empty if it is valid."""
    if item.field.is_number and not (text.isascii() and text.isdigit()):
        return "EI-NUMERIC"
    if not PRINTABLE.fullmatch(text):
        return "EI-CHARACTER"
    if item.role in KEY and text == item.field.blank:
        return "EI-FILLED"
    return "EI-DATE" if item.role in DATES and not is_date(ei_date(text)) else ""
