"""One converter in every way: `in_every_way.py command|stream|folder|http ...`.

It cuts names, refuses some messages without need, and dies of others.
"""

from __future__ import annotations

import os
import sys
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from harness.sut.frames import take, write
from schemas.errors import Refused
from tests.suts.faulty import cuts_names_at_20


class Died(Exception):
    """The converter fails on a message."""


def convert(data: bytes, source: str, target: str) -> bytes:
    kind = zlib.crc32(data) % 5
    if kind == 0:
        raise Died
    if kind == 1:
        raise Refused("NO", "no time")
    return cuts_names_at_20(data, source, target)


def command() -> None:
    try:
        sys.stdout.buffer.write(convert(sys.stdin.buffer.read(), sys.argv[2], sys.argv[3]))
    except Refused as error:
        print(error, file=sys.stderr)
        sys.exit(3)


def stream() -> None:
    buffer = bytearray()
    while data := os.read(0, 65536):
        buffer += data
        while frame := take(buffer):
            fields = frame.fields
            try:
                status, body = "ok", convert(frame.body, fields["From"], fields["To"])
            except Refused as error:
                status, body = "refused", str(error).encode()
            os.write(1, write({"Id": fields["Id"], "Status": status}, body))


def folder() -> None:
    given, taken = Path(sys.argv[2]), Path(sys.argv[3])
    for path in sorted(given.iterdir()):
        source, target, suffix = {
            ".ei": ("2.0", "2.1", ".xml"),
            ".xml": ("2.1", "2.0", ".ei"),
        }[path.suffix]
        try:
            (taken / f"{path.stem}{suffix}").write_bytes(convert(path.read_bytes(), source, target))
        except Refused as error:
            (taken / f"{path.stem}.refused").write_text(str(error))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            answer = 200, convert(data, self.headers["Ikeur-From"], self.headers["Ikeur-To"])
        except Refused as error:
            answer = 422, str(error).encode()
        except Died:
            answer = 500, b""
        self.send_response(answer[0])
        self.send_header("Content-Length", str(len(answer[1])))
        self.end_headers()
        self.wfile.write(answer[1])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def http() -> None:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    part = Path(f"{sys.argv[2]}.part")
    part.write_text(str(server.server_port))
    part.rename(sys.argv[2])
    server.serve_forever()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
