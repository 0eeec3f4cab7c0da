"""Turns measurements into figures: medians with their spread, percentiles and ratios."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from harness.bench.fidelity import Fidelity
from harness.bench.measure import Part
from harness.bench.rounds import REFERENCE, SUT, Measured
from harness.bench.settings import Lot
from harness.bench.store import Store
from harness.cases.case import Route
from reports.bench.results import TALLIES, BenchRow, Latency, Ratios, Speed, Spread

_MILLION = 1_000_000
# The software and the reference in the same round.
_Pair = tuple[Part, Part]


def spread(values: Sequence[float]) -> Spread:
    """The median of some figures, with the lowest and the highest."""
    rounded = [float(f"{value:.6g}") for value in values]
    return Spread(statistics.median(rounded), min(rounded), max(rounded))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that a share (0 to 1) of the ordered values does not exceed."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def middle(values: Iterable[float]) -> float:
    """The geometric mean, which suits ratios."""
    return statistics.geometric_mean(values)


def latency(seconds: Iterable[float]) -> Latency | None:
    """The latency percentiles in milliseconds of times in seconds; None if there are none."""
    ordered = sorted(round(1000 * value, 4) for value in seconds)
    if not ordered:
        return None
    p50, p95, p99 = (percentile(ordered, share) for share in (0.5, 0.95, 0.99))
    return Latency(p50, p95, p99, ordered[-1])


def speed(rounds: Sequence[Sequence[Part]]) -> Speed | None:
    """The speed of one side, from its parts by round; None if nothing was converted."""
    known = latency(value for some in rounds for part in some for value in part.latencies)
    if known is None:
        return None
    seconds = [sum(part.seconds for part in some) for some in rounds]
    messages = [sum(part.converted for part in some) for some in rounds]
    sizes = [sum(part.bytes for part in some) / _MILLION for some in rounds]
    per_s = [count / time for count, time in zip(messages, seconds, strict=True)]
    mb_per_s = [size / time for size, time in zip(sizes, seconds, strict=True)]
    return Speed(spread(per_s), spread(mb_per_s), known)


def _faster(sut: Part, reference: Part) -> float:
    """The throughput of the software over that of the reference."""
    return (sut.converted / sut.seconds) / (reference.converted / reference.seconds)


def _later(sut: Part, reference: Part) -> float:
    """The 95th percentile latency of the software over that of the reference."""
    one, other = (percentile(sorted(part.latencies), 0.95) for part in (sut, reference))
    return one / other


def _ratios(pairs: Sequence[_Pair], anchors: Sequence[float]) -> Ratios | None:
    if not all(sut.converted and sut.latencies for sut, _ in pairs):
        return None
    anchor = [
        sut.seconds / sut.converted / taken for (sut, _), taken in zip(pairs, anchors, strict=False)
    ]
    return Ratios(
        speed=tuple(float(f"{_faster(*pair):.4g}") for pair in pairs),
        p95=tuple(float(f"{_later(*pair):.4g}") for pair in pairs),
        anchor=float(f"{statistics.median(anchor):.4g}"),
    )


class Figures:
    """The rows of a bench: per type, direction and size, and per size."""

    def __init__(self, measured: Measured, store: Store, fidelity: Fidelity) -> None:
        self.measured = measured
        self.store = store
        self.fidelity = fidelity
        self.pairs: dict[tuple[Lot, Route], list[_Pair]] = {
            key: list(zip(parts, measured.parts[REFERENCE].get(key, ()), strict=False))
            for key, parts in measured.parts[SUT].items()
        }
        # A part without its counterpart says nothing.
        self.pairs = {key: pairs for key, pairs in self.pairs.items() if pairs}

    def rows(self) -> list[BenchRow]:
        """A row for each message type, direction and size."""
        return [self._row(lot, route, pairs) for (lot, route), pairs in self.pairs.items()]

    def _row(self, lot: Lot, route: Route, pairs: list[_Pair]) -> BenchRow:
        answers = self.fidelity.by_lot.get((lot, route), Counter())
        return BenchRow(
            message=lot.message.name,
            direction="-".join(route),
            size=lot.size,
            clients=self.store.clients[lot],
            messages=lot.count,
            bytes=max(part.bytes for _, part in pairs),
            rounds=len(pairs),
            sut=speed([[sut] for sut, _ in pairs]),
            reference=speed([[reference] for _, reference in pairs]),
            ratio=_ratios(pairs, self.measured.anchors[lot]),
            answers={name: answers[name] for name in TALLIES},
        )

    def sizes(self, rows: Sequence[BenchRow]) -> list[BenchRow]:
        """A row for each size, over all types and directions."""
        return [
            self._size(size, [row for row in rows if row.size == size])
            for size in sorted({row.size for row in rows})
        ]

    def _size(self, size: int, rows: Sequence[BenchRow]) -> BenchRow:
        pairs = [pairs for (lot, _), pairs in self.pairs.items() if lot.size == size]
        # Only rounds that all types completed can be added up.
        rounds = min(map(len, pairs))
        by_round = [[some[number] for some in pairs] for number in range(rounds)]
        answers = sum((Counter(row.answers) for row in rows), Counter[str]())
        return BenchRow(
            message="",
            direction="",
            size=size,
            clients=min(row.clients for row in rows),
            messages=sum(row.messages for row in rows),
            bytes=sum(row.bytes for row in rows),
            rounds=rounds,
            sut=speed([[sut for sut, _ in some] for some in by_round]),
            reference=speed([[reference for _, reference in some] for some in by_round]),
            ratio=combined(rows),
            answers={name: answers[name] for name in TALLIES},
        )


def combined(rows: Iterable[BenchRow]) -> Ratios | None:
    """Combine the ratios of some rows: their geometric mean, by round."""
    known = [row.ratio for row in rows if row.ratio]
    if not known:
        return None
    rounds = range(min(len(ratio.speed) for ratio in known))
    return Ratios(
        speed=tuple(_short(middle(ratio.speed[n] for ratio in known)) for n in rounds),
        p95=tuple(_short(middle(ratio.p95[n] for ratio in known)) for n in rounds),
        anchor=_short(middle(ratio.anchor for ratio in known)),
    )


def _short(value: float) -> float:
    return float(f"{value:.4g}")
