"""Which release the bytes of a message are of."""

from __future__ import annotations

_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_LOOKED_AT = 1024


def release_of(data: bytes) -> str:
    """`2.1` for what looks like XML, `2.0` for all else."""
    start = data[:_LOOKED_AT].lstrip(b" \t\r\n")
    return "2.1" if start.startswith(_XML_STARTS) else "2.0"
