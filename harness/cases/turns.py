"""Kinds of input take turns over the indexes, and each message type starts at another one."""

from __future__ import annotations

from functools import cache

from schemas.facts.message_types import MessageType, catalogue


def turn_of(message: MessageType, index: int) -> int:
    """The turn of a message type at an index."""
    return index + _place(message.name)


@cache
def _place(name: str) -> int:
    return list(catalogue().messages).index(name)
