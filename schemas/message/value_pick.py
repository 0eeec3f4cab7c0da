"""Values under some keys of a mapping, taken in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

# What is worked out for the keys that are present is kept, a kilobyte each: so much as messages of
# all types need when they come in turns.
MOST_KEPT = 2048
Pick = Callable[[Mapping[str, str]], tuple[str, ...]]


def picker(keys: Sequence[Any]) -> Callable[[Any], tuple[str, ...]]:
    """The function that takes what stands under keys or at places, as a tuple however many."""
    if len(keys) > 1:
        return itemgetter(*keys)
    if not keys:
        return lambda _: ()
    (key,) = keys
    return lambda found: (found[key],)
