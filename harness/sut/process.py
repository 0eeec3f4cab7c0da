"""A process of somebody else: in a group of its own, bounded in time, memory and output."""

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
from typing import IO, cast

from harness.sut import orphans

MOST_OUTPUT = 64 * 1024 * 1024
MOST_MEMORY = 4 * 1024 * 1024 * 1024
MOST_ERRORS = 1024 * 1024
_BLOCK = 65536
# So many pieces of what is to be read are handed over at once.
_MOST_PIECES = 64
# So many seconds a process that was killed may take to end.
_MOST_ENDING = 5.0
# Seconds between two looks at how much memory a process holds.
_LOOK = 0.25
# What was started here and has not been ended yet, with the moment it began.
_running: dict[int, float] = {}
# Whether several are run at once, by threads.
_is_concurrent = False
# Children of this process that are no software under test, and serve it to its end.
_spared: set[int] = set()


@dataclass(frozen=True)
class Finished:
    """How a process ended: `exit`, `timeout`, `flood` or `memory`, with what it wrote.

    The exit code is None where it could not be ended.
    """

    ended: str
    exit_code: int | None
    output: bytes
    errors: bytes


def start(argv: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own; raises OSError where it cannot be started."""
    orphans.adopt()
    begin = orphans.now()
    process = subprocess.Popen(  # noqa: S603 - running it is the purpose
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    _running[process.pid] = begin
    for pipe in (process.stdin, process.stdout, process.stderr):
        os.set_blocking(cast(IO[bytes], pipe).fileno(), False)
    return process


def end_everything() -> None:
    """Kill all that was started here, with what it left behind: this process is about to go."""
    for pid in list(_running):
        _kill(pid)
    _running.clear()
    end_orphans(0.0)


def spare_children() -> None:
    """Take all children that there are now for what serves this process, not for orphans."""
    _spared.update(orphans.children())


def end_orphans(since: float) -> None:
    """Kill what became a child of this process since a moment, but for what is known here."""
    ours = {child.pid for child in multiprocessing.active_children()}
    orphans.end_all(since, {*ours, *_running, *_spared})


def running() -> list[int]:
    """The processes that were started here and have not been ended yet."""
    return list(_running)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with its group and all that it left behind, and take its pipes down."""
    _kill(process.pid)
    # One with more rights than these cannot be killed.
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
    """Within it several processes are run at once, by threads.

    Nothing tells what one of them left behind from what another still needs, so that it is ended
    when all of them are. Where something is raised they are killed.
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
    """Feeds a process and takes what it writes, until a deadline."""

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
        """Give the process something more to read; it is written as the process takes it."""
        self.to_write.extend(memoryview(piece) for piece in pieces if piece)
        if self.to_write:
            self._watch_stdin()

    def _watch_stdin(self) -> None:
        stdin = cast(IO[bytes], self.process.stdin)
        if stdin.fileno() not in self.selector.get_map():
            self.selector.register(stdin, selectors.EVENT_WRITE, None)

    def close_stdin(self) -> None:
        """Tell the process that nothing more comes."""
        stdin = cast(IO[bytes], self.process.stdin)
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(stdin)
        with contextlib.suppress(OSError):
            stdin.close()

    def step(self, deadline: float) -> bool:
        """Move some bytes; False when the time is over."""
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
            # The process closed its input: what it needed, it has read.
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
            # The last of what it says is what tells why it died.
            into += data
            del into[:-MOST_ERRORS]
        else:
            into += data

    @property
    def flooded(self) -> bool:
        """Whether the process wrote more than is taken."""
        return len(self.output) > MOST_OUTPUT

    @property
    def open_pipes(self) -> int:
        """How many of its outputs the process still holds open."""
        return sum(key.data is not None for key in self.selector.get_map().values())


def run(argv: Sequence[str], data: bytes, timeout: float) -> Finished:
    """Run a process to its end; `timeout` in seconds. Raises OSError where it cannot start."""
    process = start(argv)
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
    """Take what an ended process left in its pipes, and wait for one that only closed them."""
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
