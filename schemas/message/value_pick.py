"""Functions that take several values from a mapping or sequence in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

# Cache size for what is compiled per set of keys, a kilobyte each: enough for messages of all types
# in turn.
MOST_KEPT = 2048
Pick = Callable[[Mapping[str, str]], tuple[str, ...]]


def picker(keys: Sequence[Any]) -> Callable[[Any], tuple[str, ...]]:
    """Return the function that takes the values at some keys or indexes, always as a tuple."""
    if len(keys) > 1:
        return itemgetter(*keys)
    if not keys:
        return lambda _: ()
    (key,) = keys
    return lambda found: (found[key],)
