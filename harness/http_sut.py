"""The `http` way: each request is a POST, with the fields of the protocol as headers."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import time
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse
from urllib.parse import SplitResult, urlsplit

from harness.command_sut import text, too_much
from harness.http_wire import Wire
from harness.process import MOST_OUTPUT
from harness.sut import CRASH, OK, REFUSED, TIMEOUT, Answer, Request
from schemas.errors import UsageError

_OK, _REFUSED = 200, 422
_CHECK_TIMEOUT = 5.0


def address(url: str) -> SplitResult:
    """An address in parts; raises UsageError where it is none of http or https."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or not url.isascii() or any(letter <= " " for letter in url) or parts.username:
        raise UsageError("USE-URL", f"{url!r} is no address", do="give http://HOST:PORT/PATH")
    return parts


class HttpSut:
    """Software that answers over HTTP; the connection is kept as long as the software keeps it."""

    way = "http"

    def __init__(self, url: str, name: str, version: str, timeout: float) -> None:
        self.url = address(url)
        self.name = name
        self.version = version
        self.timeout = timeout
        self.command = url
        self.number = 0
        self._plain: socket.socket | None = None

    def check(self) -> None:
        """Raise UsageError where nothing listens, before anything is run or written."""
        try:
            self._connect(_CHECK_TIMEOUT)
        except OSError as error:
            what = f"nothing answers: {error.strerror or error}"
            do = "start the software first, or check the address"
            raise UsageError("USE-URL", what, self.command, do) from None

    def _connect(self, timeout: float) -> socket.socket:
        secure = self.url.scheme == "https"
        port = self.url.port or (443 if secure else 80)
        host = self.url.hostname or ""
        plain = socket.create_connection((host, port), timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if secure:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        self._plain = plain
        return plain

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask one after the other."""
        return [self.one(request) for request in requests]

    def one(self, request: Request) -> Answer:
        """Ask one thing; a kept connection that turns out to be closed is opened again once."""
        self.number += 1
        deadline = time.monotonic() + self.timeout
        kept = self._kept()
        try:
            try:
                return self._exchange(kept or self._connect(self.timeout), request, deadline)
            except (ConnectionError, HTTPException):
                self.close()
                if kept is None:
                    raise
                return self._exchange(self._connect(self.timeout), request, deadline)
        except TimeoutError:
            answer = Answer(TIMEOUT, b"", f"no answer in {self.timeout:g} s", "SUT-TIMEOUT")
        except (OSError, HTTPException, ValueError) as error:
            what = f"{type(error).__name__}: {error}".rstrip(": ")
            answer = Answer(CRASH, b"", f"not a response: {what}", "SUT-CRASH")
        self.close()
        return answer

    def _kept(self) -> socket.socket | None:
        """The connection of before, where it is quiet: what already waits there answers nothing."""
        if self._plain is not None:
            with contextlib.suppress(OSError, ValueError):
                if not select.select([self._plain], [], [], 0)[0]:
                    return self._plain
            self.close()
        return None

    def _exchange(self, plain: socket.socket, request: Request, deadline: float) -> Answer:
        wire = Wire(plain, deadline)
        wire.send(self._head(request) + request.data)
        response = HTTPResponse(wire, method="POST")  # type: ignore[arg-type]
        response.begin()
        body = response.read(MOST_OUTPUT + 1)
        missing = response.length
        if len(body) > MOST_OUTPUT:
            self.close()
            return too_much("flood")
        if missing:
            raise HTTPException(f"{missing} bytes fewer than Content-Length says")
        answer = self._answer(response, body)
        if response.will_close or answer.status == CRASH:
            self.close()
        return answer

    def _head(self, request: Request) -> bytes:
        path = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
        fields = {"Id": str(self.number), **request.fields}
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {self.url.netloc}",
            "Content-Type: application/octet-stream",
            f"Content-Length: {len(request.data)}",
            *(f"Ikeur-{name}: {value}" for name, value in fields.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii")

    def _answer(self, response: HTTPResponse, body: bytes) -> Answer:
        number = response.getheader("Ikeur-Id")
        if number is not None and number != str(self.number):
            return Answer(CRASH, b"", f"a response with Id {number!r}", "SUT-CRASH")
        if response.status == _OK:
            return Answer(OK, body)
        if response.status == _REFUSED:
            return Answer(REFUSED, b"", text(body))
        return Answer(CRASH, b"", f"status {response.status}; {text(body)}", "SUT-CRASH")

    def close(self) -> None:
        """Let go of the connection."""
        if self._plain is not None:
            self._plain.close()
        self._plain = None
