"""The frames of the stream protocol: `Name: value` lines, an empty line, a counted body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LINE_END = b"\r\n"
# As in HTTP, names ignore case; other fields of a response are ignored.
_NAMES = {name.lower(): name for name in ("Id", "Status", "Content-Length")}
_MOST_HEADER = 16 * 1024
_MOST_BODY = 64 * 1024 * 1024
_MOST_QUOTED = 80
_ENDS_IN_FIELD = re.compile("(?P<text>.+?)(?:Id|Status|Content-Length)", re.DOTALL)
_FIELD = re.compile(rb"^(?:Id|Status|Content-Length)[ \t]*:", re.MULTILINE | re.IGNORECASE)


class FrameError(Exception):
    """Bytes that are not a frame."""


class FloodError(FrameError):
    """A frame that exceeds the size limit."""


@dataclass(frozen=True)
class Frame:
    """A frame: its fields, with the protocol's spelling of names, and its body."""

    fields: dict[str, str]
    body: bytes


def head(fields: Mapping[str, str], body: bytes) -> bytes:
    """The head of a frame, with its Content-Length."""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode()


def write(fields: Mapping[str, str], body: bytes) -> bytes:
    """A frame as bytes."""
    return head(fields, body) + body


def take(buffer: bytearray) -> Frame | None:
    """Take the first frame off a buffer; returns None while it is incomplete.

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
    """The text where a response should start, shortened for a quote."""
    begin = _FIELD.search(buffer, 0, _MOST_HEADER)
    text = bytes(buffer[: begin.start() if begin else _MOST_HEADER])
    return text[:_MOST_QUOTED].decode("utf-8", "replace").strip()


def before_field(name: str) -> str:
    """The text that runs into the first field of a response, or an empty string."""
    found = _ENDS_IN_FIELD.fullmatch(name)
    return found["text"][:_MOST_QUOTED] if found else ""


def _refuse_start(buffer: bytearray) -> None:
    """Raise FrameError if no further bytes can complete the header."""
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
