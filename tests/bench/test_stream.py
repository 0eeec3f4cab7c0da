"""What it costs to ask software over a stream, beside what the software itself takes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.protocol import OK, Request
from harness.sut.stream import StreamSut
from tests.bench.prepared import PER_TYPE, Prepared
from tests.bench.ratio import ratio

MOST_TIMES_THE_ANCHOR = 2.5


@pytest.fixture
def echo() -> Iterator[StreamSut]:
    words = [sys.executable, str(Path(__file__).parent / "echo_stream.py")]
    sut = StreamSut(words, "echo", "", 30)
    yield sut
    sut.close()


def test_asking_a_stream_costs_at_most_two_and_a_half_times_the_anchor(
    benchmark: BenchmarkFixture,
    prepared: list[Prepared],
    echo: StreamSut,
    report: Callable[..., None],
) -> None:
    breaker = CircuitBreaker(echo)

    def ask(batch: Sequence[Prepared]) -> None:
        requests = [Request(item.message.name, "2.0", "2.1", item.ei) for item in batch]
        answers = breaker.ask(requests)
        assert all(answer.status == OK for answer in answers)
        assert [answer.output for answer in answers] == [item.ei for item in batch]

    found = ratio(benchmark, ask, prepared)
    report("ask a stream", PER_TYPE, found, MOST_TIMES_THE_ANCHOR)
    assert found <= MOST_TIMES_THE_ANCHOR
