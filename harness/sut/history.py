"""Remembers what a software process was asked, within limits."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from harness.sut.protocol import Answer, Request

# The number of requests remembered: the first of a process, and the most recent ones.
_MOST_FIRST, _MOST_LAST = 100, 1900
# The most bytes of each of the two.
_MOST_BYTES = 4 * 1024 * 1024


class History:
    """The requests of one process, in order."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[Request] = []
        self._last: deque[tuple[int, Request]] = deque()
        self._first_bytes = self._bytes = 0

    def record(self, request: Request) -> Past:
        """Record a request; returns what came before it."""
        place, self.count = self.count, self.count + 1
        size = self._first_bytes + len(request.data)
        if place == len(self._first) < _MOST_FIRST and size <= _MOST_BYTES:
            self._first.append(request)
            self._first_bytes = size
        else:
            self._last.append((place, request))
            self._bytes += len(request.data)
            while len(self._last) > _MOST_LAST or self._bytes > _MOST_BYTES:
                self._bytes -= len(self._last.popleft()[1].data)
        return Past(self, place)

    def annotate(self, requests: Sequence[Request], answers: Iterable[Answer]) -> list[Answer]:
        """Record requests, and add to each answer what came before it."""
        pasts = [self.record(request) for request in requests]
        return [replace(answer, past=past) for answer, past in zip(answers, pasts, strict=True)]

    def before(self, place: int) -> tuple[Request, ...]:
        """The remembered requests before a position."""
        last = (request for at, request in self._last if at < place)
        return (*self._first[:place], *last)


@dataclass(frozen=True)
class Past:
    """A position in the history of a process."""

    history: History
    place: int

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests before the position."""
        return self.history.before(self.place)
