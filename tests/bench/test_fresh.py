"""What making and judging new messages costs, as ratios to the anchor on the same messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.fresh_runs import STAGES, SUMS, FreshRuns
from tests.bench.prepared import Prepared, messages
from tests.bench.ratio import ratio
from tests.bench.run_reports import report_on

ROUNDS = 5
# Messages of each type: as many as a default run has, and five times as many.
FIRST, MANY = 40, 200
# What a figure may be at most, by the number of messages.
MOST = {
    FIRST: {"whole pipeline": 5.5},
    MANY: {"whole pipeline": 4.6, "making": 3.2, "rules 2.0": 1.0, "rules 2.1": 1.0},
}
Report = Callable[..., None]


@pytest.mark.parametrize("count", [FIRST, MANY])
def test_new_messages_cost_at_most(benchmark: BenchmarkFixture, report: Report, count: int) -> None:
    runs = FreshRuns(count)
    benchmark.pedantic(runs, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    for figure in (*STAGES, *SUMS):
        found, most = runs.of(figure), MOST[count].get(figure)
        benchmark.extra_info[figure] = round(found, 2)
        report(figure, count, found, most)
    for message in messages():
        report(message.name, count, runs.of("whole pipeline", message.name))
    for figure, most in MOST[count].items():
        assert runs.of(figure) <= most, figure


def test_the_reports(
    benchmark: BenchmarkFixture, prepared: list[Prepared], report: Report, tmp_path: Path
) -> None:
    """All reports of one run, so that what they cost once is shared by all its cases."""
    step = partial(report_on, tmp_path)
    report("report", FIRST, ratio(benchmark, step, prepared, batch=len(prepared)))


@pytest.mark.fast
def test_new_messages_cost_at_most_a_third_more_in_any_run() -> None:
    """The bounds of the benchmark, measured roughly in every run of the tests."""
    runs = FreshRuns(FIRST)
    for _ in range(3):
        runs()
        if _all_hold(runs):
            return
    assert _all_hold(runs), {figure: runs.of(figure) for figure in MOST[FIRST]}


def _all_hold(runs: FreshRuns) -> bool:
    return all(runs.of(figure) <= 4 / 3 * most for figure, most in MOST[FIRST].items())
