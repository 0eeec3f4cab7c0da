"""A connection to a server that carries one exchange after the other."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from urllib.parse import SplitResult

from harness.sut.ask_alone import with_second_try
from harness.sut.failures import text, too_much, with_words
from harness.sut.http.bounded_socket import Clock, Wire
from harness.sut.process import MOST_OUTPUT
from harness.sut.protocol import CRASH, OK, REFUSED, TIMEOUT, Answer, Request

_OK, _REFUSED = 200, 422
# Seconds in which a server closes a connection that it does not keep alive.
_LET_GO = 0.1


def _at_once() -> None:
    """Hold nothing back."""


class Connection:
    """A connection that is opened on demand, and kept as long as the server keeps it."""

    def __init__(self, url: SplitResult, timeout: float) -> None:
        self.url = url
        self.timeout = timeout
        self._plain: socket.socket | None = None

    def open(self, clock: Clock) -> socket.socket:
        """Connect; raises OSError if nothing answers."""
        secure = self.url.scheme == "https"
        port = self.url.port or (443 if secure else 80)
        host = self.url.hostname or ""
        plain = socket.create_connection((host, port), clock.left())
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if secure:
            plain = ssl.create_default_context().wrap_socket(
                plain, server_hostname=host, do_handshake_on_connect=False
            )
        self._plain = plain
        Wire(plain, clock).shake_hands()
        return plain

    def ask(
        self,
        request: Request,
        number: int,
        clock: Clock,
        before_last_byte: Callable[[], None] = _at_once,
    ) -> Answer:
        """Ask one request; if a kept connection breaks, ask once more on a new one.

        That counts as a failure, unless the server never keeps a connection. `before_last_byte` may
        wait: until then the server has the request, and cannot begin with it.
        """
        kept = self._kept()
        try:
            try:
                plain = kept or self.open(clock)
                return self._exchange(plain, request, number, clock, before_last_byte)
            except (ConnectionError, HTTPException) as error:
                self.close()
                if kept is None:
                    raise
                second = self._exchange(self.open(clock), request, number, clock)
                if isinstance(error, ConnectionError) and self._is_let_go():
                    return second
                return with_second_try(_no_response(error), second, "on a fresh connection")
        except TimeoutError:
            answer = Answer(TIMEOUT, b"", f"no answer in {self.timeout:g} s", "SUT-TIMEOUT")
        except (OSError, HTTPException, ValueError) as error:
            answer = _no_response(error)
        self.close()
        return answer

    def _is_let_go(self) -> bool:
        """Whether the server closes a connection after its answer, which is allowed."""
        return self._plain is None or bool(select.select([self._plain], [], [], _LET_GO)[0])

    def _kept(self) -> socket.socket | None:
        """The kept connection, if it is quiet: data that already waits there answers nothing."""
        if self._plain is not None:
            with contextlib.suppress(OSError, ValueError):
                if not select.select([self._plain], [], [], 0)[0]:
                    return self._plain
            self.close()
        return None

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as this side knows."""
        return self._plain is not None

    def _exchange(
        self,
        plain: socket.socket,
        request: Request,
        number: int,
        clock: Clock,
        before_last_byte: Callable[[], None] = _at_once,
    ) -> Answer:
        wire = Wire(plain, clock)
        data = self._head(request, number) + request.data
        if before_last_byte is not _at_once:
            wire.send(data[:-1])
            before_last_byte()
            data = data[-1:]
        wire.send(data)
        response = HTTPResponse(wire, method="POST")  # type: ignore[arg-type]
        response.begin()
        body = response.read(MOST_OUTPUT + 1)
        missing = response.length
        if len(body) > MOST_OUTPUT:
            self.close()
            return too_much("flood")
        if missing:
            raise HTTPException(f"{missing} bytes fewer than Content-Length says")
        answer = _answer(response, body, number)
        if response.will_close or answer.status == CRASH:
            self.close()
        return answer

    def _head(self, request: Request, number: int) -> bytes:
        path = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
        fields = {"Id": str(number), **request.fields}
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {self.url.netloc}",
            "Content-Type: application/octet-stream",
            f"Content-Length: {len(request.data)}",
            *(f"Ikeur-{name}: {value}" for name, value in fields.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii")

    def close(self) -> None:
        """Close the connection."""
        if self._plain is not None:
            self._plain.close()
        self._plain = None


def _no_response(error: Exception) -> Answer:
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return Answer(CRASH, b"", f"not a response: {what}", "SUT-CRASH")


def _answer(response: HTTPResponse, body: bytes, number: int) -> Answer:
    repeated = response.getheader("Ikeur-Id")
    if repeated is not None and repeated != str(number):
        return Answer(CRASH, b"", f"a response with Id {repeated!r}", "SUT-CRASH")
    if response.status == _OK:
        return Answer(OK, body)
    if response.status == _REFUSED:
        return Answer(REFUSED, b"", text(body))
    return Answer(CRASH, b"", with_words(f"status {response.status}", text(body)), "SUT-CRASH")
