"""The frames of the stream protocol: `Name: value` lines, an empty line, then a counted body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LINE_END = b"\r\n"
# As in HTTP the case of a name says nothing; what else a response names is not looked at.
_NAMES = {name.lower(): name for name in ("Id", "Status", "Content-Length")}
_MOST_HEADER = 16 * 1024
_MOST_BODY = 64 * 1024 * 1024
_MOST_QUOTED = 80
_ENDS_IN_FIELD = re.compile("(?P<text>.+?)(?:Id|Status|Content-Length)", re.DOTALL)
_FIELD = re.compile(rb"^(?:Id|Status|Content-Length)[ \t]*:", re.MULTILINE | re.IGNORECASE)


class FrameError(Exception):
    """Bytes that are no frame."""


class FloodError(FrameError):
    """A frame that is larger than is read."""


@dataclass(frozen=True)
class Frame:
    """The fields of a frame, those of the protocol by its own names, and its body."""

    fields: dict[str, str]
    body: bytes


def head(fields: Mapping[str, str], body: bytes) -> bytes:
    """What stands before the body of a frame, with its Content-Length."""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode()


def write(fields: Mapping[str, str], body: bytes) -> bytes:
    """A frame as bytes."""
    return head(fields, body) + body


def take(buffer: bytearray) -> Frame | None:
    """Take the first frame off a buffer; None while it is not whole.

    Raises FrameError for bytes that can never become a frame.
    """
    end = buffer.find(LINE_END * 2, 0, _MOST_HEADER)
    if end < 0:
        _refuse_start(buffer)
        return None
    fields = _fields(bytes(buffer[:end]))
    length = _length(fields)
    start = end + 2 * len(LINE_END)
    if len(buffer) < start + length:
        return None
    body = bytes(buffer[start : start + length])
    del buffer[: start + length]
    return Frame(fields, body)


def unexpected_text(buffer: bytearray) -> str:
    """The text that stands where a response should begin, as far as it is worth to be quoted."""
    begin = _FIELD.search(buffer, 0, _MOST_HEADER)
    text = bytes(buffer[: begin.start() if begin else _MOST_HEADER])
    return text[:_MOST_QUOTED].decode("utf-8", "replace").strip()


def before_field(name: str) -> str:
    """The text without a line end that stands before the first name of a response, if any does."""
    found = _ENDS_IN_FIELD.fullmatch(name)
    return found["text"][:_MOST_QUOTED] if found else ""


def _refuse_start(buffer: bytearray) -> None:
    """Raise FrameError where no bytes behind these make a header of them."""
    if len(buffer) >= _MOST_HEADER:
        raise FrameError("no empty line ends the header")
    first = buffer.find(LINE_END)
    if first >= 0 and b":" not in buffer[:first]:
        raise FrameError(repr(bytes(buffer[:80])))
    if buffer.count(b"\n") > buffer.count(LINE_END):
        raise FrameError("a line that ends with LF, not with CR LF")


def _fields(header: bytes) -> dict[str, str]:
    fields = {}
    for line in header.split(LINE_END):
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if not colon or "\n" in line.decode("latin-1"):
            raise FrameError(f"a line without a colon or with LF alone: {line[:80]!r}")
        name = name.strip()
        fields[_NAMES.get(name.lower(), name)] = value.strip()
    return fields


def _length(fields: Mapping[str, str]) -> int:
    raw = fields.get("Content-Length", "")
    if not (raw.isascii() and raw.isdigit()) or len(raw) > 12:
        raise FrameError(f"Content-Length is {raw!r}")
    if int(raw) > _MOST_BODY:
        raise FloodError(f"Content-Length is {raw}")
    return int(raw)
