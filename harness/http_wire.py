"""A connection over HTTP, and one exchange on it."""

from __future__ import annotations

import io
import socket
import time
from dataclasses import dataclass

_BLOCK = 65536


@dataclass(frozen=True)
class Wire:
    """A socket that gives up at a moment, however slowly bytes drip in."""

    plain: socket.socket
    deadline: float

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self.plain.settimeout(self.left())
            view = view[self.plain.send(view) :]

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self), _BLOCK)


class _Reader(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self.wire.plain.settimeout(self.wire.left())
        return self.wire.plain.recv_into(buffer)
