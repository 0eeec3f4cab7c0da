"""Detects trouble over time: growing memory, restarts and pauses."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from harness.bench.measure import Part
from harness.bench.rounds import REFERENCE, SUT, Measured
from harness.bench.settings import Lot
from harness.cases.case import Route
from reports.bench.results import BenchFinding

LEAK, STUTTER, DIED = "BENCH-LEAK", "BENCH-STUTTER", "BENCH-DIED"
_MIB = 1024 * 1024
# Growth below this, or not well above that of the reference, is ignored.
_LEAST_GROWTH = 1 * _MIB
_LEAST_TIMES_REFERENCE = 2.0
# In fewer rounds, growth is as likely a cache.
_LEAST_ROUNDS = 3
# A pause exceeds this multiple of the median, and the median by this many seconds.
_TIMES_MEDIAN, _LONGER = 4.0, 0.05
# Pauses are reported if there are several, with such a share of the time of a size.
_LEAST_PAUSES, _LEAST_SHARE = 3, 0.1

_Parts = Mapping[tuple[Lot, Route], Sequence[Part]]


def growth(parts: _Parts) -> int | None:
    """The least growth of memory between two rounds, in bytes; None if unknown.

    Each part is compared with the same part of the round before.
    """
    rounds = min(map(len, parts.values()), default=0)
    held = [[some[number].held for some in parts.values()] for number in range(rounds)]
    if rounds < _LEAST_ROUNDS or not all(map(all, held)):
        return None
    steps = (
        statistics.median(after - before for before, after in zip(one, other, strict=True))
        for one, other in pairwise(held)
    )
    return int(min(steps))


def leak(measured: Measured) -> Iterator[BenchFinding]:
    """The finding that every round leaves more memory in use."""
    found, beside = growth(measured.parts[SUT]), growth(measured.parts[REFERENCE]) or 0
    least = max(_LEAST_GROWTH, int(_LEAST_TIMES_REFERENCE * beside))
    if found is None or found <= least:
        return
    rounds = min(map(len, measured.parts[SUT].values()))
    yield BenchFinding(
        code=LEAK,
        blocking=False,
        count=rounds,
        expected=f"at most {least / _MIB:.1f} MiB more after each round with the same messages",
        actual=f"at least {found / _MIB:.1f} MiB more after each of {rounds} rounds",
    )


def died(measured: Measured) -> Iterator[BenchFinding]:
    """The finding that the software was restarted, even if all answers are right."""
    if measured.restarts:
        yield BenchFinding(
            code=DIED,
            blocking=False,
            count=measured.restarts,
            expected="one process from begin to end",
            actual=f"started again {measured.restarts} times",
        )


def _pauses(values: Sequence[float]) -> list[float]:
    """The excess of each outlier over the median, in seconds."""
    usual = statistics.median(values)
    least = max(_TIMES_MEDIAN * usual, usual + _LONGER)
    return [value - usual for value in values if value > least]


def pauses(parts: _Parts, size: int) -> tuple[list[float], float]:
    """The pauses among the messages of a size, and their total time, both in seconds."""
    found: list[float] = []
    total = 0.0
    for (lot, _), rounds in parts.items():
        values = [value for part in rounds for value in part.latencies]
        if lot.size == size and values:
            total += sum(values)
            found += _pauses(values)
    return found, total


def stutter(measured: Measured) -> Iterator[BenchFinding]:
    """The findings, one per size, that some messages take far longer than similar ones."""
    for size in sorted({lot.size for lot, _ in measured.parts[SUT]}):
        found, total = pauses(measured.parts[SUT], size)
        # A busy machine delays both sides.
        beside = sum(pauses(measured.parts[REFERENCE], size)[0])
        if len(found) < _LEAST_PAUSES or sum(found) <= _LEAST_TIMES_REFERENCE * beside:
            continue
        share = sum(found) / total
        if share <= _LEAST_SHARE:
            continue
        yield BenchFinding(
            code=STUTTER,
            blocking=False,
            count=len(found),
            size=size,
            expected=f"pauses in at most {_LEAST_SHARE:.0%} of the time",
            actual=f"pauses of {statistics.median(found):.2f} s, in {share:.0%} of the time",
        )
