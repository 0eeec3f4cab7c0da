"""Serves one function over HTTP, each request in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from schemas.errors import Refused

Converts = Callable[[bytes, str, str], bytes]
Around = Callable[[], AbstractContextManager[None]]


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def serve(how: Converts, port_file: str, around: Around = nullcontext) -> None:
    """Serve until the process ends; the port is written to a file once the server listens.

    `around` holds while a request comes in and is answered.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            with around():
                self._answer()

        def _answer(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status, body = 200, how(data, self.headers["Ikeur-From"], self.headers["Ikeur-To"])
            except Refused as error:
                status, body = 422, str(error).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = Server(("127.0.0.1", 0), Handler)
    part = Path(f"{port_file}.part")
    part.write_text(str(server.server_port))
    part.rename(port_file)
    server.serve_forever()
