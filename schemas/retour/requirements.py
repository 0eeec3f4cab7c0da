"""What is asked of the identification and the date of a return message, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.retour.pair import DATE, IDENTIFICATION

UNIQUE, OTHER = "unique", "not that of the message"
NOT_EARLIER, NOT_LATER = "not before the message", "not after the day of the answer"
_ASKED = (UNIQUE, OTHER, NOT_EARLIER, NOT_LATER)


@dataclass(frozen=True)
class Requirement:
    """What is asked of a value, by its role, of return messages with some numbers."""

    numbers: tuple[str, ...]
    role: str
    asked: str
    evidence: str


@cache
def requirements() -> tuple[Requirement, ...]:
    """Return all requirements of the table."""
    return tuple(
        Requirement(
            tuple(row["messages"].split()),
            row.one_of("role", (IDENTIFICATION, DATE)),
            row.one_of("asked", _ASKED),
            row.evidence,
        )
        for row in tables.rows("retour_own")
    )


@cache
def grade_of(name: str, role: str, asked: str) -> str:
    """Return the evidence grade of a requirement on a value of a return message, by its role."""
    return next(
        item.evidence
        for item in requirements()
        if (item.role, item.asked) == (role, asked)
        and any(name.endswith(number) for number in item.numbers)
    )
