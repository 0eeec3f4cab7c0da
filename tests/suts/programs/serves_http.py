"""A converter over HTTP: `serves_http.py PORTFILE [HOW]`; misbehaves on the way to 2.1.

It writes its port to the file when it listens.
"""

from __future__ import annotations

import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path

from harness.reference import converter as reference
from schemas.errors import Refused

HOW = sys.argv[2] if len(sys.argv) > 2 else ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        source, target = self.headers["Ikeur-From"], self.headers["Ikeur-To"]
        if HOW and target == "2.1":
            getattr(self, HOW)(data)
            return
        try:
            self.answer(200, reference.convert(data, source, target))
        except Refused as error:
            self.answer(422, str(error).encode())

    def answer(self, status: int, body: bytes, length: int | None = None, **fields: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def fails(self, _: bytes) -> None:
        self.answer(500, b"no licence")

    def redirects(self, _: bytes) -> None:
        self.answer(302, b"", Location="/elsewhere")

    def hangs(self, _: bytes) -> None:
        time.sleep(60)

    def closes(self, _: bytes) -> None:
        self.close_connection = True

    def resets_at_once(self, _: bytes) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def promises_more_and_closes(self, data: bytes) -> None:
        self.answer(200, reference.convert(data, "2.0", "2.1")[:100], 5000)
        self.close_connection = True

    def promises_more_and_waits(self, data: bytes) -> None:
        self.answer(200, reference.convert(data, "2.0", "2.1")[:100], 5000)
        self.wfile.flush()
        time.sleep(60)

    def sends_more_than_it_promises(self, data: bytes) -> None:
        output = reference.convert(data, "2.0", "2.1")
        self.answer(200, output + b"and more", len(output))

    def drips_its_header(self, _: bytes) -> None:
        for letter in "HTTP/1.1 200 OK\r\nX-Slow: " + "x" * 1000:
            self.wfile.write(letter.encode())
            self.wfile.flush()
            time.sleep(0.1)

    def drips_its_body(self, data: bytes) -> None:
        output = reference.convert(data, "2.0", "2.1")
        self.answer(200, b"", len(output))
        for start in range(len(output)):
            self.wfile.write(output[start : start + 1])
            self.wfile.flush()
            time.sleep(0.1)

    def floods(self, _: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        self.wfile.writelines(repeat(bytes(1024 * 1024), 1024))

    def floods_a_negative_chunk(self, _: bytes) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n")
        self.close_connection = True
        self.wfile.writelines(repeat(bytes(1024 * 1024), 1024))

    def talks_nonsense(self, _: bytes) -> None:
        self.wfile.write(b"hello there\r\n\r\n")
        self.close_connection = True

    def answers_another(self, data: bytes) -> None:
        self.answer(200, reference.convert(data, "2.0", "2.1"), Ikeur_Id="0")

    def gives_nothing(self, _: bytes) -> None:
        self.answer(200, b"")

    def refuses_silently(self, _: bytes) -> None:
        self.answer(422, b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    part = Path(f"{sys.argv[1]}.part")
    part.write_text(str(server.server_port))
    part.rename(sys.argv[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
