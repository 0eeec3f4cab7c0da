"""A socket on which every wait is bounded, however slowly bytes arrive."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

_BLOCK = 65536
# Seconds between two checks of the clock, whose deadline may move.
_LOOK = 0.1
T = TypeVar("T")


class Clock(Protocol):
    """Tells how long to wait."""

    def left(self) -> float:
        """The seconds left; raises TimeoutError if none are."""
        ...


@dataclass(frozen=True)
class Deadline:
    """A fixed deadline."""

    moment: float

    def left(self) -> float:
        """The seconds left; raises TimeoutError if none are."""
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
        """Run a socket operation that may block."""
        while True:
            self.plain.settimeout(min(self.clock.left(), _LOOK))
            try:
                return what()
            except TimeoutError:
                continue

    def shake_hands(self) -> None:
        """Do the TLS handshake, if the connection uses TLS."""
        if isinstance(self.plain, ssl.SSLSocket):
            self.wait(self.plain.do_handshake)

    def send(self, data: bytes) -> None:
        """Send all bytes."""
        view = memoryview(data)
        while view:
            view = view[self.wait(lambda rest=view: self.plain.send(rest)) :]  # type: ignore[misc]

    def makefile(self, _: str) -> io.BufferedReader:
        """The received bytes as a file."""
        return _Counted(_Reader(self), _BLOCK)


class _Counted(io.BufferedReader):
    """A reader that requires a size; a negative one would read everything."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read bytes; raises ValueError for a chunk of negative length."""
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
