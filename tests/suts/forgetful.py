"""Software that converts a message otherwise when it comes again."""

from __future__ import annotations

from collections import Counter

from harness.reference import convert

_TIMES: Counter[bytes] = Counter()


def changes_its_mind(data: bytes, source: str, target: str) -> bytes:
    """Write one letter for another each second time that a message comes."""
    output = convert(data, source, target)
    _TIMES[data] += 1
    if _TIMES[data] % 2:
        return output
    letter = next(letter for letter in (b"a", b"e", b"o", b"i") if letter in output)
    return output.replace(letter, b"u", 1)
