"""Draws combinations of one to three faults of the catalogue, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from harness.cases.case import there
from harness.cases.specimen import Specimen
from schemas.facts.catalogue import catalogue
from tests.suts.fault_kinds.kinds import MOST_SPOTS, converted, kinds
from tests.suts.fault_table import faults
from tests.suts.several import AND, one
from tests.suts.spoiling import Convert, combined

MOST = 3
_TRIED = range(6)


@dataclass(frozen=True)
class Part:
    """A fault in a combination: the converter that has it, and the message types that show it."""

    name: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Combination:
    """Faults that are put into one converter at once, the last one innermost."""

    parts: tuple[Part, ...]

    @property
    def target(self) -> str:
        """The converter, as an option."""
        return f"--python=tests.suts.several:{AND.join(part.name for part in self.parts)}"

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types that show the faults."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.messages))


def combinations(count: int, seed: int) -> Iterator[Combination]:
    """So many combinations, of one, two and three faults in turn.

    Faults that cannot be in one converter, as one cannot read what the other wrote, are drawn anew.
    """
    source, known = random.Random(seed), _catalogue()
    for number in range(count):
        found = None
        while found is None:
            drawn = source.sample(known, 1 + number % MOST)
            found = _together([source.choice(places) for places in drawn])
        yield found


@cache
def _catalogue() -> list[list[Part]]:
    """Each fault that was written by itself, and each kind with the places it strikes."""
    alone = [
        [Part(fault.name, tuple(fault.messages.split(",")))]
        for fault in faults().values()
        if not fault.missed and set(fault.messages.split(",")) <= set(converted())
    ]
    struck = [
        [
            Part(f"{kind.name}__{place}__{message}", (message,))
            for place in range(MOST_SPOTS)
            for message in kind.strike(place)
        ]
        for kind in kinds().values()
    ]
    return [*alone, *struck]


def _together(parts: Sequence[Part]) -> Combination | None:
    """The faults in an order in which each can spoil what the next one writes, if there is one."""
    for order in permutations(parts):
        found = Combination(order)
        if all(_works(found, message) for message in found.messages):
            return found
    return None


def _works(found: Combination, message: str) -> bool:
    """Whether a combination fails only on messages on which one of its faults is meant to."""
    alone = [(one(part.name), message in part.messages) for part in found.parts]
    together = combined([convert for convert, _ in alone])
    for index in _TRIED:
        for asked in _inputs(message, index):
            failing = [is_meant for convert, is_meant in alone if _fails(convert, asked)]
            if not all(failing) or (_fails(together, asked) and not failing):
                return False
    return True


@cache
def _inputs(message: str, index: int) -> tuple[tuple[bytes, str, str], ...]:
    sources = Specimen(catalogue().one(message), 1, index).sources
    return tuple((data, *there(release)) for release, data in sources.items())


def _fails(convert: Convert, asked: tuple[bytes, str, str]) -> bool:
    try:
        convert(*asked)
    # Whatever it raises but a refusal, it fails.
    except Exception as error:
        return type(error).__name__ != "Refused"
    return False
