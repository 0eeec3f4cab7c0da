"""The kinds of large messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue


@dataclass(frozen=True)
class Size:
    """A kind of large message: its message types, and the fewest records it has.

    Where these are 0, it has as many as it takes to show each code of the long lists.
    """

    kind: str
    messages: tuple[str, ...]
    records: int
    what: Mapping[str, str]


@cache
def sizes() -> dict[str, Size]:
    """Return the kinds by name; raises TableError."""
    found = {}
    for row in tables.rows("sizes", Path(__file__).parent):
        messages = tuple(row["messages"].split())
        for name in messages:
            if name not in catalogue().messages:
                raise TableError(
                    "TABLE-VALUE", f"messages has {name!r}, no message type", row.where
                )
        found[row["kind"]] = Size(
            row["kind"], messages, row.number("records"), row.in_languages("what")
        )
    return found


def kinds_of(name: str) -> tuple[str, ...]:
    """Return the kinds of a message type."""
    return tuple(size.kind for size in sizes().values() if name in size.messages)
