"""A converter over HTTP, right message by message: `crowded_http.py PORTFILE HOW`.

It writes its port to the file when it listens.
"""

from __future__ import annotations

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path

from harness.reference.converter import convert

HOW = sys.argv[2]
# The request that is worked on, which all threads share.
request: dict[str, object] = {}
at_work = threading.Semaphore(1)
counted = threading.Lock()
numbers: list[int] = []


def shared(data: bytes, source: str, target: str) -> bytes:
    """Keeps the request where the next one is kept too."""
    request.update(data=data, source=source, target=target)
    time.sleep(0.005)
    kept = request["data"], request["source"], request["target"]
    return convert(*kept)  # type: ignore[arg-type]


def faithful(data: bytes, source: str, target: str) -> bytes:
    """Needs nothing that others change."""
    return convert(data, source, target)


def one_at_a_time(data: bytes, source: str, target: str) -> bytes:
    """Takes a third of a second, so that 32 of them take longer than one may."""
    time.sleep(0.3)
    return convert(data, source, target)


def hangs_together(data: bytes, source: str, target: str) -> bytes:
    """Never ends where two are under way at once."""
    if not at_work.acquire(blocking=False):
        time.sleep(600)
    time.sleep(0.05)
    output = convert(data, source, target)
    at_work.release()
    return output


def hangs_at_the_20th(data: bytes, source: str, target: str) -> bytes:
    """Never ends at one message; the others are right."""
    with counted:
        numbers.append(1)
        is_20th = len(numbers) == 20
    if is_20th:
        time.sleep(600)
    return convert(data, source, target)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        output = globals()[HOW](data, self.headers["Ikeur-From"], self.headers["Ikeur-To"])
        self.send_response(200)
        self.send_header("Content-Length", str(len(output)))
        self.end_headers()
        self.wfile.write(output)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    kind = HTTPServer if HOW == "one_at_a_time" else ThreadingHTTPServer
    server = kind(("127.0.0.1", 0), Handler)
    part = Path(f"{sys.argv[1]}.part")
    part.write_text(str(server.server_port))
    part.rename(sys.argv[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
