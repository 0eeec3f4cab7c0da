"""What a run costs is divided over its stages, and published."""

from __future__ import annotations

import pytest

from tests.bench import published, whole_run
from tests.bench.run_stages import STAGES
from tests.bench.whole_run import ALL, SOFTWARE, WHAT, per_case, run


def test_what_a_further_case_costs_is_the_difference_of_two_runs() -> None:
    few = dict.fromkeys((*STAGES, SOFTWARE), 1.0) | {"cases": 100.0}
    many = few | {"cases": 300.0, "making": 5.0, SOFTWARE: 3.0}
    # 200 further cases, of an anchor of 10 ms: 4 s of making are 2.0 of it for each, and 2 s 1.0.
    found = per_case(few, many, 0.01)
    assert found["making"] == pytest.approx(2.0)
    assert found[SOFTWARE] == pytest.approx(1.0)
    assert found["judging"] == 0.0
    assert found[ALL] == pytest.approx(3.0)


def test_every_stage_of_a_run_takes_time() -> None:
    costs = run(1)
    # Eight types, two directions.
    assert costs["cases"] == 16
    assert all(costs[stage] > 0 for stage in (*STAGES, SOFTWARE))


def test_every_stage_is_published() -> None:
    page = published.PAGE.read_text("utf-8")
    told = page.partition(whole_run.BEGIN)[2].partition(whole_run.END)[0]
    rows = dict(line.strip("| ").split(" | ", 1) for line in told.splitlines() if " | " in line)
    for stage in WHAT:
        assert all(float(cell) >= 0 for cell in rows[stage].split(" | ")[1:])
    assert all(float(cell) > 0 for cell in rows[ALL].split(" | ")[1:])
