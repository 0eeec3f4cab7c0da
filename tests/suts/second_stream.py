"""The second converter as a program that stays alive: `python -m second_stream`."""

from __future__ import annotations

import sys
from typing import BinaryIO

from second_converter import Refused, convert


def _request(stream: BinaryIO) -> tuple[dict[str, str], bytes] | None:
    """The fields and the body of the next request; None where there are no more."""
    fields: dict[str, str] = {}
    while line := stream.readline():
        text = line.decode().rstrip("\r\n")
        if not text:
            return fields, stream.read(int(fields["Content-Length"]))
        name, _, value = text.partition(": ")
        fields[name] = value
    return None


def _response(number: str, status: str, body: bytes) -> bytes:
    head = f"Id: {number}\r\nStatus: {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def main() -> None:
    """Answer requests until the input ends."""
    while request := _request(sys.stdin.buffer):
        fields, data = request
        try:
            status, body = "ok", convert(data, fields["From"], fields["To"])
        except Refused as error:
            status, body = "refused", str(error).encode()
        sys.stdout.buffer.write(_response(fields["Id"], status, body))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
