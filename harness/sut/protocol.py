"""The interface of a system under test: requests in, an answer to each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

OK, REFUSED, CRASH, TIMEOUT = "ok", "refused", "crash", "timeout"
# The software was given up before this request.
UNASKED = "unasked"
# The software stays alive after an error that it reports itself.
ERROR_CODE = "SUT-ERROR"
# The result of a second try after a failure: the same failure, or an answer.
SAME, ANSWERED = "same", "answered"
FRESH_PROCESS = "in a fresh process"
CONVERT, RESPOND, GATE = "convert", "respond", "gate"
OPERATIONS = (CONVERT, RESPOND, GATE)


@dataclass(frozen=True)
class Request:
    """One request about one message; releases are `2.0` and `2.1`.

    `direction` (`send` or `receive`) and `at` (ISO 8601 with zone) belong to a gate request.
    `about` is the id of the case.
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
        """The fields of the request in the protocol, without its Id."""
        found = {"Op": self.op, "From": self.source, "To": self.target, "Message": self.message}
        if self.op == GATE:
            found |= {"Direction": self.direction, "At": self.at}
        return found


class Earlier(Protocol):
    """What the software was asked before a request."""

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests, in order."""
        ...


@dataclass(frozen=True)
class Answer:
    """The result of a request: `status` is ok, refused, crash, timeout or unasked.

    `reason` is what the software said; `code` the finding of a crash or timeout; `seconds` the time
    it took; `number` its position in the batch, from 1. After a failure, `again` is the result of
    the second try, `same` or `answered`; `past` is what came before; `day` is that on which a
    return message was given (EEJJ-MM-DD).
    """

    status: str
    output: bytes = b""
    reason: str = ""
    code: str = ""
    seconds: float = 0.0
    number: int = 0
    again: str = ""
    day: str = field(default="", compare=False)
    past: Earlier | None = field(default=None, compare=False, repr=False)

    @property
    def is_fresh_again(self) -> bool:
        """Whether the second try used a process that had done nothing else."""
        return self.again == SAME or self.reason.endswith(FRESH_PROCESS)


class Asks(Protocol):
    """Answers requests."""

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer requests in order; never raises for anything the software does.

        A request that makes the software fail does not cost the others their answers. It keeps that
        failure, whatever a second try gives.
        """
        ...


class Sut(Asks, Protocol):
    """A system under test, reached in one way."""

    name: str
    version: str
    way: str
    command: str
    # Whether one process answers several messages, so that one can disturb another.
    shares_process: bool

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, with as many in flight at once as the way allows."""
        ...

    def renew(self) -> bool:
        """Use a new process for the next request; returns False if the process is not ours."""
        ...

    def close(self) -> None:
        """Stop what is still running."""
        ...
