"""What a step costs, as a ratio to the anchor that is taken in the same rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from pytest_benchmark.fixture import BenchmarkFixture

from harness.running.settings import BATCH
from tests.bench.prepared import Prepared, anchor

Step = Callable[[Sequence[Prepared]], None]
ROUNDS = 9


class Round:
    """Times a step and the anchor batch by batch, so that both meet the same machine."""

    def __init__(self, step: Step, items: list[Prepared], batch: int) -> None:
        self.step = step
        self.batches = [items[start : start + batch] for start in range(0, len(items), batch)]
        self.count = len(items)
        self.ratios: list[float] = []
        self.anchors: list[float] = []

    def __call__(self) -> None:
        anchored = taken = 0
        for batch in self.batches:
            # Processor time, as a long step is interrupted more often than a short one.
            begin = time.process_time_ns()
            for item in batch:
                anchor(item)
            middle = time.process_time_ns()
            self.step(batch)
            taken += time.process_time_ns() - middle
            anchored += middle - begin
        self.ratios.append(taken / anchored)
        self.anchors.append(anchored / self.count / 1000)


def ratio(
    benchmark: BenchmarkFixture, step: Step, items: list[Prepared], batch: int = BATCH
) -> float:
    """The median, over all rounds, of the time of a step over that of the anchor."""
    measured = Round(step, items, batch)
    pedantic: Callable[..., object] = benchmark.pedantic
    pedantic(measured, rounds=ROUNDS, warmup_rounds=1)
    found = statistics.median(measured.ratios)
    benchmark.extra_info["times the anchor"] = round(found, 2)
    benchmark.extra_info["anchor, microseconds a message"] = round(
        statistics.median(measured.anchors), 1
    )
    return found
