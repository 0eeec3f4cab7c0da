"""The reference remembers what comes back, such as codes, and nothing that is in one message."""

from __future__ import annotations

import gc
import sys

import pytest

from generators.content.sides import SOURCE_20, SOURCE_21
from generators.message import generate
from generators.writing.written import written
from harness.reference.converter import convert
from schemas.facts.catalogue import catalogue

# The first show every set of values that are there together.
FIRST, MORE = 800, 400


@pytest.mark.parametrize(
    ("side", "source", "target"), [(SOURCE_20, "2.0", "2.1"), (SOURCE_21, "2.1", "2.0")]
)
def test_the_memory_of_the_reference_does_not_grow_with_the_messages(
    side: int, source: str, target: str
) -> None:
    message = catalogue().one("WMO303")
    data = [written(message, generate(message, 1, index), side) for index in range(FIRST + MORE)]

    def held_after(messages: list[bytes]) -> int:
        for item in messages:
            convert(item, source, target)
        gc.collect()
        return sys.getallocatedblocks()

    early = held_after(data[:FIRST])
    late = held_after(data[FIRST:])
    # A message has dozens of values: not even one of each is kept.
    assert late - early < MORE
