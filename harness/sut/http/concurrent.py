"""Sends requests to a server at once, each on a connection of its own."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from threading import Condition, Thread

from harness.sut.http.connection import Connection
from harness.sut.http.same_start import SameStart
from harness.sut.protocol import TIMEOUT, Answer, Request

# The most requests in flight.
MOST_CONNECTIONS = 64
# After this many seconds without an answer, idle connections are closed: a server that serves a few
# at a time may be waiting for one of them.
_QUIET = 0.2
# The largest factor on the timeout while many requests are in flight.
_MOST_PATIENCE = 8


class ConnectionPool:
    """The idle connections.

    `is_scarce`: the server serves only a few at a time. `has_hung`: it has hung before.
    `starts_apart`: it does not take all requests at once.
    """

    def __init__(self) -> None:
        self.idle: list[Connection] = []
        self.is_scarce = self.has_hung = self.starts_apart = False

    def close(self) -> None:
        """Close all idle connections."""
        while self.idle:
            self.idle.pop().close()


class ConcurrentRequests:
    """Asks requests at once, and gives up none while others are being answered.

    A server may serve them one by one, or all at the speed of one: with many in flight, nothing may
    arrive for a while. A server that hung before gets the timeout of one request.
    """

    def __init__(
        self,
        pool: ConnectionPool,
        fresh: Sequence[Connection],
        requests: Sequence[Request],
        first: int,
    ) -> None:
        self.pool, self.fresh, self.first = pool, list(fresh), first
        self.todo = deque(enumerate(requests))
        self.count = len(requests)
        self.timeout = fresh[0].timeout
        self.answers: dict[int, Answer] = {}
        # The positions of requests that are in flight.
        self.under_way: set[int] = set()
        self.moved = time.monotonic()
        # The number of connections in use.
        self.serving = 0
        self.is_over = False
        self.error: BaseException | None = None
        self._changed = Condition()
        is_apart = pool.is_scarce or pool.starts_apart
        self._start = SameStart(0 if is_apart else len(self.fresh))

    def run(self) -> None:
        """Ask the requests; those without an answer afterwards were given up or never asked."""
        for connection in self.fresh:
            Thread(target=self._serve, args=(connection,), daemon=True).start()
        with self._changed:
            try:
                self._changed.wait_for(lambda: self.is_over or len(self.answers) == self.count)
            finally:
                # Threads that still wait for a connection must stop.
                self.is_over = True
        self.pool.starts_apart |= self._start.is_late
        if self.error is not None:
            raise self.error

    def left(self) -> float:
        """The seconds left; raises TimeoutError if none are."""
        quiet = time.monotonic() - self.moved
        with self._changed:
            if quiet > _QUIET and self.pool.idle:
                self.pool.is_scarce = True
                self.pool.close()
            share = 1 if self.pool.has_hung else min(max(len(self.under_way), 1), _MOST_PATIENCE)
            left = self.timeout * share - quiet
        if self.is_over or left <= 0:
            raise TimeoutError
        return left

    def _serve(self, connection: Connection) -> None:
        """Ask requests on a connection while there are any."""
        try:
            if ready := self._connection(connection):
                self._ask_all(ready)
            self._start.leave()
        # The waiting thread must get any error.
        except BaseException as error:
            self._end(error)

    def _connection(self, connection: Connection) -> Connection | None:
        """An idle connection, or a new one; None if the server accepts no more."""
        with self._changed:
            if self.pool.idle:
                self.serving += 1
                return self.pool.idle.pop()
        try:
            connection.open(self)
        except OSError:
            connection.close()
        with self._changed:
            if not connection.is_open and self.serving:
                return None
            # A failed connection reports its error when it is used.
            self.serving += 1
            return connection

    def _ask_all(self, connection: Connection) -> None:
        is_used = False
        while (found := self._next()) is not None:
            place, request = found
            number = self.first + place
            answer = connection.ask(request, number, self, *([] if is_used else [self._start.join]))
            is_used = True
            if answer.status == TIMEOUT and self._is_stuck():
                # The culprit is found by asking one by one.
                self.pool.has_hung = True
                self._end(None)
                break
            with self._changed:
                self.answers[place] = answer
                self.under_way.discard(place)
                self.moved = time.monotonic()
                self._changed.notify_all()
        self._put_back(connection, is_used)

    def _is_stuck(self) -> bool:
        try:
            self.left()
        except TimeoutError:
            return True
        return False

    def _next(self) -> tuple[int, Request] | None:
        with self._changed:
            if self.is_over or not self.todo:
                self.serving -= 1
                return None
            place, request = self.todo.popleft()
            self.under_way.add(place)
            return place, request

    def _put_back(self, connection: Connection, is_used: bool) -> None:
        """Keep a connection, unless it would block a server that serves only a few."""
        with self._changed:
            is_spare = self.pool.is_scarce and bool(self.under_way)
            if connection.is_open and is_used and not is_spare and not self.is_over:
                self.pool.idle.append(connection)
            else:
                connection.close()

    def _end(self, error: BaseException | None) -> None:
        with self._changed:
            self.is_over, self.error = True, self.error or error
            self._changed.notify_all()
