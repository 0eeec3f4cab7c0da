"""Which release the bytes of a message are of."""

from __future__ import annotations

from schemas.message.byte_order import is_xml

_LOOKED_AT = 1024


def release_of(data: bytes) -> str:
    """`2.1` for what looks like XML, `2.0` for all else, with a byte order mark or without."""
    return "2.1" if is_xml(data[:_LOOKED_AT]) else "2.0"
