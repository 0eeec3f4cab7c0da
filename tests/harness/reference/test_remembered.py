"""The reference remembers what comes back, such as codes, and nothing that is in one message."""

from __future__ import annotations

import gc
import sys
from itertools import count, islice

import pytest

from generators.content.sides import SOURCE_20, SOURCE_21
from generators.message import generate
from generators.values.specs import BOTH
from generators.variation.covering_plan import planned
from generators.writing.written import written
from harness.reference.converter import convert
from schemas.facts.catalogue import catalogue

# The first show every set of values that are there together. Messages that show a variation are
# left out: the largest of them fills tables that are as long as it, once.
FIRST, MORE = 800, 400


@pytest.mark.parametrize(
    ("side", "source", "target"), [(SOURCE_20, "2.0", "2.1"), (SOURCE_21, "2.1", "2.0")]
)
def test_the_memory_of_the_reference_does_not_grow_with_the_messages(
    side: int, source: str, target: str
) -> None:
    message = catalogue().one("WMO303")
    plain = (index for index in count() if not planned(message.name, BOTH, index))
    drawn = [generate(message, 1, index) for index in islice(plain, FIRST + MORE)]
    data = [written(message, content, side) for content in drawn]

    def held_after(messages: list[bytes]) -> int:
        for item in messages:
            convert(item, source, target)
        gc.collect()
        return sys.getallocatedblocks()

    early = held_after(data[:FIRST])
    late = held_after(data[FIRST:])
    # A message has dozens of values: not even one of each is kept.
    assert late - early < MORE
