"""What processes use while they are under load: memory and processor time."""

from __future__ import annotations

import resource
import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from harness.sut import orphans

# Seconds between two looks at the memory.
_LOOK = 0.02
# How the system counts the most memory of a process: in KiB, but in bytes on a Mac.
_UNIT = 1 if sys.platform == "darwin" else 1024


class Watch:
    """Looks at the memory of some processes, while it is awake, in a thread of its own."""

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
        """Look at these processes from now on, under a name."""
        self._now = name, processes

    def sleep(self) -> int:
        """Look no more; how many bytes the processes hold at this moment."""
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
    """The seconds that processes have been at work, and those that have ended before."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(map(orphans.processor_time, processes))


def own_peak() -> int:
    """The most bytes of memory that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
