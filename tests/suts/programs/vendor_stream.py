"""A converter as a program that stays alive, as a vendor would write one.

`python -m tests.suts.programs.vendor_stream MODULE` answers requests with `MODULE.convert`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import BinaryIO


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
    """Answer requests until the input ends; what is not refused on purpose ends the program."""
    module = import_module(sys.argv[1])
    while request := _request(sys.stdin.buffer):
        fields, data = request
        try:
            status, body = "ok", module.convert(data, fields["From"], fields["To"])
        except module.Refused as error:
            status, body = "refused", str(error).encode()
        sys.stdout.buffer.write(_response(fields["Id"], status, body))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
