"""Pools of values that depend on nothing else in a message, shared by all types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from generators.values.domains import Domain, is_free
from generators.values.draw import Draw
from generators.values.specs import Spec

# The number of values of a pool, and how many are drawn at a time.
_SIZE, _BLOCK = 512, 16


class ValuePool:
    """Values that are drawn when a message first needs them; what they are depends on no message.

    `entries` holds None for what is not drawn yet.
    """

    __slots__ = ("_label", "_make", "entries")

    def __init__(self, label: str, make: Callable[[Draw], str]) -> None:
        self._label = label
        self._make = make
        self.entries: list[str | None] = [None] * _SIZE

    def pick(self, draw: Draw) -> str:
        """Return one of the values."""
        place = int(draw.random() * _SIZE)
        value = self.entries[place]
        return self._fill(place) if value is None else value

    def _fill(self, place: int) -> str:
        """Draw the value at a place, with its block."""
        start = place - place % _BLOCK
        draw = Draw(0, self._label, start)
        draw.serial = start
        block = [self._make(draw) for _ in range(_BLOCK)]
        self.entries[start : start + _BLOCK] = block
        return block[place - start]


def pick_of(make: Domain, spec: Spec, write: Callable[[str], str] = str) -> Callable[[Draw], str]:
    """Return the function that draws a value: from a pool, or for each message if it must.

    `write` gives the notation of a value.
    """
    if is_free(make, spec):
        return _shared(make, replace(spec, name="", may_be_absent=False), write).pick
    return lambda draw: write(make(draw, spec))


@cache
def _shared(make: Domain, spec: Spec, write: Callable[[str], str]) -> ValuePool:
    label = f"{make.__name__}/{spec}/{write if write is not str else ''}"
    return ValuePool(label, lambda draw: write(make(draw, spec)))
