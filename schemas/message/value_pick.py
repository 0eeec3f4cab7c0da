"""Values under some keys of a mapping, taken in one step, and what is worked out for such keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

MOST_KEPT = 2048
Value = TypeVar("Value")
Pick = Callable[[Mapping[str, str]], tuple[str, ...]]


def picker(keys: Sequence[Any]) -> Callable[[Any], tuple[str, ...]]:
    """The function that takes what stands under keys or at places, as a tuple however many."""
    if len(keys) > 1:
        return itemgetter(*keys)
    if not keys:
        return lambda _: ()
    (key,) = keys
    return lambda found: (found[key],)


class _Remembered:
    """All that was kept, wherever it is."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: dict[int, dict[tuple[str, ...], Any]] = {}


_remembered = _Remembered()


def forget() -> None:
    """Let go of all that was kept: messages come type by type, and each type has its own."""
    for kept in _remembered.kept.values():
        kept.clear()
    _remembered.count = 0


def keep(kept: dict[tuple[str, ...], Value], present: tuple[str, ...], value: Value) -> Value:
    """Keep what was worked out for the keys that are present, and give it back."""
    if _remembered.count >= MOST_KEPT:
        forget()
    _remembered.kept[id(kept)] = kept
    _remembered.count += 1
    kept[present] = value
    return value
