"""Reads only the header of a message, at a bounded cost whatever the size of the file."""

from __future__ import annotations

import re

from schemas.ei.lines import ENCODING
from schemas.header import ei as header_ei
from schemas.header import xml as header_xml
from schemas.header.header import HeaderReading
from schemas.message.byte_order import UTF_16, is_xml, marked
from schemas.message.fault import Fault

_EI_START = re.compile(rb"01\d{3}")
_SHOWN = 16


def read_header(start: bytes, end: bytes) -> HeaderReading:
    """Read the header of a message from its first START_BYTES and its last END_BYTES.

    A message truncated after its header gives both a header and a fault. Never raises on bad input.
    """
    text = start.lstrip(b" \t\r\n")
    if not text:
        return HeaderReading(None, (Fault("FILE-EMPTY", "", "a message"),))
    if is_xml(text):
        return header_xml.read(text, end)
    before = marked(start)
    record = before.text.encode(ENCODING, "replace")
    if _EI_START.match(record):
        reading = header_ei.read(record, end.replace(b"\0", b"") if before.mark in UTF_16 else end)
        return HeaderReading(reading.header, [*before.faults, *reading.faults])
    found = start[:_SHOWN].decode(ENCODING)
    return HeaderReading(None, (Fault("FILE-NO-MESSAGE", found, "record 01, or XML"),))
