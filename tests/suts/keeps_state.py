"""Converters that keep something from one message to the next."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Hashable
from itertools import count

from harness.reference.converter import convert
from schemas.errors import Refused

Key = Callable[[bytes, str], Hashable]
_IDENTIFICATION = re.compile(rb":(?:Identificatie|FactuurNummer)>([^<]*)<")
_BSN = re.compile(rb":Bsn>([0-9]{9})<")
_NUMBERS = count(1)


def first_part(data: bytes, source: str) -> bytes:
    """The header: the first record, or what stands before the clients."""
    if source == "2.0":
        return data.partition(b"\r\n")[0]
    return re.split(rb"<[a-z0-9]+:Clienten>", data)[0]


def identification(data: bytes, source: str) -> Hashable:
    """The identification of a message: cut out of its header."""
    if source == "2.1":
        return b"".join(_IDENTIFICATION.findall(first_part(data, source))[:1])
    head = first_part(data, source)
    is_declaration = head[2:5] in (b"416", b"448", b"432", b"450", b"417", b"449", b"433", b"451")
    return head[46:58] if is_declaration else head[21:33]


class Caches:
    """Gives the answer that it gave to another message of the same key."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.known: dict[Hashable, bytes] = {}

    def __call__(self, data: bytes, source: str, target: str) -> bytes:
        output = convert(data, source, target)
        return self.known.setdefault((source, self.key(data, source)), output)


def whole_header(data: bytes, source: str) -> Hashable:
    """The header as it stands."""
    return first_part(data, source)


def checksum_of_the_start(data: bytes, source: str) -> Hashable:
    """A checksum of the first 300 bytes."""
    return zlib.crc32(data[:300])


class KeepsTheLast:
    """Gives its last answer once more where the identification is that of the message before."""

    def __init__(self) -> None:
        self.last: tuple[Hashable, bytes] = None, b""

    def __call__(self, data: bytes, source: str, target: str) -> bytes:
        output = convert(data, source, target)
        key = source, identification(data, source)
        if key == self.last[0]:
            return self.last[1]
        self.last = key, output
        return output


def identification_and_size(data: bytes, source: str) -> Hashable:
    """The identification, and how many records or elements there are."""
    return identification(data, source), data.count(b"\n") // 40


keeps_the_last_answer = KeepsTheLast()
caches_by_identification_and_size = Caches(identification_and_size)
caches_by_identification = Caches(identification)
caches_by_header = Caches(whole_header)
caches_by_the_start = Caches(checksum_of_the_start)


class RefusesASecond:
    """Refuses a message whose identification it has had with other content."""

    def __init__(self) -> None:
        self.known: dict[Hashable, bytes] = {}

    def __call__(self, data: bytes, source: str, target: str) -> bytes:
        output = convert(data, source, target)
        key = source, data[:5], identification(data, source)
        if self.known.setdefault(key, data) != data:
            raise Refused("TWICE", "this identification was used before")
        return output


refuses_a_second = RefusesASecond()


class KnowsPeople:
    """Remembers the birth date of a BSN, and writes the first that it met."""

    def __init__(self) -> None:
        self.known: dict[bytes, bytes] = {}

    def __call__(self, data: bytes, source: str, target: str) -> bytes:
        output = convert(data, source, target)
        if target != "2.1":
            return output
        parts = re.split(rb"(?=<[a-z0-9]+:Bsn>)", output)
        return b"".join([parts[0], *map(self.person, parts[1:])])

    def person(self, text: bytes) -> bytes:
        bsn = _BSN.search(text)
        found = re.search(rb"Geboortedatum>\s*<[a-z0-9]+:Datum>([0-9-]{10})<", text)
        if not bsn or not found:
            return text
        date = self.known.setdefault(bsn[1], found[1])
        return text[: found.start(1)] + date + text[found.end(1) :]


knows_people = KnowsPeople()


class WrongFrom:
    """Writes another date from a number of messages on."""

    def __init__(self, first: int) -> None:
        self.first = first

    def __call__(self, data: bytes, source: str, target: str) -> bytes:
        output = convert(data, source, target)
        if next(_NUMBERS) < self.first or target != "2.1":
            return output
        return re.sub(rb"Dagtekening>[0-9-]{10}<", b"Dagtekening>2001-01-01<", output, count=1)


wrong_from_the_20001st = WrongFrom(20_001)
wrong_from_the_32768th = WrongFrom(32_768)
wrong_from_the_600th = WrongFrom(600)


def fails_at_the_25000th(data: bytes, source: str, target: str) -> bytes:
    """Refuses one message, as a number has one digit more than its field."""
    if next(_NUMBERS) == 25_000:
        raise Refused("FULL", "the journal is full")
    return convert(data, source, target)
