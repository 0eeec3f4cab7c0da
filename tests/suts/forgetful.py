"""Software that converts a message otherwise when it sees it again."""

from __future__ import annotations

from harness.reference import convert

_SEEN: set[bytes] = set()


def changes_its_mind(data: bytes, source: str, target: str) -> bytes:
    """Leave a client of a message nameless that was converted before."""
    output = convert(data, source, target)
    if data in _SEEN:
        output = output.replace(b"Hooft", b"Hoost").replace(b"a", b"e", 1)
    _SEEN.add(data)
    return output
