"""A fuzz target: a check that holds for any input, tried briefly, or for its share of the time.

`make fuzz` sets IKEUR_FUZZ_SECONDS, which is divided over the targets of the session. Without it
each target tries the same few inputs on every run.
"""

from __future__ import annotations

import functools
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

SECONDS = float(os.environ.get("IKEUR_FUZZ_SECONDS", "0"))
# Wall time means nothing on a busy machine, and strategies that start from messages are slow.
_ANYHOW: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}
settings.register_profile("brief", derandomize=True, **_ANYHOW)
settings.register_profile("long", derandomize=False, max_examples=200, **_ANYHOW)
# So many seconds does each fuzzer of what comes from outside have in every test run; `make fuzz`
# gives it minutes.
EVERY_RUN = 5.0
# A call that takes so many seconds of a processor does not end.
_ENDLESS = 20


@dataclass
class Tally:
    """How many inputs a target tried, and what it found."""

    tried: int = 0
    found: str = "nothing"


@dataclass
class Session:
    """The targets of this session; `share` is the time of each, in seconds."""

    share: float = 0.0
    tallies: dict[str, Tally] | None = None


SESSION = Session(tallies={})


@contextmanager
def target(name: str) -> Iterator[Tally]:
    """Count what a target tries, and note what it finds."""
    assert SESSION.tallies is not None
    tally = SESSION.tallies[name] = Tally()
    try:
        yield tally
    except BaseException as error:
        tally.found = f"{type(error).__name__}, see above"
        raise


def _no_end(*_: object) -> None:
    raise AssertionError(f"no end after {_ENDLESS} seconds of a processor")


@contextmanager
def _ending() -> Iterator[None]:
    """An error out of whatever does not end."""
    before = signal.signal(signal.SIGVTALRM, _no_end)
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fuzzed(
    examples: int, seconds: float = 0.0, **inputs: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make a check a target; `examples` are tried when there is no time to spend.

    Behind these so many `seconds` go to inputs that are others on every run.
    """
    long = settings.get_profile("long")
    profile = long if SECONDS else settings.get_profile("brief")
    if not SECONDS:
        profile = settings(profile, max_examples=examples)

    def decorate(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            __tracebackhide__ = True
            with target(check.__name__) as tally:

                @functools.wraps(check)
                def counted(**drawn: Any) -> None:
                    tally.tried += 1
                    with _ending():
                        check(**drawn)

                until = time.monotonic() + (SESSION.share if SECONDS else seconds)
                search = profile(given(**inputs)(counted))
                search()
                if not SECONDS:
                    search = settings(long, max_examples=20)(given(**inputs)(counted))
                while time.monotonic() < until:
                    search()

        test.__name__ = check.__name__
        return pytest.mark.fuzz(test)

    return decorate
