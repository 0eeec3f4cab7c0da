"""Other notations of a 2.0 message: other line ends."""

from __future__ import annotations

from schemas.facts.message_types import MessageType

_CR_LF, _LF = b"\r\n", b"\n"


def _lf(_message: MessageType, data: bytes) -> bytes:
    return data.replace(_CR_LF, _LF)


def _no_last_line_end(_message: MessageType, data: bytes) -> bytes:
    return data.removesuffix(_CR_LF)


def _both(message: MessageType, data: bytes) -> bytes:
    return _lf(message, _no_last_line_end(message, data))


REWRITES = {
    "lf": _lf,
    "no-last-line-end": _no_last_line_end,
    "lf-no-last-line-end": _both,
}
