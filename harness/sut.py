"""A system under test, however it is reached: a request goes in, one answer comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

OK, REFUSED, CRASH, TIMEOUT = "ok", "refused", "crash", "timeout"


@dataclass(frozen=True)
class Request:
    """One message to convert; releases are `2.0` and `2.1`."""

    message: str
    source: str
    target: str
    data: bytes


@dataclass(frozen=True)
class Answer:
    """What came of a request: `status` is ok, refused, crash or timeout.

    `reason` is what the software said of it; `code` the finding that a crash or timeout gives.
    """

    status: str
    output: bytes = b""
    reason: str = ""
    code: str = ""


class Sut(Protocol):
    """A way to reach a system under test."""

    name: str
    version: str
    way: str
    command: str

    def convert(self, request: Request) -> Answer:
        """Ask for a conversion; never raises for what the software does."""
        ...

    def close(self) -> None:
        """End what is still running."""
        ...
