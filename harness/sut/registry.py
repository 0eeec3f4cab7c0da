"""The registry of ways to reach software; each has one entry here."""

from __future__ import annotations

from harness.sut import command, folder, python, stream
from harness.sut.http import http
from harness.sut.way import Way
from schemas.registered import registered

WAYS = registered(
    command.WAY,
    stream.WAY,
    http.WAY,
    folder.WAY,
    python.WAY,
)


def carrying(operation: str) -> list[Way]:
    """The ways that support an operation."""
    return [way for way in WAYS.values() if operation in way.operations]
