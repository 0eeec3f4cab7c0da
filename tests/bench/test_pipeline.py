"""What the pipeline costs, as ratios to the anchor that are taken in the same rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from run_reports import report_on
from stages import ROUNDS, STAGES, Prepared, anchor, messages, pipeline

from harness.running.settings import BATCH

Step = Callable[[Sequence[Prepared]], None]
MOST_TIMES_THE_ANCHOR = 2.0
MOST_FOR_RULES = 1.0
OF_ALL = [message.name for message in messages()]


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


def each(stage: Callable[[Prepared], object]) -> Step:
    """A stage over all messages of a batch."""

    def step(batch: Sequence[Prepared]) -> None:
        for item in batch:
            stage(item)

    return step


def ratio(
    benchmark: BenchmarkFixture, step: Step, items: list[Prepared], batch: int = BATCH
) -> float:
    """The median, over all rounds, of the time of a step over that of the anchor."""
    measured = Round(step, items, batch)
    benchmark.pedantic(measured, rounds=ROUNDS, warmup_rounds=1)
    found = statistics.median(measured.ratios)
    benchmark.extra_info["times the anchor"] = round(found, 2)
    benchmark.extra_info["anchor, microseconds a message"] = round(
        statistics.median(measured.anchors), 1
    )
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(
    benchmark: BenchmarkFixture, prepared: list[Prepared], stage: str, report: Callable[..., None]
) -> None:
    found = ratio(benchmark, each(STAGES[stage]), prepared)
    report(stage, found)
    if stage.startswith("rules"):
        assert found <= MOST_FOR_RULES


def test_the_reports(
    benchmark: BenchmarkFixture,
    prepared: list[Prepared],
    report: Callable[..., None],
    tmp_path: Path,
) -> None:
    """All reports of one run, so that what they cost once is shared by all its cases."""
    step = partial(report_on, tmp_path)
    report("report", ratio(benchmark, step, prepared, batch=len(prepared)))


@pytest.mark.parametrize("message", OF_ALL)
def test_the_whole_pipeline_of_each_type(
    benchmark: BenchmarkFixture,
    prepared: list[Prepared],
    message: str,
    report: Callable[..., None],
) -> None:
    items = [item for item in prepared if item.message.name == message]
    report(message, ratio(benchmark, pipeline, items))


def test_the_whole_pipeline_costs_at_most_twice_the_anchor(
    benchmark: BenchmarkFixture, prepared: list[Prepared], report: Callable[..., None]
) -> None:
    found = ratio(benchmark, pipeline, prepared)
    report("whole pipeline", found, MOST_TIMES_THE_ANCHOR)
    assert found <= MOST_TIMES_THE_ANCHOR
