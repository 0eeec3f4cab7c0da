"""A system under test, however it is reached: requests go in, an answer to each comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

OK, REFUSED, CRASH, TIMEOUT = "ok", "refused", "crash", "timeout"
# The software was given up before it was asked.
UNASKED = "unasked"
CONVERT, RESPOND, GATE = "convert", "respond", "gate"
OPERATIONS = (CONVERT, RESPOND, GATE)


@dataclass(frozen=True)
class Request:
    """One thing asked of the software about one message; releases are `2.0` and `2.1`.

    `direction` (`send` or `receive`) and `at` (an ISO 8601 time with zone) go with a gate.
    """

    message: str
    source: str
    target: str
    data: bytes
    op: str = CONVERT
    direction: str = ""
    at: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What a protocol with fields says of the request, but for its Id."""
        found = {"Op": self.op, "From": self.source, "To": self.target, "Message": self.message}
        if self.op == GATE:
            found |= {"Direction": self.direction, "At": self.at}
        return found


@dataclass(frozen=True)
class Answer:
    """What came of a request: `status` is ok, refused, crash, timeout or unasked.

    `reason` is what the software said of it; `code` the finding that a crash or timeout gives;
    `seconds` how long it took; `number` its place in its batch, from 1.
    """

    status: str
    output: bytes = b""
    reason: str = ""
    code: str = ""
    seconds: float = 0.0
    number: int = 0


class Asks(Protocol):
    """What gives answers to requests."""

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to some requests, in their order; never raises for what the software does.

        What one request does to the software costs no other its answer.
        """
        ...


class Sut(Asks, Protocol):
    """A way to reach a system under test."""

    name: str
    version: str
    way: str
    command: str

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`, with as many of them under way at once as the way carries."""
        ...

    def close(self) -> None:
        """End what is still running."""
        ...
