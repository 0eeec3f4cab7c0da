"""The figures of a bench: percentiles, ratios, memory that grows, pauses, what fits a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.bench import anomalies as signs
from harness.bench import store
from harness.bench.baseline import Baseline, compare
from harness.bench.figures import latency, percentile, speed
from harness.bench.measure import Part
from harness.bench.rounds import REFERENCE, SUT, Measured
from harness.bench.settings import ROUTES, Lot, Settings, lots
from harness.bench.store import Store
from reports.bench.results import BenchRow, Ratios
from schemas.ei import read as ei_read
from schemas.facts.catalogue import catalogue
from schemas.xml import read as xml_read

WMO305 = catalogue().one("WMO305")
LOT = Lot(WMO305, 1, 4)
MIB = 2**20


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = [float(number) for number in range(1, 101)]
    assert [percentile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.5) == percentile([7.0], 0.99) == 7.0


def test_latency_is_in_milliseconds() -> None:
    found = latency([0.003, 0.001, 0.002])
    assert found is not None
    assert (found.p50, found.max) == (2.0, 3.0)
    assert latency([]) is None


def test_speed_counts_what_was_converted_in_the_time_of_all() -> None:
    parts = [
        Part(0, seconds=2.0, converted=10, bytes=4_000_000, latencies=[0.1]),
        Part(5, seconds=1.0, converted=10, bytes=4_000_000, latencies=[0.1]),
        Part(9, seconds=4.0, converted=10, bytes=4_000_000, latencies=[0.1]),
    ]
    found = speed([[part] for part in parts])
    assert found is not None
    rates = found.messages_per_s
    assert (rates.median, rates.low, rates.high) == (5.0, 2.5, 10.0)
    assert found.mb_per_s.median == 2.0
    assert speed([[Part(0, seconds=2.0)]]) is None


def measured(*sides: list[list[Part]]) -> Measured:
    """Parts by direction and round, of the software and of the reference converter."""
    found = Measured()
    for side, routes in zip((SUT, REFERENCE), sides, strict=True):
        for route, parts in zip(ROUTES, routes, strict=True):
            found.parts[side][LOT, route] = parts
    return found


def holding(*mib: float) -> list[list[Part]]:
    """In both directions, so much memory at the end of each round."""
    return [[Part(0, held=int(value * MIB)) for value in mib] for _ in ROUTES]


@pytest.mark.parametrize(
    ("own", "beside", "leaks"),
    [
        ((40, 45, 50, 55), (40, 40, 40, 40), True),
        ((40, 45, 50), (40, 40, 40), True),
        # Two rounds tell nothing, and what is kept once is no leak.
        ((40, 45), (40, 40), False),
        ((40, 60, 60, 60), (40, 40, 40, 40), False),
        ((40, 45, 50, 50), (40, 40, 40, 40), False),
        ((40, 40.9, 41.8, 42.7), (40, 40, 40, 40), False),
        # The reference converter does nearly the same.
        ((40, 45, 50, 55), (40, 44, 48, 52), False),
        # Nothing is known of a server that runs elsewhere.
        ((0, 0, 0, 0), (40, 40, 40, 40), False),
    ],
)
def test_memory_that_grows_in_each_round_is_a_leak(
    own: tuple[float, ...], beside: tuple[float, ...], leaks: bool
) -> None:
    assert bool(list(signs.leak(measured(holding(*own), holding(*beside))))) is leaks


def taking(*seconds: float) -> list[list[Part]]:
    """In both directions one round, in which the messages took so long."""
    return [[Part(0, latencies=list(seconds))] for _ in ROUTES]


STEADY = [0.01] * 20


@pytest.mark.parametrize(
    ("own", "beside", "stutters"),
    [
        ([*STEADY, 0.3, 0.3], STEADY, True),
        (STEADY, STEADY, False),
        # One in each direction is chance, and short ones are the machine.
        ([*STEADY, 0.3], STEADY, False),
        ([*STEADY, 0.05, 0.05], STEADY, False),
        # Long messages differ by more than a pause.
        ([1.0, 1.2, 1.1, 1.5, 1.3, 0.9], STEADY, False),
        # The machine stops both.
        ([*STEADY, 0.3, 0.3], [*STEADY, 0.3, 0.3], False),
        # It stopped the reference once, and that one as well.
        ([*STEADY, 0.3, 0.3], [*STEADY, 0.06], True),
        # Hundreds of messages between two pauses.
        ([*STEADY * 100, 0.3, 0.3], STEADY, False),
    ],
)
def test_pauses_are_a_stutter_where_they_take_much_of_the_time(
    own: list[float], beside: list[float], stutters: bool
) -> None:
    found = list(signs.stutter(measured(taking(*own), taking(*beside))))
    assert bool(found) is stutters


def test_a_round_asks_fewer_of_large_messages_unless_it_is_said() -> None:
    settings = Settings((WMO305,), (1000, 1, 50, 1), 3, 0, 1)
    assert [(lot.size, lot.count) for lot in lots(settings)] == [(1, 20), (50, 2), (1000, 1)]
    exact = Settings((WMO305,), (1, 1000), 3, 7, 1)
    assert [lot.count for lot in lots(exact)] == [7, 7]


def test_a_message_has_as_many_clients_as_can_be_read_and_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_MOST_BYTES", 600_000)
    lot = Lot(catalogue().one("WMO303"), 400, 2)
    made = Store(tmp_path, 1)
    made.prepare(lot)
    assert 50 < made.clients[lot] < 400
    for index in range(lot.count):
        one, other = (made.source(lot, release, index) for release in ("2.0", "2.1"))
        assert max(len(one), len(other)) < 700_000
        readings = ei_read.read(one), xml_read.read(other)
        for reading in readings:
            assert reading.faults == []
            assert reading.root is not None
            assert len(reading.root.children) == made.clients[lot]


def row(message: str, size: int, speed: tuple[float, ...], p95: tuple[float, ...]) -> BenchRow:
    ratio = Ratios(speed, p95, 2.0)
    return BenchRow(message, "2.0-2.1", size, size, 1, 1000, len(speed), None, None, ratio)


def worse(before: tuple[float, ...], now: tuple[float, ...], threshold: float = 20) -> set[str]:
    """The groups of which the throughput is worse, where it was before and is now as given."""
    known = Baseline(Path("b"), "1", {("WMO305", "2.0-2.1", 1): Ratios(before, (1.0,) * 3, 2.0)})
    found = compare(known, [row("WMO305", 1, now, (1.0,) * 3)], threshold)
    return {item.group for item in found.compared if item.is_worse}


def test_what_is_worse_by_more_than_the_threshold_and_than_chance_is_worse() -> None:
    every = {"all", "size", "message"}
    assert worse((1.0, 1.0, 1.0), (0.5, 0.5, 0.5)) == every
    assert worse((1.0, 1.0, 1.0), (2.0, 2.0, 2.0)) == set()
    # 1 over 0.84 is 19 percent more time, 1 over 0.83 is 20.5.
    assert worse((1.0, 1.0, 1.0), (0.84, 0.84, 0.84)) == set()
    assert worse((1.0, 1.0, 1.0), (0.83, 0.83, 0.83)) == every
    # The rounds of both differ by a tenth, or by more than what is worse.
    assert worse((1.0, 0.95, 1.05), (0.5, 0.48, 0.53)) == every
    assert worse((1.0, 0.7, 1.3), (0.7, 0.6, 0.8)) == set()


def test_latency_is_worse_where_it_is_longer() -> None:
    known = Baseline(Path("b"), "1", {("WMO305", "2.0-2.1", 1): Ratios((1.0,), (1.0,), 2.0)})
    found = compare(known, [row("WMO305", 1, (1.0,), (1.5,))], 20)
    told = {(item.measure, item.worse_percent) for item in found.compared if item.is_worse}
    assert told == {("p95", 50.0)}


def test_only_what_both_measured_is_compared() -> None:
    known = Baseline(Path("b"), "1", {("WMO305", "2.0-2.1", 1): Ratios((1.0,), (1.0,), 2.0)})
    rows = [row("WMO305", 1, (1.0,), (1.0,)), row("WMO307", 1, (0.1,), (9.0,))]
    found = compare(known, rows, 20)
    assert found.rows == 1
    assert {item.name for item in found.compared} == {"", "1", "WMO305"}
    assert not any(item.is_worse for item in found.compared)
