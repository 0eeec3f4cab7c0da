"""The parties of a message: the gemeente and the aanbieder in its header."""

from __future__ import annotations

from functools import cache

from schemas.facts.message_types import MessageType
from schemas.header.locations import AANBIEDER, GEMEENTE, places
from schemas.message.node import Node

_DIGITS_OF_GEMEENTE = 4


@cache
def party_keys(name: str, release: str) -> dict[str, str]:
    """Return the header key of each party (`gemeente`, `aanbieder`)."""
    return {
        item.role: item.key for item in places(name, release) if item.role in (GEMEENTE, AANBIEDER)
    }


def parties(message: MessageType, release: str, header: Node) -> tuple[str, ...]:
    """Return the codes of the parties of a message, from its header node."""
    keys = party_keys(message.name, release).values()
    return tuple(code for key in keys if (code := header.get(key)))


def party_of(code: str) -> str:
    """Return whose code it is: 4 digits for a gemeente (CBS), 8 for an aanbieder (AGB)."""
    return GEMEENTE if len(code) == _DIGITS_OF_GEMEENTE else AANBIEDER
