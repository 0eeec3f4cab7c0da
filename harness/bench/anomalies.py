"""Signs of trouble that show over time: memory that grows, and pauses."""

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
# Memory that grows by less in a round is not told of, nor what the reference nearly does too.
_LEAST_GROWTH = 1 * _MIB
_LEAST_TIMES_REFERENCE = 2.0
# Growth over fewer rounds is as likely what software keeps once, for speed.
_LEAST_ROUNDS = 3
# A pause is so many times the median of its like, and takes so many seconds more.
_TIMES_MEDIAN, _LONGER = 4.0, 0.05
# Pauses are told of where there are several, which take such a share of the time of a size.
_LEAST_PAUSES, _LEAST_SHARE = 3, 0.1

_Parts = Mapping[tuple[Lot, Route], Sequence[Part]]


def growth(parts: _Parts) -> int | None:
    """The memory that each round added, in bytes: the least of them; None where it is unknown.

    Each part is compared with the same part of the round before, when the same was asked.
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
    """The finding that each round left more memory behind."""
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
    """The finding that software did not stay alive, though each answer may be right."""
    if measured.restarts:
        yield BenchFinding(
            code=DIED,
            blocking=False,
            count=measured.restarts,
            expected="one process from begin to end",
            actual=f"started again {measured.restarts} times",
        )


def _pauses(values: Sequence[float]) -> list[float]:
    """By how much each value that stands out does so, in seconds."""
    usual = statistics.median(values)
    least = max(_TIMES_MEDIAN * usual, usual + _LONGER)
    return [value - usual for value in values if value > least]


def pauses(parts: _Parts, size: int) -> tuple[list[float], float]:
    """The pauses among the messages of a size, and the time of all of them, in seconds."""
    found: list[float] = []
    total = 0.0
    for (lot, _), rounds in parts.items():
        values = [value for part in rounds for value in part.latencies]
        if lot.size == size and values:
            total += sum(values)
            found += _pauses(values)
    return found, total


def stutter(measured: Measured) -> Iterator[BenchFinding]:
    """The findings, one for each size, that some messages take far longer than their like."""
    for size in sorted({lot.size for lot, _ in measured.parts[SUT]}):
        found, total = pauses(measured.parts[SUT], size)
        # A machine that is busy stops both, in the same messages.
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
