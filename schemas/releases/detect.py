"""Detects the release of a message."""

from __future__ import annotations

from schemas.message.byte_order import is_xml

_LOOKED_AT = 1024


def release_of(data: bytes) -> str:
    """Return `2.1` for bytes that look like XML, with or without byte order mark, else `2.0`."""
    return "2.1" if is_xml(data[:_LOOKED_AT]) else "2.0"
