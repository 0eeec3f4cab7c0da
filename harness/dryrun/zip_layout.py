"""The zip layout of a bundle, in which every byte but the content follows from the members.

A zip can store the same content in many ways; a bundle allows one: no comment, no extra field, no
gap, one fixed time, members in the order of writing. A reader can rebuild all of it from names,
sizes and checksums, and compare.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
LOCAL_SIZE = _LOCAL.size
LOCAL_MARK = b"PK\x03\x04"
STORED, DEFLATED = 0, 8
# The required zip version, and 1 January 1980, the earliest date in a zip.
_VERSION, _TIME, _DAY = 20, 0, 33
# Made on Unix: a regular file with mode 0644.
_MADE_BY, _RIGHTS = 3 << 8 | _VERSION, 0o100644 << 16
MOST_MEMBERS = 2**16 - 1
_LONGEST_NAME = 200
_NAME = re.compile(rb"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


@dataclass(frozen=True)
class Place:
    """A member: its position, and everything in its headers; sizes in bytes."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int

    @property
    def data_start(self) -> int:
        """The offset of its packed bytes."""
        return self.start + LOCAL_SIZE + len(self.name)


def is_name(name: bytes) -> bool:
    """Whether a member may have this name: plain characters, and no path outside the folder."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def local_header(place: Place) -> bytes:
    """The header in front of a member."""
    name = place.name.encode("ascii")
    sizes = (place.crc, place.packed, place.size)
    start = (LOCAL_MARK, _VERSION, 0, place.method, _TIME, _DAY)
    return _LOCAL.pack(*start, *sizes, len(name), 0) + name


def read_local_header(data: bytes, start: int) -> tuple[Place, int]:
    """Parse a local header; returns the place without its name, and the length of the name."""
    _, _, _, method, _, _, crc, packed, size, name, _ = _LOCAL.unpack(data)
    return Place("", method, crc, packed, size, start), name


def ending(places: Sequence[Place], start: int) -> bytes:
    """The central directory and end record; `start` is their offset."""
    directory = b"".join(map(_entry, places))
    counts = (0, 0, len(places), len(places))
    return directory + _END.pack(b"PK\x05\x06", *counts, len(directory), start, 0)


def _entry(place: Place) -> bytes:
    name = place.name.encode("ascii")
    start = (b"PK\x01\x02", _MADE_BY, _VERSION, 0, place.method, _TIME, _DAY)
    sizes = (place.crc, place.packed, place.size)
    return _CENTRAL.pack(*start, *sizes, len(name), 0, 0, 0, 0, _RIGHTS, place.start) + name
