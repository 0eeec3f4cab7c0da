"""Generates the messages that precede one with a defect, and adapts them to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generators.content.sides import SOURCE
from generators.defects.injection import EarlierMaker, chains_of, put
from generators.defects.plans import EarlierPlan
from generators.message import generate
from schemas.rules.element_refs import Chain
from schemas.rules.registers.history import History, State

# Offset between the indexes of the messages of a set, so that none is used twice.
_APART = 1_000_000


def earlier_messages(release: str, seed: int, index: int) -> EarlierMaker:
    """Return the function that makes the messages preceding the one with an index, in a release."""
    return partial(_all_before, release, seed, index)


def _all_before(
    release: str, seed: int, index: int, before: Sequence[EarlierPlan], last: Chain
) -> tuple[Chain, ...]:
    """Return the chain to the matching class of each earlier message; fewer if one has none."""
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
