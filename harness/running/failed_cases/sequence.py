"""Searches for the shortest sequence of earlier messages after which a case fails again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.sut.protocol import Request

# The limit of one search, in seconds.
MOST_SECONDS = 10.0
Messages = tuple[Request, ...]


@dataclass(frozen=True)
class FoundSequence:
    """A sequence of messages, empty if none shows the failure, and how the search `ended`."""

    messages: Messages
    ended: str


class _OutOfTime(Exception):
    """The search is out of time."""


class Search:
    """Reduces a sequence of messages; `shows` asks the case again after a sequence."""

    def __init__(self, shows: Callable[[Sequence[Request]], bool], seconds: float) -> None:
        self._shows = shows
        self.deadline = time.monotonic() + seconds
        self.best: Messages = ()
        self.rejected: set[tuple[int, ...]] = set()

    def run(self, before: Messages) -> FoundSequence:
        """Search for the shortest sequence within the time limit."""
        try:
            # Most such faults depend on the message just before, or on the very first.
            if self.shows(before[-1:]) or self.shows(before[:1]):
                return FoundSequence(self.best, "complete")
            if not self.shows(before):
                return FoundSequence((), "not-shown")
            self.shorten()
            self.thin()
        except _OutOfTime:
            return FoundSequence(self.best, "cut-off")
        return FoundSequence(self.best, "complete")

    def shows(self, messages: Messages) -> bool:
        """Whether the case fails after some messages, which are then the best so far."""
        if time.monotonic() > self.deadline:
            raise _OutOfTime
        name = tuple(map(id, messages))
        if not messages or name in self.rejected:
            return False
        if not self._shows(messages):
            self.rejected.add(name)
            return False
        self.best = messages
        return True

    def shorten(self) -> None:
        """Find where the sequence must start: double the length, then bisect."""
        too_short, step = 1, 2
        while step < len(self.best) and not self.shows(self.best[-step:]):
            too_short, step = step, 2 * step
        while len(self.best) - too_short > 1:
            middle = (too_short + len(self.best)) // 2
            if not self.shows(self.best[-middle:]):
                too_short = middle

    def thin(self) -> None:
        """Remove parts in the middle, ever smaller, down to single messages."""
        size = len(self.best) // 2
        while size:
            start = 0
            while start < len(self.best):
                if not self.shows(self.best[:start] + self.best[start + size :]):
                    start += size
            size //= 2
