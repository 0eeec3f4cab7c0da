"""Converters whose faults need earlier messages: they count, remember, or fail only so often.

As a program it is one over the stream protocol or HTTP: `unstable.py stream HOW` or
`unstable.py http PORTFILE HOW`. HOW names a function here.
"""

from __future__ import annotations

import os
import re
import sys
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.reference.converter import convert as faithful
from harness.sut.frames import take, write
from schemas.errors import Refused

Convert = Callable[[bytes, str, str], bytes]
_BSN = re.compile(rb"(<\w+:Bsn>)(\d+)(</)")
asked: list[bytes] = []


def _number(data: bytes) -> int:
    """The number of a message in this process, from 1."""
    asked.append(data)
    return len(asked)


def dies_at_every_tenth(data: bytes, source: str, target: str) -> bytes:
    if _number(data) % 10 == 0:
        os.kill(os.getpid(), 11)
    return faithful(data, source, target)


def hangs_at_every_tenth(data: bytes, source: str, target: str) -> bytes:
    if _number(data) % 10 == 0:
        time.sleep(60)
    return faithful(data, source, target)


def floods_at_the_fifth(data: bytes, source: str, target: str) -> bytes:
    return bytes(70 * 1024 * 1024) if _number(data) == 5 else faithful(data, source, target)


def dies_after_one(data: bytes, source: str, target: str) -> bytes:
    """Answers, and is gone before the next."""
    if _number(data) == 2:
        os._exit(0)
    return faithful(data, source, target)


def dies_behind_a_marked_one(data: bytes, source: str, target: str) -> bytes:
    """Dies of a message of the second mark, where it has seen one of the first."""
    mark = zlib.crc32(data) % 3
    asked.append(data)
    if mark == 1 and any(zlib.crc32(earlier) % 3 == 0 for earlier in asked):
        os._exit(9)
    return faithful(data, source, target)


def keeps_the_first_client(data: bytes, source: str, target: str) -> bytes:
    """Gives every message the BSN of the first one that it was asked to make XML of."""
    output = faithful(data, source, target)
    if target != "2.1":
        return output
    asked.append(output)
    first = _BSN.search(asked[0])
    return _BSN.sub(rb"\g<1>" + (first[2] if first else b"") + rb"\3", output, count=1)


def refuses_nothing_after_the_third(data: bytes, source: str, target: str) -> bytes:
    """Accepts what it should refuse, once it has had three messages."""
    try:
        number = _number(data)
        return faithful(data, source, target)
    except Refused:
        if number > 3:
            return b"<accepted/>"
        raise


def stream(convert: Convert) -> None:
    buffer = bytearray()
    while data := os.read(0, 65536):
        buffer += data
        while frame := take(buffer):
            fields = frame.fields
            try:
                status, body = "ok", convert(frame.body, fields["From"], fields["To"])
            except Refused as error:
                status, body = "refused", str(error).encode()
            head = write({"Id": fields["Id"], "Status": status}, body)
            while head:
                head = head[os.write(1, head) :]


def drops_every_tenth(data: bytes, source: str, target: str) -> bytes:
    """Over HTTP: the connection is closed without an answer."""
    if _number(data) % 10 == 0:
        raise ConnectionAbortedError
    return faithful(data, source, target)


def http(convert: Convert, place: str) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                body = convert(data, self.headers["Ikeur-From"], self.headers["Ikeur-To"])
            except ConnectionAbortedError:
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            # The connection is not kept, and nobody was told.
            self.close_connection = convert is faithful

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    part = Path(f"{place}.part")
    part.write_text(str(server.server_port))
    part.rename(place)
    server.serve_forever()


if __name__ == "__main__":
    how = globals()[sys.argv[-1]]
    if sys.argv[1] == "stream":
        stream(how)
    else:
        http(how, sys.argv[2])
