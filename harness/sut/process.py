"""Runs a foreign process in its own group, with limits on time, memory and output."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

from harness.sut import orphans

MOST_OUTPUT = 64 * 1024 * 1024
MOST_MEMORY = 4 * 1024 * 1024 * 1024
MOST_ERRORS = 1024 * 1024
_BLOCK = 65536
# The most buffers in one write.
_MOST_PIECES = 64
# Seconds that a killed process may take to end.
_MOST_ENDING = 5.0
# Seconds between two checks of the memory of a process.
_LOOK = 0.25
# The processes started here that have not ended, with their start times.
_running: dict[int, float] = {}
# Whether several processes run at once, in threads.
_is_concurrent = False
# Children of this process that are not software under test.
_spared: set[int] = set()


@dataclass(frozen=True)
class Finished:
    """How a process ended: `exit`, `timeout`, `flood` or `memory`, with its output.

    The exit code is None if the process could not be ended.
    """

    ended: str
    exit_code: int | None
    output: bytes
    errors: bytes


def start(argv: Sequence[str], folder: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a process in its own group, in a folder; raises OSError if it cannot be started."""
    orphans.adopt()
    begin = orphans.now()
    process = subprocess.Popen(  # noqa: S603 - running it is the purpose
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=folder,
    )
    _running[process.pid] = begin
    for pipe in (process.stdin, process.stdout, process.stderr):
        os.set_blocking(cast(IO[bytes], pipe).fileno(), False)
    return process


def end_everything() -> None:
    """Kill all processes started here and their orphans, before this process exits."""
    for pid in list(_running):
        _kill(pid)
    _running.clear()
    end_orphans(0.0)


def spare_children() -> None:
    """Exempt the current children of this process from the search for orphans."""
    _spared.update(orphans.children())


def end_orphans(since: float) -> None:
    """Kill the child processes that appeared after `since`, except known ones."""
    ours = {child.pid for child in multiprocessing.active_children()}
    orphans.end_all(since, {*ours, *_running, *_spared})


def running() -> list[int]:
    """The processes started here that have not ended."""
    return list(_running)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, its group and its orphans, and close its pipes."""
    _kill(process.pid)
    # A process with more rights cannot be killed.
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_MOST_ENDING)
    if not _is_concurrent:
        end_orphans(_running.get(process.pid, orphans.now()))
    _running.pop(process.pid, None)
    for pipe in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(OSError):
            cast(IO[bytes], pipe).close()


@contextlib.contextmanager
def concurrent_runs() -> Iterator[None]:
    """A context in which several processes run at once, in threads.

    Orphans of one cannot be told from children that another still needs, so they are killed when
    all processes have ended. An exception kills the processes.
    """
    global _is_concurrent
    begin, before, _is_concurrent = orphans.now(), set(_running), True
    try:
        yield
    except BaseException:
        for pid in set(_running) - before:
            _kill(pid)
        raise
    finally:
        _is_concurrent = False
        end_orphans(begin)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class Pump:
    """Feeds a process and collects its output, until a deadline."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.output = bytearray()
        self.errors = bytearray()
        self.to_write = deque[memoryview]()
        self.closed = False
        self.greedy = False
        self._next_look = time.monotonic() + _LOOK
        self.selector = selectors.DefaultSelector()
        self.selector.register(cast(IO[bytes], process.stdout), selectors.EVENT_READ, self.output)
        self.selector.register(cast(IO[bytes], process.stderr), selectors.EVENT_READ, self.errors)

    def feed(self, *pieces: bytes) -> None:
        """Queue input for the process."""
        self.to_write.extend(memoryview(piece) for piece in pieces if piece)
        if self.to_write:
            self._watch_stdin()

    def _watch_stdin(self) -> None:
        stdin = cast(IO[bytes], self.process.stdin)
        if stdin.fileno() not in self.selector.get_map():
            self.selector.register(stdin, selectors.EVENT_WRITE, None)

    def close_stdin(self) -> None:
        """Signal the end of the input."""
        stdin = cast(IO[bytes], self.process.stdin)
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(stdin)
        with contextlib.suppress(OSError):
            stdin.close()

    def step(self, deadline: float) -> bool:
        """Transfer some bytes; returns False after the deadline."""
        now = time.monotonic()
        left = deadline - now
        if left <= 0:
            return False
        if now >= self._next_look:
            self.greedy = orphans.memory(self.process.pid) > MOST_MEMORY
            self._next_look = now + _LOOK
        for key, _ in self.selector.select(min(left, _LOOK)):
            if key.data is None:
                self._write(key)
            else:
                self._read(key, key.data)
        return True

    def _write(self, key: selectors.SelectorKey) -> None:
        try:
            written = os.writev(key.fd, list(islice(self.to_write, _MOST_PIECES)))
        except BlockingIOError:
            return
        except OSError:
            # The process closed its input: it has read what it needed.
            self.to_write.clear()
            written = 0
        while self.to_write and written >= len(self.to_write[0]):
            written -= len(self.to_write.popleft())
        if written:
            self.to_write[0] = self.to_write[0][written:]
        if not self.to_write:
            self.selector.unregister(key.fileobj)

    def _read(self, key: selectors.SelectorKey, into: bytearray) -> None:
        try:
            data = os.read(key.fd, _BLOCK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.selector.unregister(key.fileobj)
            self.closed = self.closed or into is self.output
        elif into is self.errors:
            # The last lines tell why the process died.
            into += data
            del into[:-MOST_ERRORS]
        else:
            into += data

    @property
    def flooded(self) -> bool:
        """Whether the process exceeded the output limit."""
        return len(self.output) > MOST_OUTPUT

    @property
    def open_pipes(self) -> int:
        """The number of output pipes that the process has open."""
        return sum(key.data is not None for key in self.selector.get_map().values())


def run(argv: Sequence[str], data: bytes, timeout: float, folder: Path | None = None) -> Finished:
    """Run a process to its end; `timeout` in seconds. Raises OSError if it cannot start."""
    process = start(argv, folder)
    pump = Pump(process)
    pump.feed(data)
    deadline = time.monotonic() + timeout
    ended = "exit"
    try:
        if not data:
            pump.close_stdin()
        while pump.open_pipes and process.poll() is None:
            if not pump.to_write:
                pump.close_stdin()
            if pump.flooded or pump.greedy:
                ended = "flood" if pump.flooded else "memory"
                break
            if not pump.step(deadline):
                ended = "timeout"
                break
        else:
            ended = _drain(pump, process, deadline)
    finally:
        end(process)
        pump.selector.close()
    return Finished(ended, process.returncode, bytes(pump.output), bytes(pump.errors))


def _drain(pump: Pump, process: subprocess.Popen[bytes], deadline: float) -> str:
    """Drain the pipes of an ended process, and wait for one that only closed them."""
    grace = min(deadline, time.monotonic() + 0.2) if process.poll() is not None else deadline
    while pump.open_pipes and not pump.flooded and pump.step(grace):
        pass
    if pump.flooded:
        return "flood"
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return "timeout"
    return "exit"
