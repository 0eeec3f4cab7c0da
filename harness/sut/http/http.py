"""The `http` way: each request is a POST, with the protocol fields as headers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from urllib.parse import SplitResult

from harness.sut.history import History
from harness.sut.http import address as addresses
from harness.sut.http.bounded_socket import Deadline
from harness.sut.http.concurrent import MOST_CONNECTIONS, ConcurrentRequests, ConnectionPool
from harness.sut.http.connection import Connection
from harness.sut.protocol import ANSWERED, CRASH, TIMEOUT, Answer, Request
from harness.sut.way import SutSpec, Way
from schemas.errors import UsageError

_CHECK_TIMEOUT = 5.0
# After this many consecutive timeouts, the remaining requests are not asked.
_MOST_HANGS = 3


def address(url: str) -> SplitResult:
    """Parse an http or https address; raises UsageError if it is invalid."""
    found = addresses.parts(url, ("http", "https"))
    if found is None:
        what = f"{addresses.shown(url)!r} is no address of a server"
        raise UsageError("USE-URL", what, do="give http://HOST:PORT/PATH")
    return found


class HttpSut:
    """Software behind HTTP; connections are kept as long as the server keeps them."""

    way = "http"
    shares_process = True

    def __init__(self, url: str, name: str, version: str, timeout: float) -> None:
        self.url = address(url)
        self.name = name
        self.version = version
        self.timeout = timeout
        self.command = url
        self.number = 0
        self.pool = ConnectionPool()
        self.history = History()

    def check(self) -> None:
        """Raise UsageError if nothing listens, before anything runs."""
        connection = self._new_connection()
        try:
            connection.open(Deadline(time.monotonic() + _CHECK_TIMEOUT))
        except (OSError, ValueError) as error:
            what = f"nothing answers: {getattr(error, 'strerror', None) or error}"
            do = "start the software first, or check the address"
            raise UsageError("USE-URL", what, self.command, do) from None
        self.pool.idle.append(connection)

    def _new_connection(self) -> Connection:
        return Connection(self.url, self.timeout)

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask one after the other."""
        return self.history.annotate(requests, map(self.one, requests))

    def one(self, request: Request) -> Answer:
        """Ask one request, with no other in flight."""
        self.number += 1
        connection = self.pool.idle.pop() if self.pool.idle else self._new_connection()
        answer = connection.ask(request, self.number, Deadline(time.monotonic() + self.timeout))
        if connection.is_open:
            self.pool.idle.append(connection)
        return answer

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask with many in flight, each on a connection of its own."""
        connections = [self._new_connection() for _ in requests[:MOST_CONNECTIONS]]
        if not connections:
            return []
        concurrent = ConcurrentRequests(self.pool, connections, requests, self.number + 1)
        self.number += len(requests)
        concurrent.run()
        if len(concurrent.answers) < len(requests):
            concurrent.answers |= self._one_by_one(requests, concurrent)
        given = (concurrent.answers[place] for place in range(len(requests)))
        return self.history.annotate(requests, given)

    def _one_by_one(
        self, requests: Sequence[Request], concurrent: ConcurrentRequests
    ) -> dict[int, Answer]:
        """Ask the requests that got no answer because the server hung.

        Most of them may only have been queued behind the one at which it hangs. If it hangs at none
        alone, the first keeps the timeout.
        """
        found: dict[int, Answer] = {}
        hangs = 0
        waited = sorted(concurrent.under_way)
        for place in (item for item in range(len(requests)) if item not in concurrent.answers):
            if hangs < _MOST_HANGS:
                found[place] = self.one(requests[place])
                hangs = hangs + 1 if found[place].status == TIMEOUT else 0
            else:
                found[place] = next(item for item in found.values() if item.status == TIMEOUT)
        if waited and all(found[place].status not in (CRASH, TIMEOUT) for place in waited):
            what = f"no answer with {len(waited)} under way; asked alone it was answered"
            found[waited[0]] = Answer(TIMEOUT, b"", what, "SUT-TIMEOUT", again=ANSWERED)
        return found

    def renew(self) -> bool:
        """Drop the connections; returns False, as the process is not ours."""
        self.close()
        return False

    def close(self) -> None:
        """Close the connections."""
        self.pool.close()


def _reach(spec: SutSpec) -> HttpSut:
    sut = HttpSut(spec.words[0], spec.name, spec.version, spec.timeout)
    sut.check()
    return sut


WAY = Way(
    name="url",
    metavar="URL",
    help="Server to send messages to by POST.",
    reach=_reach,
    is_command=False,
)
