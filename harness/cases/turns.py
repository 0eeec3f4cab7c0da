"""Rotates kinds of input over the indexes; each message type starts at another kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from generators.variation.covering_plan import COVERED
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType

# The number of indexes in which every kind of input has its turn: those that show all variations.
ROUND = COVERED
_Kind = TypeVar("_Kind")


def turn_of(message: MessageType, index: int) -> int:
    """The position of an index in the rotation of a message type."""
    return index + _place(message.name)


def kinds_at(message: MessageType, index: int, kinds: Sequence[_Kind]) -> Sequence[_Kind]:
    """The kinds at an index: one, or more where there are more kinds than a round has indexes."""
    turn = turn_of(message, index) % ROUND
    return kinds[turn::ROUND] or kinds[turn % len(kinds) :][:1] if kinds else ()


@cache
def _place(name: str) -> int:
    return list(catalogue().messages).index(name)
