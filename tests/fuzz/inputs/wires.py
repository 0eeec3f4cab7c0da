"""Software that is no process: what it wrote lies ready in pipes, or on a connection."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO
from unittest import mock

from harness.sut.http.bounded_socket import Clock
from harness.sut.http.connection import Connection

# What fits in a pipe, so that nobody has to wait.
_FITS = 60_000


@dataclass(frozen=True)
class Written:
    """What a process wrote to stdout and stderr, and its exit code; None where it lives on."""

    output: bytes
    errors: bytes = b""
    exit_code: int | None = None
    reads: bool = True


class Child:
    """What a program would have been, as far as it is looked at."""

    # No process has this number, so that nothing is asked about one.
    pid = 0

    def __init__(self, written: Written) -> None:
        self.returncode = written.exit_code
        self.stdout, self.stderr = (self._pipe(data) for data in (written.output, written.errors))
        reads, writes = os.pipe()
        self.stdin = os.fdopen(writes, "wb", buffering=0)
        self._kept.append(reads)
        if not written.reads:
            os.close(self._kept.pop())
        for pipe in (self.stdin, self.stdout, self.stderr):
            os.set_blocking(pipe.fileno(), False)

    def _pipe(self, data: bytes) -> BinaryIO:
        reads, writes = os.pipe()
        os.write(writes, data[:_FITS])
        if self.returncode is None:
            self._kept = [*getattr(self, "_kept", []), writes]
        else:
            self._kept = getattr(self, "_kept", [])
            os.close(writes)
        return os.fdopen(reads, "rb", buffering=0)

    def poll(self) -> int | None:
        """How it ended."""
        return self.returncode

    def wait(self, timeout: float = 0) -> int:
        """How it ended; raises TimeoutExpired where it lives on."""
        if self.returncode is None:
            raise subprocess.TimeoutExpired("program", timeout)
        return self.returncode

    def end(self) -> None:
        """Take its pipes down."""
        for pipe in (self.stdin, self.stdout, self.stderr):
            with suppress(OSError):
                pipe.close()
        while self._kept:
            os.close(self._kept.pop())


@contextmanager
def processes(written: Sequence[Written]) -> Iterator[None]:
    """Processes that wrote this, one after the other; the last one again and again."""
    turns = iter(written)

    def start(_words: object, _folder: object) -> Child:
        return Child(next(turns, written[-1]))

    with (
        mock.patch("harness.sut.process.start", start),
        mock.patch("harness.sut.process.end", Child.end),
        mock.patch("harness.sut.stream._GRACE", 0.01),
    ):
        yield


@contextmanager
def servers(written: Sequence[Written]) -> Iterator[None]:
    """A server that sends this on its connections, one after the other."""
    turns, others = iter(written), list[socket.socket]()

    def connect(line: Connection, _: Clock) -> socket.socket:
        now = next(turns, written[-1])
        ours, theirs = socket.socketpair()
        theirs.sendall(now.output[:_FITS])
        if now.exit_code is None:
            others.append(theirs)
        else:
            theirs.shutdown(socket.SHUT_WR)
            others.append(theirs)
        line._plain = ours
        return ours

    with mock.patch.object(Connection, "open", connect):
        yield
    for other in others:
        other.close()
