"""The messages that come before one with a defect: generated, then made to tell of the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generators.content.sides import SOURCE
from generators.defects.injection import Tells, chains_of, put
from generators.defects.plans import Before
from generators.message import generate
from schemas.rules.element_refs import Chain
from schemas.rules.registers.history import History, State

# The first message of each defect lies this far on, so that it is none of another.
_APART = 1_000_000


def tells(release: str, seed: int, index: int) -> Tells:
    """What makes the messages before the one of an index, in a release."""
    return partial(_all_before, release, seed, index)


def _all_before(
    release: str, seed: int, index: int, before: Sequence[Before], last: Chain
) -> tuple[Chain, ...]:
    """For each message before the last the class that tells of the same; fewer where one cannot."""
    found: list[Chain] = []
    state = State(History())
    for number, item in enumerate(before, 1):
        content = generate(item.message, seed, index + number * _APART, clients=1)
        chains = chains_of(content.node(SOURCE[release]), item.placement.records)
        fit = [chain for chain in chains if item.when is None or item.when(chain, state) is True]
        if not fit:
            break
        for step in item.steps:
            value = step.value(last, state) if step.value else None
            for do in put(step, fit[0], value):
                do()
        found.append(fit[0])
    return tuple(found)
