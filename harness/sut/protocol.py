"""A system under test, however it is reached: requests go in, an answer to each comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

OK, REFUSED, CRASH, TIMEOUT = "ok", "refused", "crash", "timeout"
# The software was given up before it was asked.
UNASKED = "unasked"
# The software lives on after an error that it reports itself.
ERROR_CODE = "SUT-ERROR"
# What the second try gave where the software failed: that again, or an answer.
SAME, ANSWERED = "same", "answered"
FRESH_PROCESS = "in a fresh process"
CONVERT, RESPOND, GATE = "convert", "respond", "gate"
OPERATIONS = (CONVERT, RESPOND, GATE)


@dataclass(frozen=True)
class Request:
    """One thing asked of the software about one message; releases are `2.0` and `2.1`.

    `direction` (`send` or `receive`) and `at` (an ISO 8601 time with zone) go with a gate. `about`
    is the id of the case that it is asked for.
    """

    message: str
    source: str
    target: str
    data: bytes
    op: str = CONVERT
    direction: str = ""
    at: str = ""
    about: str = field(default="", compare=False)

    @property
    def fields(self) -> dict[str, str]:
        """What a protocol with fields says of the request, but for its Id."""
        found = {"Op": self.op, "From": self.source, "To": self.target, "Message": self.message}
        if self.op == GATE:
            found |= {"Direction": self.direction, "At": self.at}
        return found


class Earlier(Protocol):
    """What software was asked before a request."""

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests, in the order in which they were asked."""
        ...


@dataclass(frozen=True)
class Answer:
    """What came of a request: `status` is ok, refused, crash, timeout or unasked.

    `reason` is what the software said of it; `code` the finding that a crash or timeout gives;
    `seconds` how long it took; `number` its place in its batch, from 1. `again` is what the second
    try gave where the software failed, `same` or `answered`; `past` is what came before.
    """

    status: str
    output: bytes = b""
    reason: str = ""
    code: str = ""
    seconds: float = 0.0
    number: int = 0
    again: str = ""
    past: Earlier | None = field(default=None, compare=False, repr=False)

    @property
    def is_fresh_again(self) -> bool:
        """Whether the second try was made in a process that had done nothing else."""
        return self.again == SAME or self.reason.endswith(FRESH_PROCESS)


class Asks(Protocol):
    """What gives answers to requests."""

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to some requests, in their order; never raises for what the software does.

        What one request does to the software costs no other its answer. One at which it failed
        keeps that failure, whatever a second try gives.
        """
        ...


class Sut(Asks, Protocol):
    """A way to reach a system under test."""

    name: str
    version: str
    way: str
    command: str
    # Whether a process answers several messages, so that one of them can disturb another.
    shares_process: bool

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`, with as many of them under way at once as the way carries."""
        ...

    def renew(self) -> bool:
        """Have the next request asked of a new process; False where its process is not ours."""
        ...

    def close(self) -> None:
        """End what is still running."""
        ...
