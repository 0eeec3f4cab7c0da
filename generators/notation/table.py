"""The table of notations: what a reader of each release may meet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.notation.rewrite import REWRITES
from schemas.facts import table_rows as tables

_FOLDER = Path(__file__).parent
PLAIN = "plain"


@dataclass(frozen=True)
class Notation:
    """A notation of a release; `weight` is its number of turns.

    `what` completes "the input has" by language, and is empty for the plain notation, that of
    ikeur's own writer.
    """

    release: str
    name: str
    weight: int
    evidence: str
    what: dict[str, str]

    @property
    def is_plain(self) -> bool:
        """Whether it is that of ikeur's own writer."""
        return self.name == PLAIN


@cache
def notations() -> tuple[Notation, ...]:
    """Return all notations, in table order; raises TableError."""
    return tuple(
        Notation(
            row.one_of("release", REWRITES),
            row.one_of("name", REWRITES[row["release"]]),
            row.number("weight"),
            row.evidence,
            row.in_languages("what"),
        )
        for row in tables.rows("notations", _FOLDER)
    )
