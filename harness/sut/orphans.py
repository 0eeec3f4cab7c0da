"""Finds and kills the processes that a program leaves behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Container
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_SET_CHILD_SUBREAPER = 36
_MOST_ROUNDS = 20


@cache
def adopt() -> bool:
    """Become the parent of orphaned processes, so that they can be found; Linux only."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def children() -> list[int]:
    """The child processes of this one."""
    found: list[int] = []
    for task in (_PROC / "self" / "task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, task.read_text().split())
    return found


def _stat(pid: int) -> list[bytes]:
    """The fields of /proc/PID/stat after the name, which may have any bytes; raises OSError."""
    return (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()


def _started(pid: int) -> float:
    """The start time of a process in seconds since boot; 0 if it is gone."""
    try:
        fields = _stat(pid)
    except OSError:
        return 0.0
    return int(fields[19]) / os.sysconf("SC_CLK_TCK")


def now() -> float:
    """The current time on the clock of process start times."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else 0.0


def end_all(since: float, ours: Container[int | None]) -> None:
    """Kill the child processes that appeared after `since` and are not `ours`."""
    if not adopt():
        return
    for _ in range(_MOST_ROUNDS):
        # Start times have a resolution of 0.01 s.
        orphans = [pid for pid in children() if pid not in ours and _started(pid) >= since - 0.02]
        if not orphans:
            return
        for pid in orphans:
            # A process with more rights cannot be killed, and is not awaited.
            with contextlib.suppress(ProcessLookupError, PermissionError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def memory(group: int) -> int:
    """The memory of a process group in bytes; 0 if unknown."""
    total = 0
    for pid in _group(group):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
            total += pages * os.sysconf("SC_PAGE_SIZE")
    return total


def processor_time(group: int) -> float:
    """The processor time of a process group in seconds; 0 if unknown."""
    ticks = 0
    for pid in _group(group):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = _stat(pid)
            # Its own time, and that of the children it has waited for.
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def has_open(group: int, path: Path) -> bool:
    """Whether a process of a group has a file open, as far as can be told."""
    name = str(path.resolve())
    for pid in _group(group):
        with contextlib.suppress(OSError):
            for descriptor in (_PROC / str(pid) / "fd").glob("*"):
                with contextlib.suppress(OSError):
                    if str(descriptor.readlink()) == name:
                        return True
    return False


def _group(group: int) -> list[int]:
    """The leader of a group and all its descendants."""
    found = [group]
    for pid in found:
        # The process may end while its folder is listed.
        with contextlib.suppress(OSError):
            for task in (_PROC / str(pid) / "task").glob("*/children"):
                with contextlib.suppress(OSError):
                    found += map(int, task.read_text().split())
    return found
