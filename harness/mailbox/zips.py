"""Reads the files in a zip in place and within limits, without unpacking to its paths.

What a zip claims is not trusted: its directory is measured before it is read, and its output is
counted.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from harness.mailbox.pieces import Item, Piece, Unread
from schemas.header.header import END_BYTES, START_BYTES
from schemas.outside import MOST_MESSAGE

STARTS = (b"PK\x03\x04", b"PK\x05\x06")
# Separates a zip from the files in it.
INSIDE = "!/"
MOST_MEMBERS, MOST_LIST_BYTES = 50_000, 8 * 1024 * 1024
# The most nested zips.
MOST_NESTED = 3
# The most output of a zip with all its contents: a fixed size, plus a factor of its own size.
FREE_BYTES, MOST_TIMES = MOST_MESSAGE, 100
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 1
_CHUNK = START_BYTES
_IN_MEMORY = 8 * 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error, NotImplementedError)
_END = struct.Struct("<4s4H2LH")
_FAR, _FAR_END = struct.Struct("<4sLQL"), struct.Struct("<4sQ2H2L4Q")
_MOST_COMMENT = 0xFFFF


class _TooMuchError(Exception):
    """The output of a zip exceeds the limit."""


@dataclass
class _Budget:
    """The output that a zip may still have; `held` is how much of each file is kept."""

    left: int
    held: int

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _TooMuchError


def members(file: IO[bytes], size: int, name: str, is_whole: bool = False) -> Iterator[Item]:
    """The files in a zip of `size` bytes at `name` in the mailbox.

    The ends of each are kept, or the whole. Never raises for anything in the zip.
    """
    held = MOST_MESSAGE if is_whole else START_BYTES
    budget = _Budget(FREE_BYTES + MOST_TIMES * size, held)
    try:
        yield from _members(file, size, name, budget, 1)
    except _TooMuchError:
        yield Unread(name, "FILE-ZIP-LIMIT", f"> {FREE_BYTES + MOST_TIMES * size}")


def _members(file: IO[bytes], size: int, name: str, budget: _Budget, nested: int) -> Iterator[Item]:
    try:
        count, listed = _list_size(file, size)
        if count > MOST_MEMBERS or listed > MOST_LIST_BYTES:
            yield Unread(name, "FILE-ZIP-LIMIT", f"{count}")
            return
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if not info.filename.endswith("/"):
                    inside = f"{name}{INSIDE}{info.filename}"
                    yield from _member(archive, info, inside, budget, nested)
    except _DAMAGED:
        yield Unread(name, "FILE-ZIP", "damaged")


def _list_size(file: IO[bytes], size: int) -> tuple[int, int]:
    """The number of files that a zip claims, and the size of its directory."""
    at = max(0, size - _MOST_COMMENT - _END.size)
    file.seek(at)
    tail = file.read(size - at)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or place + _END.size > len(tail):
        raise zipfile.BadZipFile("no end of the list of files")
    _, _, _, _, count, listed, _, _ = _END.unpack_from(tail, place)
    far = place - _FAR.size
    if far >= 0 and tail.startswith(b"PK\x06\x07", far) and far >= _FAR_END.size:
        *_, count, listed, _ = _FAR_END.unpack_from(tail, far - _FAR_END.size)
    return count, listed


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget, nested: int
) -> Iterator[Item]:
    if info.flag_bits & _LOCKED:
        yield Unread(name, "FILE-ZIP-LOCKED", "")
    elif info.compress_type not in _METHODS:
        yield Unread(name, "FILE-ZIP", f"method {info.compress_type}")
    elif info.file_size > MOST_MESSAGE:
        yield Unread(name, "FILE-SIZE", str(info.file_size))
    else:
        try:
            with archive.open(info) as member:
                yield from _read(member, name, budget, nested)
        except _DAMAGED:
            yield Unread(name, "FILE-ZIP", "damaged")


def _read(member: IO[bytes], name: str, budget: _Budget, nested: int) -> Iterator[Item]:
    start = member.read(START_BYTES)
    budget.spend(len(start))
    if start.startswith(STARTS):
        yield from _inner(member, start, name, budget, nested)
        return
    size, end, held = len(start), start[-END_BYTES:], bytearray(start)
    while chunk := member.read(_CHUNK):
        budget.spend(len(chunk))
        size += len(chunk)
        end = (end + chunk)[-END_BYTES:]
        held += chunk[: budget.held - len(held)]
    yield Piece(name, bytes(held), end, size)


def _inner(
    member: IO[bytes], start: bytes, name: str, budget: _Budget, nested: int
) -> Iterator[Item]:
    """The files of a nested zip, which is buffered because it must be read from its end."""
    if nested == MOST_NESTED:
        yield Unread(name, "FILE-DEEP", str(MOST_NESTED))
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
        aside.write(start)
        while chunk := member.read(_CHUNK):
            budget.spend(len(chunk))
            aside.write(chunk)
        size = aside.tell()
        yield from _members(aside, size, name, budget, nested + 1)
