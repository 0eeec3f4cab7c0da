"""One seeded source of chance for each message: same seed and index, same draws, anywhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import shake_128
from itertools import chain
from pathlib import Path
from typing import TypeVar

POOLS = Path(__file__).parent / "pools"
# The messages date from the years in which release 2.0 was used.
FIRST_DAY, _LAST_DAY = 735600, 736357
# Draws of one message lie apart in a long list; prime, so that they come everywhere.
STRIDE = 83
_SHARE_OF_ALL = (1 / 2**32).__mul__
_BLOCK = struct.Struct("<64I")
T = TypeVar("T")


@cache
def pool(name: str) -> tuple[str, ...]:
    """The values of a pool of names, in the order of its file."""
    return tuple((POOLS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def digest(name: str) -> bytes:
    """A stable digest of a name, the same on every machine."""
    return shake_128(name.encode()).digest(16)


def _blocks(key: bytes) -> Iterator[Iterator[float]]:
    """Numbers from 0 up to 1 without end, some at a time."""
    number = 0
    while True:
        data = shake_128(key + number.to_bytes(4)).digest(_BLOCK.size)
        yield map(_SHARE_OF_ALL, _BLOCK.unpack(data))
        number += 1


class Draw:
    """The chance of one message, and what later draws must agree with.

    `random` gives numbers from 0 up to 1, the same on every machine and version of Python; `above`
    maps `RECORD/FIELD` to what 2.0 is to hold of the classes that what is drawn next stands in.
    """

    __slots__ = (
        "above",
        "begin",
        "category",
        "credit",
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
        self.today = self.between(FIRST_DAY, _LAST_DAY)
        self.begin = self.latest = self.today
        self.category = ""
        self.credit = False
        self.full = False
        self.serial = 0
        self.seed = seed
        self.index = index
        self.turns: dict[object, int] = {}
        self.above: dict[str, str] = {}

    def chance(self, probability: float) -> bool:
        """True with a probability from 0 to 1."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of some values."""
        return values[int(self.random() * len(values))]

    def turn(self, values: object) -> int:
        """The place of the next draw from some values, which over many messages comes everywhere.

        It counts on from message to message, and takes a long step within one.
        """
        turn = self.turns.get(id(values), 0)
        self.turns[id(values)] = turn + 1
        return self.index + turn * STRIDE

    def in_turn(self, values: Sequence[T]) -> T:
        """One of some values, so that over many messages all of them have their turn."""
        return values[self.turn(values) % len(values)]

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


# For values that are derived again, of which nothing is left to chance.
NO_CHANCE = Draw(0, "", 0)
