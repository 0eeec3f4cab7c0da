"""Reading no more of a message than its header, at a bounded cost whatever the file holds."""

from __future__ import annotations

import re

from schemas import header_ei, header_xml
from schemas.ei_lines import ENCODING
from schemas.faults import Fault
from schemas.headers import HeaderReading

_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
_EI_START = re.compile(rb"01\d{3}")
_SHOWN = 16


def read_header(start: bytes, end: bytes) -> HeaderReading:
    """Read the header of a message from its first START_BYTES and its last END_BYTES.

    A message that is cut off behind its header has a header and a fault. Never raises on bad input.
    """
    text = start.lstrip(b" \t\r\n")
    if not text:
        return HeaderReading(None, (Fault("FILE-EMPTY", "", "a message"),))
    if text.startswith(_XML_STARTS):
        return header_xml.read(text, end)
    if _EI_START.match(start):
        return header_ei.read(start, end)
    found = start[:_SHOWN].decode(ENCODING)
    return HeaderReading(None, (Fault("FILE-NO-MESSAGE", found, "record 01, or XML"),))
