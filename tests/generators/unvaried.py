"""The messages that show no variation, which are small."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from generators.values.specs import BOTH
from generators.variation.covering_plan import planned


def unvaried(name: str, number: int) -> Iterator[int]:
    """The indexes of the first messages of a type that show no variation."""
    return islice((index for index in count() if not planned(name, BOTH, index)), number)
