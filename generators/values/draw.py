"""Seeded random source of each message: the same seed and index give the same draws anywhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import shake_128
from itertools import chain
from pathlib import Path
from typing import TypeVar

POOLS = Path(__file__).parent / "pools"
# Messages are dated in the years in which release 2.0 was in use.
FIRST_DAY, _LAST_DAY = 735600, 736357
# Step between draws of one message from a long list; prime, so that every item is reached.
STRIDE = 83
_SHARE_OF_ALL = (1 / 2**32).__mul__
_BLOCK = struct.Struct("<64I")
T = TypeVar("T")


@cache
def pool(name: str) -> tuple[str, ...]:
    """Return the values of a pool, in file order."""
    return tuple((POOLS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def digest(name: str) -> bytes:
    """Return a digest of a name, the same on every machine."""
    return shake_128(name.encode()).digest(16)


def _blocks(key: bytes) -> Iterator[Iterator[float]]:
    """Yield blocks of numbers in [0, 1) without end."""
    number = 0
    while True:
        data = shake_128(key + number.to_bytes(4)).digest(_BLOCK.size)
        yield map(_SHARE_OF_ALL, _BLOCK.unpack(data))
        number += 1


def _bytes(key: bytes) -> Iterator[bytes]:
    """Yield blocks of bytes without end, which differ from those of the numbers."""
    number = 0
    while True:
        yield shake_128(key[::-1] + number.to_bytes(4)).digest(_BLOCK.size)
        number += 1


class Draw:
    """Random source of one message, and the state that later draws must agree with.

    `random` gives numbers in [0, 1), and `byte` those from 0 to 255, the same on every machine and
    Python version.
    """

    __slots__ = (
        "begin",
        "byte",
        "category",
        "full",
        "identity",
        "index",
        "latest",
        "random",
        "seed",
        "serial",
        "today",
        "turns",
    )

    def __init__(self, seed: int, kind: str, index: int) -> None:
        key = digest(f"{seed}/{kind}/{index}")
        self.identity = key.hex()
        self.random = chain.from_iterable(_blocks(key)).__next__
        self.byte = chain.from_iterable(_bytes(key)).__next__
        self.today = FIRST_DAY + int.from_bytes(key) % (_LAST_DAY - FIRST_DAY + 1)
        self.begin = self.latest = self.today
        self.category = ""
        self.full = False
        self.serial = 0
        self.seed = seed
        self.index = index
        self.turns: dict[object, int] = {}

    def chance(self, probability: float) -> bool:
        """Return True with a probability from 0 to 1."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return an integer, bounds included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """Return one of some values."""
        return values[int(self.random() * len(values))]

    def in_turn(self, values: Sequence[T]) -> T:
        """Return one of some values, cycling so that many messages use all of them.

        The place advances by one from message to message, and by a long step within one.
        """
        return self.some_in_turn(values, 1)[0]

    def some_in_turn(self, values: Sequence[T], count: int) -> list[T]:
        """Return as many as `in_turn` gives in so many draws."""
        turn = self.turns.get(id(values), 0)
        self.turns[id(values)] = turn + count
        start = self.index + turn * STRIDE
        return [values[(start + step * STRIDE) % len(values)] for step in range(count)]

    def few(self, low: int, high: int) -> int:
        """Return an integer, bounds included, more often small than large."""
        return low + int(self.random() * self.random() * (high - low + 1))

    def digits(self, length: int) -> str:
        """Return a number of digits, with leading zeros."""
        return str(int(self.random() * 10**length)).zfill(length)

    def number(self) -> int:
        """Return the next sequence number within the message, from 1."""
        self.serial += 1
        return self.serial
