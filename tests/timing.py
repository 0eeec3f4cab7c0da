"""Limits of time: as a ratio to a fixed piece of work, or a guard against what hangs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import ParamSpec, TypeVar

from schemas.facts.catalogue import catalogue
from schemas.message.parse_xml import parse
from schemas.xml.validators import own
from tests.paths import GOLDEN

LARGEST = 1_000_000
# What takes longer than so many times the anchor is too slow for a message of a million bytes.
MOST_TIMES_THE_ANCHOR = 33.0
# Seconds: no measure of speed, but less than the minute for which software sleeps that hangs.
GUARD = 55.0
# Over a doubling of its size what is linear takes twice as long, and what is quadratic four times.
MOST_PER_DOUBLING = 2.3
# Seconds of a processor: what takes less is lost in the noise, and is asked with more.
LEAST_MEASURED = 0.02
# Seconds of a processor: a machine may be slow for a while at one of the two sizes alone.
PATIENCE = 30.0
P = ParamSpec("P")
T = TypeVar("T")


def soon(task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a task gives; raises AssertionError where it takes too long beside the anchor.

    Both are measured in processor time. A task that seems too slow is asked once more, with the
    anchor beside it, as either may have met a slow moment of the machine.
    """
    begin = time.process_time()
    result = task(*args, **kwargs)
    taken = time.process_time() - begin
    if taken > MOST_TIMES_THE_ANCHOR * _usual_anchor():
        times = _seconds(lambda: task(*args, **kwargs)) / _anchor()
        assert times <= MOST_TIMES_THE_ANCHOR, f"{times:.0f} times the anchor"
    return result


def grows_with_its_size(
    make: Callable[[int], Callable[[], object]],
    size: int,
    doublings: int = 2,
    most: int = sys.maxsize,
) -> None:
    """Raises AssertionError where the time of a task grows much faster than its size.

    `make` gives the task of a size, up to `most`. Measured in turns is the time of the processor at
    a size and some doublings further, the least of some rounds, as noise makes neither of them
    faster.
    """
    small = make(size)
    small()
    while _seconds(small) < LEAST_MEASURED and 2 ** (doublings + 1) * size <= most:
        size *= 2
        small = make(size)
    large, ratio = make(2**doublings * size), MOST_PER_DOUBLING**doublings
    # What is quick at the largest size is done several times.
    times = 1 + int(LEAST_MEASURED / _seconds(small))
    small, large = _repeated(small, times), _repeated(large, times)
    least = [_seconds(small), _seconds(large)]
    until = time.process_time() + PATIENCE
    while time.process_time() < until:
        if least[1] <= ratio * least[0]:
            return
        least = [min(least[0], _seconds(small)), min(least[1], _seconds(large))]
    assert least[1] <= ratio * least[0], least


def _repeated(task: Callable[[], object], times: int) -> Callable[[], None]:
    def repeated() -> None:
        for _ in range(times):
            task()

    return repeated


@contextmanager
def not_hanging() -> Iterator[None]:
    """Raises AssertionError where what is done takes as long as what hangs."""
    begin = time.monotonic()
    yield
    assert time.monotonic() - begin < GUARD


def _seconds(task: Callable[[], object]) -> float:
    begin = time.process_time()
    task()
    return time.process_time() - begin


@cache
def _usual_anchor() -> float:
    return _anchor()


def _anchor() -> float:
    """The seconds of a processor that lxml needs to parse and validate a million bytes."""
    return min(_seconds(_parse_and_validate) for _ in range(3))


def _parse_and_validate() -> None:
    root = parse(_large()).root
    assert root is not None
    own().schema(catalogue().one("WMO305")).validate(root)


@cache
def _large() -> bytes:
    """A message of 2.1 with its first client over and over."""
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    start, end = text.index("<wmo305:Client>"), text.index("</wmo305:Clienten>")
    times = (LARGEST - len(text)) // (end - start)
    return (text[:start] + text[start:end] * times + text[end:]).encode()
