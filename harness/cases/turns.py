"""Rotates kinds of input over the indexes; each message type starts at another kind."""

from __future__ import annotations

from functools import cache

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType


def turn_of(message: MessageType, index: int) -> int:
    """The position of an index in the rotation of a message type."""
    return index + _place(message.name)


@cache
def _place(name: str) -> int:
    return list(catalogue().messages).index(name)
