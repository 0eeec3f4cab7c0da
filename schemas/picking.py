"""Values under some keys of a mapping, taken in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

Pick = Callable[[Mapping[str, str]], tuple[str, ...]]


def picker(keys: Sequence[str]) -> Pick:
    """The function that takes what stands under the keys, as a tuple however many they are."""
    if len(keys) > 1:
        return itemgetter(*keys)
    if not keys:
        return lambda _: ()
    (key,) = keys
    return lambda found: (found[key],)
