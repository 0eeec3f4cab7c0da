"""Every code that a finding can have, what it means and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables


@dataclass(frozen=True)
class FindingCode:
    """A stable code; `tolerated` faults do not keep a message from being converted.

    `rules_follow` tells whether the business rules are still judged beside such a fault.
    """

    code: str
    kind: str
    tolerated: bool
    rules_follow: bool
    meaning: dict[str, str]
    advice: dict[str, str]


@cache
def finding_codes() -> dict[str, FindingCode]:
    """All codes, in the order of the table."""
    return {
        row["code"]: FindingCode(
            code=row["code"],
            kind=row["kind"],
            tolerated=row.flag("tolerated"),
            rules_follow=row.flag("rules_follow"),
            meaning=row.in_languages("meaning"),
            advice=row.in_languages("advice"),
        )
        for row in tables.rows("findings")
    }
