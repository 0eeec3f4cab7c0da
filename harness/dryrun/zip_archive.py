"""Writes the zip of a bundle, and reads it without leaving a byte unchecked."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.dryrun import zip_layout as layout
from harness.dryrun.zip_layout import DEFLATED, STORED, Place
from schemas import outside
from schemas.errors import RunBroken

_BLOCK = 1 << 16
# The most bytes that all members together may unpack to.
MOST_CONTENT = 4 * 2**30


class NoBundle(Exception):
    """A file that is not byte for byte a bundle: what is wrong, and where."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where


@dataclass(frozen=True)
class Sealed:
    """The digests and sizes in bytes of a member, unpacked and packed."""

    sha256: str
    size: int
    packed_sha256: str
    packed_size: int


class Writer:
    """Writes members one after the other."""

    def __init__(self, path: Path) -> None:
        self.file = outside.anew(path)
        self.places: list[Place] = []
        self.total = 0

    def add(self, name: str, content: Iterable[bytes], *, stored: bool = False) -> Sealed:
        """Write a member; raises RunBroken if the zip has no room for it."""
        start = self.file.tell()
        blank = Place(name, STORED if stored else DEFLATED, 0, 0, 0, start)
        assert layout.is_name(name.encode("ascii"))
        self.file.write(layout.local_header(blank))
        packer = None if stored else zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        whole, packed, crc, size = sha256(), sha256(), 0, 0
        for data in _packed(content, packer):
            crc, size = zlib.crc32(data[0], crc), size + len(data[0])
            whole.update(data[0])
            packed.update(data[1])
            self.file.write(data[1])
        end = self.file.tell()
        self.total += size
        if self.total > MOST_CONTENT:
            raise _too_large(name)
        length = end - start - layout.LOCAL_SIZE - len(name)
        place = Place(name, blank.method, crc, length, size, start)
        self.places.append(place)
        self.file.seek(start)
        self.file.write(layout.local_header(place))
        self.file.seek(end)
        return Sealed(whole.hexdigest(), size, packed.hexdigest(), length)

    def close(self) -> None:
        """Write the central directory and close the file."""
        end = layout.ending(self.places, self.file.tell())
        if len(self.places) > layout.MOST_MEMBERS:
            raise _too_large(f"{len(self.places)} files")
        self.file.write(end)
        self.file.close()


def _packed(
    content: Iterable[bytes], packer: zlib._Compress | None
) -> Iterator[tuple[bytes, bytes]]:
    for data in content:
        yield data, packer.compress(data) if packer else data
    yield b"", packer.flush() if packer else b""


def _too_large(what: str) -> RunBroken:
    return RunBroken("RUN-BUNDLE", "more than a bundle can hold", what, "take a smaller profile")


class Archive:
    """The members of a bundle by name; raises NoBundle for any unexpected byte."""

    def __init__(self, path: Path) -> None:
        self.file = outside.opened(path, most=MOST_CONTENT)
        self.length = os.fstat(self.file.fileno()).st_size
        try:
            self.places = {place.name: place for place in self._places()}
            self._end()
        except NoBundle:
            self.file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self.file.close()

    def _places(self) -> Iterator[Place]:
        names, total = set[str](), 0
        while (data := self.file.read(layout.LOCAL_SIZE))[:4] == layout.LOCAL_MARK:
            place = self._place(data, self.file.tell() - len(data))
            total += place.size
            if place.name in names:
                raise NoBundle("a file that is there twice", place.name)
            if len(names) >= layout.MOST_MEMBERS or total > MOST_CONTENT:
                raise NoBundle("more than a bundle can hold", place.name)
            names.add(place.name)
            self.file.seek(place.data_start + place.packed)
            yield place
        self.file.seek(-len(data), 1)

    def _place(self, data: bytes, start: int) -> Place:
        if len(data) < layout.LOCAL_SIZE:
            raise NoBundle("the file ends half-way", f"byte {start}")
        found, length = layout.read_local_header(data, start)
        name = self.file.read(length)
        if not layout.is_name(name):
            raise NoBundle("a file with a name that a bundle does not have", f"byte {start}")
        place = Place(name.decode("ascii"), *_fields(found))
        is_known = place.method == DEFLATED or (
            place.method == STORED and place.packed == place.size
        )
        if not is_known or layout.local_header(place) != data + name:
            raise NoBundle("a header that is not as it is packed", place.name)
        if place.data_start + place.packed > self.length:
            raise NoBundle("the file ends half-way", place.name)
        return place

    def _end(self) -> None:
        start = self.file.tell()
        expected = layout.ending(list(self.places.values()), start)
        if self.file.read(len(expected) + 1) != expected:
            raise NoBundle("a directory that is not as it is packed", f"byte {start} and on")

    def content(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member in blocks; raises NoBundle if it is invalid."""
        place, crc, size = self.places[name], 0, 0
        is_plain = place.method == STORED
        for data in self.packed(name) if is_plain else self._unpacked(name):
            crc, size = zlib.crc32(data, crc), size + len(data)
            if size > place.size:
                break
            yield data
        if (crc, size) != (place.crc, place.size):
            raise NoBundle("other bytes than its header tells", name)

    def _unpacked(self, name: str) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self.packed(name):
                left = packed
                while left:
                    yield unpacker.decompress(left, _BLOCK)
                    left = unpacker.unconsumed_tail
                    if unpacker.unused_data:
                        raise NoBundle("bytes behind its end", name)
            yield unpacker.flush()
        except zlib.error:
            raise NoBundle("bytes that cannot be unpacked", name) from None
        if not unpacker.eof:
            raise NoBundle("the file ends half-way", name)

    def packed(self, name: str) -> Iterator[bytes]:
        """Yield the packed bytes of a member in blocks."""
        place = self.places[name]
        at, left = place.data_start, place.packed
        while left:
            # Members may be read in turns.
            self.file.seek(at)
            data = self.file.read(min(_BLOCK, left))
            at, left = at + len(data), left - len(data)
            yield data

    def whole(self, name: str, most: int) -> bytes:
        """The content of a member of at most `most` bytes; raises NoBundle if it is larger."""
        if self.places[name].size > most:
            raise NoBundle("larger than it can be", name)
        return b"".join(self.content(name))

    def sealed(self, name: str) -> Sealed:
        """The actual digests of a member."""
        whole, packed, place = sha256(), sha256(), self.places[name]
        for data in self.content(name):
            whole.update(data)
        for data in self.packed(name):
            packed.update(data)
        return Sealed(whole.hexdigest(), place.size, packed.hexdigest(), place.packed)


def _fields(place: Place) -> tuple[int, int, int, int, int]:
    return place.method, place.crc, place.packed, place.size, place.start
