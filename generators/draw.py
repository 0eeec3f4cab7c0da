"""One seeded source of chance for each message: same seed and index, same draws, anywhere."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

POOLS = Path(__file__).parent / "pools"
# The messages date from the years in which release 2.0 was used.
FIRST_DAY, _LAST_DAY = 735600, 736357
# Draws of one message lie apart in a long list; prime, so that they come everywhere.
_STRIDE = 83
_WORDS = 2**32
_UNPACK = struct.Struct("<16I").unpack
T = TypeVar("T")


@cache
def pool(name: str) -> tuple[str, ...]:
    """The values of a pool of names, in the order of its file."""
    return tuple((POOLS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def digest(*parts: object) -> bytes:
    """A stable digest of some parts, the same on every machine."""
    text = "/".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _blocks(key: bytes) -> Iterator[tuple[float, ...]]:
    """Numbers from 0 up to 1 without end, some at a time."""
    number = 0
    while True:
        data = hashlib.blake2b(key, digest_size=64, salt=number.to_bytes(16)).digest()
        yield tuple([word / _WORDS for word in _UNPACK(data)])
        number += 1


class Draw:
    """The chance of one message, and what later draws must agree with.

    `random` gives numbers from 0 up to 1, the same on every machine and version of Python.
    """

    __slots__ = (
        "begin",
        "category",
        "credit",
        "full",
        "identity",
        "index",
        "random",
        "serial",
        "today",
        "turns",
    )

    def __init__(self, seed: int, kind: str, index: int) -> None:
        key = digest(seed, kind, index)
        self.identity = key.hex()
        self.random = chain.from_iterable(_blocks(key)).__next__
        self.today = self.between(FIRST_DAY, _LAST_DAY)
        self.begin = self.today
        self.category = ""
        self.credit = False
        self.full = False
        self.serial = 0
        self.index = index
        self.turns: dict[int, int] = {}

    def chance(self, probability: float) -> bool:
        """True with a probability from 0 to 1."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of some values."""
        return values[int(self.random() * len(values))]

    def in_turn(self, values: Sequence[T]) -> T:
        """One of some values, so that over many messages all of them have their turn."""
        turn = self.turns.get(id(values), 0)
        self.turns[id(values)] = turn + 1
        return values[(self.index + turn * _STRIDE) % len(values)]

    def few(self, low: int, high: int) -> int:
        """A whole number, both ends included, more often small than large."""
        return low + int(self.random() * self.random() * (high - low + 1))

    def digits(self, length: int) -> str:
        """Some digits, leading zeros and all."""
        return str(int(self.random() * 10**length)).zfill(length)

    def number(self) -> int:
        """The next number within the message, from 1."""
        self.serial += 1
        return self.serial
