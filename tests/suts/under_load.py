"""Converters that are right message by message, and show under load what they are."""

from __future__ import annotations

import os
import time
from itertools import count

from harness.reference.converter import convert

_numbers = count(1)
_kept: list[bytearray] = []
_RIGHT_AT_FIRST = 30


def slow(data: bytes, source: str, target: str) -> bytes:
    """Takes 20 milliseconds more for each message."""
    time.sleep(0.02)
    return convert(data, source, target)


def leaks(data: bytes, source: str, target: str) -> bytes:
    """Holds on to 200 kB for each message."""
    _kept.append(bytearray(os.urandom(200_000)))
    return convert(data, source, target)


def stutters(data: bytes, source: str, target: str) -> bytes:
    """Stops for a quarter of a second at each 11th message."""
    if next(_numbers) % 11 == 0:
        time.sleep(0.25)
    return convert(data, source, target)


def wrong_now_and_then(data: bytes, source: str, target: str) -> bytes:
    """After its first messages, writes another date in each 7th."""
    number = next(_numbers)
    output = convert(data, source, target)
    if number > _RIGHT_AT_FIRST and number % 7 == 0 and target == "2.1":
        return _another_day(output)
    return output


def wrong(data: bytes, source: str, target: str) -> bytes:
    """Writes another date in each 2.1 message."""
    output = convert(data, source, target)
    return _another_day(output) if target == "2.1" else output


def dies_once(data: bytes, source: str, target: str) -> bytes:
    """Dies at the 40th message, and is right before and after."""
    if _number() == 40:
        os._exit(1)
    return convert(data, source, target)


def counts(data: bytes, source: str, target: str) -> bytes:
    """Takes its time, and tells how many messages there were."""
    _number()
    return slow(data, source, target)


def _number() -> int:
    """How many messages there were, over all processes."""
    with open(os.environ["COUNTED"], "ab") as file:  # noqa: PTH123 - a size that is told
        file.write(b".")
        return file.tell()


def _another_day(output: bytes) -> bytes:
    start = output.index(b"Dagtekening>") + len(b"Dagtekening>")
    return output[:start] + b"2001-01-01" + output[start + 10 :]
