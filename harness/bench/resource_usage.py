"""Measures memory and processor time of processes."""

from __future__ import annotations

import resource
import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from harness.sut import orphans

# Seconds between two samples of the memory.
_LOOK = 0.02
# The unit of peak memory: KiB on Linux, bytes on macOS.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Watch:
    """Samples the memory of some processes, while awake, in a thread of its own."""

    def __init__(self) -> None:
        self.peaks: dict[str, int] = {}
        self._now: tuple[str, Callable[[], Iterable[int]]] | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def wake(self, name: str, processes: Callable[[], Iterable[int]]) -> None:
        """Sample these processes from now on, under a name."""
        self._now = name, processes

    def sleep(self) -> int:
        """Stop sampling; returns the current memory of the processes in bytes."""
        held, self._now = self._see(), None
        return held

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            self._see()

    def _see(self) -> int:
        now = self._now
        if now is None:
            return 0
        name, processes = now
        held = sum(orphans.memory(pid) for pid in processes())
        self.peaks[name] = max(self.peaks.get(name, 0), held)
        return held


def processor_time(processes: Iterable[int]) -> float:
    """The processor time of the processes and of all that have ended, in seconds."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(map(orphans.processor_time, processes))


def own_peak() -> int:
    """The peak memory of this process in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
