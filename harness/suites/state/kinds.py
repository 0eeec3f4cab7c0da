"""The kinds of circumstance in which a message must come out as it does alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables

UNDER_WAY, SAME_IDENTIFICATION, AGAIN = "under-way", "same-identification", "again"
_FOLDER = Path(__file__).parent
_KNOWN = (UNDER_WAY, SAME_IDENTIFICATION, AGAIN)


@dataclass(frozen=True)
class StateKind:
    """A circumstance; `together`: the messages are under way at once."""

    kind: str
    together: bool
    what: dict[str, str]


@cache
def kinds() -> dict[str, StateKind]:
    """All kinds by name."""
    return {
        row["kind"]: StateKind(
            kind=row.one_of("kind", _KNOWN),
            together=row.one_of("together", ("yes", "no")) == "yes",
            what=row.in_languages("what"),
        )
        for row in tables.rows("states", _FOLDER)
    }
