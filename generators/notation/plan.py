"""The covering plan: which message is handed over in which notation."""

from __future__ import annotations

from functools import cache

from generators.notation.rewrite import REWRITES
from generators.notation.table import Notation, notations
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType


@cache
def _turns(release: str) -> tuple[Notation, ...]:
    """Return the notations of a release, each as often as its weight, spread out."""
    found = [item for item in notations() if item.release == release]
    rounds = range(max(item.weight for item in found))
    return tuple(item for number in rounds for item in found if number < item.weight)


@cache
def _place(name: str) -> int:
    return list(catalogue().messages).index(name)


def notation_of(message: MessageType, release: str, index: int) -> Notation:
    """Return the notation of the message at an index, whatever its seed; index 0 is plain.

    The notations take turns, and each message type starts at another one.
    """
    turns = _turns(release)
    if index == 0:
        return next(item for item in turns if item.is_plain)
    return turns[(index - 1 + _place(message.name)) % len(turns)]


def rewritten(message: MessageType, notation: Notation, data: bytes) -> bytes:
    """Return a message in a notation, from its bytes as ikeur's own writer wrote them."""
    return REWRITES[notation.release][notation.name](message, data)


def in_turn(message: MessageType, release: str, index: int, data: bytes) -> bytes:
    """Return the message at an index in the notation whose turn it is."""
    return rewritten(message, notation_of(message, release, index), data)
