"""What the pipeline costs, as ratios to the anchor that are taken in the same rounds."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from stages import STAGES, Prepared, all_prepared, anchor, pipeline

ROUNDS = 9
MOST_TIMES_THE_ANCHOR = 4.0


@pytest.fixture(scope="module")
def prepared() -> Iterator[list[Prepared]]:
    items = all_prepared()
    # Trees have no cycles, so that the collector only costs time; `ikeur run` does the same.
    gc.collect()
    gc.freeze()
    gc.disable()
    yield items
    gc.enable()


def seconds(step: Callable[[Prepared], object], items: list[Prepared]) -> float:
    # Processor time, as a long round is interrupted more often than a short one.
    begin = time.process_time()
    for item in items:
        step(item)
    return time.process_time() - begin


def ratio(
    benchmark: BenchmarkFixture, step: Callable[[Prepared], object], items: list[Prepared]
) -> float:
    """The median, over rounds that alternate with the anchor, of a step over the anchor."""
    anchors: list[float] = []
    taken: list[float] = []

    def before() -> None:
        anchors.append(seconds(anchor, items))

    def measured() -> None:
        taken.append(seconds(step, items))

    benchmark.pedantic(measured, setup=before, rounds=ROUNDS, warmup_rounds=1)
    found = statistics.median(one / other for one, other in zip(taken, anchors, strict=True))
    benchmark.extra_info["times the anchor"] = round(found, 2)
    benchmark.extra_info["anchor, microseconds a message"] = round(
        statistics.median(anchors) / len(items) * 1e6, 1
    )
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(
    benchmark: BenchmarkFixture, prepared: list[Prepared], stage: str, report: Callable[..., None]
) -> None:
    report(stage, ratio(benchmark, STAGES[stage], prepared))


def test_the_whole_pipeline_costs_at_most_four_times_the_anchor(
    benchmark: BenchmarkFixture, prepared: list[Prepared], report: Callable[..., None]
) -> None:
    found = ratio(benchmark, pipeline, prepared)
    report("whole pipeline", found)
    assert found <= MOST_TIMES_THE_ANCHOR
