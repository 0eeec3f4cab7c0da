"""A connection over HTTP whose every wait is bounded, however slowly bytes drip in."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

_BLOCK = 65536
# Seconds between two looks at the clock, which may be another one meanwhile.
_LOOK = 0.1
T = TypeVar("T")


class Clock(Protocol):
    """What tells how long may still be waited."""

    def left(self) -> float:
        """How many seconds are left; raises TimeoutError where none are."""
        ...


@dataclass(frozen=True)
class Deadline:
    """A moment at which all is given up."""

    moment: float

    def left(self) -> float:
        """How many seconds are left; raises TimeoutError where none are."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True)
class Wire:
    """A socket that gives up when its clock says so."""

    plain: socket.socket
    clock: Clock

    def wait(self, what: Callable[[], T]) -> T:
        """Do something with the socket that may have to wait."""
        while True:
            self.plain.settimeout(min(self.clock.left(), _LOOK))
            try:
                return what()
            except TimeoutError:
                continue

    def shake_hands(self) -> None:
        """Begin a TLS connection, where it is one."""
        if isinstance(self.plain, ssl.SSLSocket):
            self.wait(self.plain.do_handshake)

    def send(self, data: bytes) -> None:
        """Send all of some bytes."""
        view = memoryview(data)
        while view:
            view = view[self.wait(lambda rest=view: self.plain.send(rest)) :]  # type: ignore[misc]

    def makefile(self, _: str) -> io.BufferedReader:
        """What comes back, as a file."""
        return _Counted(_Reader(self), _BLOCK)


class _Counted(io.BufferedReader):
    """What comes back is read by so many bytes at a time; a length of less than none is all."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Some bytes; raises ValueError for a chunk that is to have fewer than none."""
        if size is None or size < 0:
            raise ValueError("a chunk of a negative length")
        return super().read(size)


class _Reader(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        return self.wire.wait(lambda: self.wire.plain.recv_into(buffer))
