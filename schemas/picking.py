"""Values under some keys of a mapping, taken in one step, and what is worked out for such keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

MOST_KEPT = 512
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


def keep(kept: dict[tuple[str, ...], Value], present: tuple[str, ...], value: Value) -> Value:
    """Keep what was worked out for the keys that are present, and give it back."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[present] = value
    return value
