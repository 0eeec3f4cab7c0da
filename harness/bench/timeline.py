"""The course of a bench over time, and the distribution of latencies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from harness.bench.measure import Part
from harness.bench.rounds import REFERENCE, SUT, Measured
from harness.bench.settings import Lot
from harness.cases.case import Route
from reports.bench.results import Histogram, Moment

_MILLION = 1_000_000
_MOST_MOMENTS = 150
_BINS = 24

_Parts = Mapping[tuple[Lot, Route], Sequence[Part]]


def moments(measured: Measured) -> list[Moment]:
    """The bench in stretches of messages of one size, short enough to plot."""
    reference = measured.parts[REFERENCE]
    pairs = [
        (lot.size, one, other)
        for (lot, route), parts in measured.parts[SUT].items()
        for one, other in zip(parts, reference.get((lot, route), ()), strict=False)
    ]
    pairs.sort(key=lambda pair: pair[1].at)
    step = math.ceil(len(pairs) / _MOST_MOMENTS) or 1
    return [_moment(some) for some in _stretches(pairs, step)]


def _stretches(
    pairs: Sequence[tuple[int, Part, Part]], step: int
) -> Iterator[list[tuple[int, Part, Part]]]:
    stretch: list[tuple[int, Part, Part]] = []
    for pair in pairs:
        if stretch and (len(stretch) == step or stretch[0][0] != pair[0]):
            yield stretch
            stretch = []
        stretch.append(pair)
    if stretch:
        yield stretch


def _moment(pairs: Sequence[tuple[int, Part, Part]]) -> Moment:
    size, first, _ = pairs[0]
    return Moment(
        at=round(first.at, 3),
        seconds=round(sum(one.seconds for _, one, _ in pairs), 6),
        size=size,
        sut_mb_per_s=_rate([one for _, one, _ in pairs]),
        reference_mb_per_s=_rate([other for _, _, other in pairs]),
        sut_memory=max(one.held for _, one, _ in pairs) or None,
    )


def _rate(parts: Sequence[Part]) -> float:
    """The rate in MB/s."""
    seconds = sum(part.seconds for part in parts)
    return float(f"{sum(part.bytes for part in parts) / _MILLION / seconds:.4g}")


def histograms(measured: Measured) -> list[Histogram]:
    """A latency histogram for each size, with logarithmic bins."""
    found = []
    for size in sorted({lot.size for lot, _ in measured.parts[SUT]}):
        sides = [_latencies(measured.parts[side], size) for side in (SUT, REFERENCE)]
        if not all(sides):
            continue
        low, high = min(map(min, sides)), max(map(max, sides))
        edges = [low * (high / low) ** (place / _BINS) for place in range(_BINS + 1)]
        edges[-1] = math.nextafter(high, math.inf)
        sut, reference = (_counts(values, edges) for values in sides)
        shown = tuple(float(f"{edge:.4g}") for edge in edges)
        found.append(Histogram(size, shown, sut, reference))
    return found


def _latencies(parts: _Parts, size: int) -> list[float]:
    """The latencies of a size in milliseconds."""
    return [
        1000 * value
        for (lot, _), rounds in parts.items()
        for part in rounds
        for value in part.latencies
        if lot.size == size
    ]


def _counts(values: Sequence[float], edges: Sequence[float]) -> tuple[int, ...]:
    ordered = sorted(values)
    counts, place = [], 0
    for _, high in pairwise(edges):
        start = place
        while place < len(ordered) and ordered[place] < high:
            place += 1
        counts.append(place - start)
    # Rounding must not lose the last values.
    counts[-1] += len(ordered) - place
    return tuple(counts)
