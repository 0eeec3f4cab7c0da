"""Asks one process for many messages, as some faults show only after tens of thousands."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from harness.bench.fidelity import Fidelity
from harness.bench.settings import ROUTES, Lot
from harness.bench.store import Store
from harness.cases.case import Route
from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.protocol import UNASKED, Request

# The number of messages of a bench: more than a counter of 16 bits with a sign holds.
MESSAGES = 33_000
# Slow software is asked fewer, for so many seconds.
_MOST_SECONDS = 60.0
_TOGETHER = 64
# Some faults show in messages of several clients alone: the clients and the number of these.
_SEVERAL, _OF_SEVERAL = 3, 2
_Item = tuple[Lot, Route, int, Request]


def of_several_clients(lots: Sequence[Lot]) -> list[Lot]:
    """The lots of messages of several clients that are asked among those of some lots."""
    return [Lot(lot.message, _SEVERAL, _OF_SEVERAL, among=lot.size) for lot in lots]


def endure(
    sut: CircuitBreaker, lots: Sequence[Lot], store: Store, fidelity: Fidelity, asked: int
) -> Iterator[int]:
    """Ask the messages of some lots over and over, all types and directions at once, and judge all.

    Each time one of several clients is among them. `asked` messages were asked before. Yields the
    number that is asked now.
    """
    ready, others = (
        cycle([item for lot in some for item in _items(lot, store)])
        for some in (lots, of_several_clients(lots))
    )
    left, until = MESSAGES - asked, time.monotonic() + _MOST_SECONDS
    while left > 0 and not sut.is_over and time.monotonic() < until:
        some = [*islice(others, 1), *islice(ready, min(left, _TOGETHER) - 1)]
        answers = sut.together([request for *_, request in some])
        for (lot, route, index, _), answer in zip(some, answers, strict=True):
            if answer.status != UNASKED:
                fidelity.judge_one(lot, route, index, answer, is_crowded=True)
        left -= len(some)
        yield len(some)


def _items(lot: Lot, store: Store) -> list[_Item]:
    """The messages of a lot in both directions, alternating."""
    of_route = [[*enumerate(store.requests(lot, route))] for route in ROUTES]
    return [
        (lot, route, index, request)
        for found in zip(*of_route, strict=True)
        for route, (index, request) in zip(ROUTES, found, strict=True)
    ]
