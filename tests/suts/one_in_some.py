"""Converters that are right but for one message in so many: of each kind of trouble one."""

from __future__ import annotations

from harness.reference.converter import convert
from schemas.errors import Refused

_EVERY = 20
_asked = 0


def _is_turn() -> bool:
    global _asked
    _asked += 1
    return _asked % _EVERY == 0


def changes(data: bytes, source: str, target: str) -> bytes:
    """Give one message another municipality."""
    output = convert(data, source, target)
    return output.replace(b"<wmo305:Ontvanger>", b"<wmo305:Ontvanger>9") if _is_turn() else output


def refuses(data: bytes, source: str, target: str) -> bytes:
    """Refuse one message."""
    if _is_turn():
        raise Refused("BUSY", "too much at once")
    return convert(data, source, target)
