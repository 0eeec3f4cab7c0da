"""Splits a 2.0 message into lines, and reads its message type from the first one."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.byte_order import marked
from schemas.message.fault import EiAddress, Fault

MOST_BYTES = 256 * 1024 * 1024
ENCODING = "iso-8859-1"
VERSION = "0200"
# Columns of the message code and the version, the same in all message types.
CODE, _VERSION = slice(2, 5), slice(5, 9)


@dataclass(frozen=True)
class Lines:
    """The records of a message as text without line ends, and the faults of these line ends."""

    texts: tuple[str, ...]
    faults: tuple[Fault, ...]


def _line_faults(pieces: list[str], last: str) -> list[Fault]:
    bare = [number for number, piece in enumerate(pieces, 1) if not piece.endswith("\r")]
    faults = []
    if bare:
        address = EiAddress(bare[0])
        faults.append(Fault("EI-LINE-END", "LF", "CR LF", ei=address, evidence="C"))
    if last:
        address = EiAddress(len(pieces) + 1)
        faults.append(Fault("EI-LAST-LINE-END", "no line end", "CR LF", ei=address, evidence="C"))
    return faults


def split(data: bytes) -> Lines:
    """Split a 2.0 message into lines; a bare LF also ends a line, but is a fault."""
    if not data:
        return Lines((), (Fault("EI-EMPTY", "no bytes", "a record", ei=EiAddress(1)),))
    if len(data) > MOST_BYTES:
        return Lines((), (Fault("EI-SIZE", str(len(data)), f"at most {MOST_BYTES} bytes"),))
    start = marked(data)
    text = start.text
    if text.endswith("\r\n") and text.count("\n") == text.count("\r\n"):
        return Lines(tuple(text[:-2].split("\r\n")), start.faults)
    pieces = text.split("\n")
    last = pieces.pop()
    faults = [*start.faults, *_line_faults(pieces, last)]
    texts = [piece.removesuffix("\r") for piece in pieces]
    if last:
        texts.append(last.removesuffix("\r"))
    return Lines(tuple(texts), tuple(faults))


def message_type(lines: Lines) -> tuple[MessageType | None, tuple[Fault, ...]]:
    """Return the message type that the first record names, or the fault that prevents it."""
    first = lines.texts[0] if lines.texts else ""
    message = catalogue().by_code.get(first[CODE]) if first.startswith("01") else None
    if message is None:
        address = EiAddress(1, first[:2], "", 3, 5)
        expected = "record 01 with a known message code"
        return None, (Fault("EI-TYPE", first[:9].strip(), expected, ei=address),)
    if first[_VERSION] != VERSION:
        address = EiAddress(1, "01", "", 6, 9)
        return message, (Fault("EI-RELEASE", first[_VERSION], VERSION, ei=address),)
    return message, ()
