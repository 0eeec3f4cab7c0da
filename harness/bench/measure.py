"""Measures throughput and latency of software under load."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.protocol import OK, Answer, Asks, Request

# The most bytes in flight; a larger message is sent alone.
_MOST_TOGETHER = 16 * 1024 * 1024


@dataclass
class Part:
    """The work of one side for a lot in one direction and one round.

    `seconds` is the time for all requests at once, in which `converted` messages of `bytes` input
    came back; `latencies` has the seconds of each message that was converted alone. `held` is the
    memory at the end in bytes, `cpu` the processor time in seconds, `asked` the number of requests,
    `at` the start in seconds.
    """

    at: float
    seconds: float = 0.0
    converted: int = 0
    bytes: int = 0
    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0
    held: int = 0
    asked: int = 0


@dataclass
class LoadAnswers:
    """The answers to the same requests, sent alone and all at once."""

    alone: list[Answer]
    together: list[Answer]


def ask(sut: CircuitBreaker, requests: Sequence[Request], part: Part) -> LoadAnswers:
    """Ask each message alone for the latency, then all at once for the throughput.

    A single message is asked once for both.
    """
    begin = time.perf_counter()
    alone = _alone(sut, requests, part)
    if len(requests) == 1:
        part.seconds = time.perf_counter() - begin
        _count(part, requests, alone)
        return LoadAnswers(alone, [])
    together: list[Answer] = []
    part.asked += len(requests)
    for chunk in _chunks(requests):
        begin = time.perf_counter()
        together += sut.together(chunk)
        part.seconds += time.perf_counter() - begin
    _count(part, requests, together)
    return LoadAnswers(alone, together)


def _alone(sut: Asks, requests: Sequence[Request], part: Part) -> list[Answer]:
    answers = []
    part.asked += len(requests)
    for request in requests:
        begin = time.perf_counter()
        answers += sut.ask([request])
        taken = time.perf_counter() - begin
        if answers[-1].status == OK:
            part.latencies.append(taken)
    return answers


def _count(part: Part, requests: Sequence[Request], answers: Sequence[Answer]) -> None:
    for request, answer in zip(requests, answers, strict=True):
        if answer.status == OK:
            part.converted += 1
            part.bytes += len(request.data)


def _chunks(requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
    start = size = 0
    for place, request in enumerate(requests):
        if place > start and size + len(request.data) > _MOST_TOGETHER:
            yield requests[start:place]
            start, size = place, 0
        size += len(request.data)
    yield requests[start:]
