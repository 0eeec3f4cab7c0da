"""Servers that are right message by message: `python -m tests.suts.world.load PORTFILE NAME`.

It writes its port to the file when it listens.
"""

from __future__ import annotations

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from schemas.errors import Refused
from tests.suts.spoiling import faithful

_MOST = 40
# How long two requests are under way together, in seconds.
pause = 0.01
# The request that is worked on, which all threads share.
_request: list[tuple[bytes, str, str]] = []
_under_way: list[bytes] = []
_guard = threading.Lock()


def shares_the_request_between_threads(data: bytes, source: str, target: str) -> bytes:
    _request[:] = [(data, source, target)]
    time.sleep(pause)
    return faithful(*_request[0])


def mixes_up_more_than_forty(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    with _guard:
        _under_way.append(output)
        answer = _under_way[0] if len(_under_way) > _MOST else output
    time.sleep(pause)
    with _guard:
        _under_way.remove(output)
    return answer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            how = globals()[sys.argv[2]]
            status, body = 200, how(data, self.headers["Ikeur-From"], self.headers["Ikeur-To"])
        except Refused as error:
            status, body = 422, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def main() -> None:
    server = Server(("127.0.0.1", 0), Handler)
    part = Path(f"{sys.argv[1]}.part")
    part.write_text(str(server.server_port))
    part.rename(sys.argv[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
