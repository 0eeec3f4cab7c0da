"""The parties of a message: the gemeente and the aanbieder in its header."""

from __future__ import annotations

from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.message.node import Node
from schemas.retour.code_slots import keys_of

_DIGITS_OF_GEMEENTE = 4


@cache
def party_keys(name: str, release: str) -> dict[str, str]:
    """Return the header key of each party (`gemeente`, `aanbieder`)."""
    known = keys_of(name, release, HEADER)
    return {row["party"]: known[row["field"]] for row in tables.rows("parties")}


def parties(message: MessageType, release: str, header: Node) -> tuple[str, ...]:
    """Return the codes of the parties of a message, from its header node."""
    keys = party_keys(message.name, release).values()
    return tuple(code for key in keys if (code := header.get(key)))


def party_of(code: str) -> str:
    """Return whose code it is: 4 digits for a gemeente (CBS), 8 for an aanbieder (AGB)."""
    return "gemeente" if len(code) == _DIGITS_OF_GEMEENTE else "aanbieder"
