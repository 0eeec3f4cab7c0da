"""A converter that is right and writes the names of its responses in lower case, as HTTP/2 does."""

from __future__ import annotations

from tests.suts.programs import vendor_stream


def _response(number: str, status: str, body: bytes) -> bytes:
    head = f"status: {status}\r\nid: {number}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


if __name__ == "__main__":
    vendor_stream._response = _response
    vendor_stream.main()
