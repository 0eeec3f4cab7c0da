"""Pools of what depends on nothing else in a message, shared by all types."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from generators.values.domains import Domain, is_free
from generators.values.draw import Draw
from generators.values.specs import Spec

T = TypeVar("T")
# The number of values of a pool, which a byte chooses from, and how many are drawn at a time.
SIZE, _BLOCK = 256, 16


class Pool(dict[int, T]):
    """Values by place, drawn when a message first needs them; what they are depends on no message.

    At odd places all that may be absent is present.
    """

    __slots__ = ("_label", "_make")

    def __init__(self, label: str, make: Callable[[Draw], T]) -> None:
        super().__init__()
        self._label = label
        self._make = make

    def __missing__(self, place: int) -> T:
        """Draw the value at a place, with its block."""
        start = place - place % _BLOCK
        draw = Draw(0, self._label, start)
        draw.serial = start
        for one in range(start, start + _BLOCK):
            draw.full = bool(one % 2)
            self[one] = self._make(draw)
        return self[place]


_SHARED: dict[tuple[str, Hashable], Pool[Any]] = {}


def shared_pool(label: str, signature: Hashable, make: Callable[[Draw], T]) -> Pool[T]:
    """Return the pool of what is drawn; all of one label and signature share it."""
    return _SHARED.setdefault((label, signature), Pool(label, make))


def pool_of(make: Domain, spec: Spec, write: Callable[[str], str] = str) -> Pool[str] | None:
    """Return the pool of a value, or None if it must be drawn for each message.

    `write` gives the notation of a value.
    """
    if is_free(make, spec):
        return _shared(make, replace(spec, name="", may_be_absent=False), write)
    return None


def pick_of(make: Domain, spec: Spec, write: Callable[[str], str] = str) -> Callable[[Draw], str]:
    """Return the function that draws a value; `write` gives its notation."""
    pool = pool_of(make, spec, write)
    if pool is None:
        return lambda draw: write(make(draw, spec))
    return lambda draw: pool[draw.byte()]


@cache
def _shared(make: Domain, spec: Spec, write: Callable[[str], str]) -> Pool[str]:
    label = f"{make.__name__}/{spec}/{write if write is not str else ''}"
    return Pool(label, lambda draw: write(make(draw, spec)))
