"""What the pipeline costs, as ratios to the anchor that are taken in the same rounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.ratio import each, ratio
from tests.bench.run_reports import report_on
from tests.bench.stages import STAGES, Prepared, messages, pipeline

MOST_TIMES_THE_ANCHOR = 2.0
MOST_FOR_RULES = 1.0
OF_ALL = [message.name for message in messages()]


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
