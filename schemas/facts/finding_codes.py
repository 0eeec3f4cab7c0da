"""The codes of all findings, with their meaning and advice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.message.fault import Fault


@dataclass(frozen=True)
class FindingCode:
    """The stable code of a finding; the texts are by language.

    A `tolerated` fault does not prevent conversion. `rules_follow` tells whether the business rules
    are still evaluated despite such a fault.
    """

    code: str
    kind: str
    tolerated: bool
    rules_follow: bool
    meaning: dict[str, str]
    advice: dict[str, str]


@cache
def finding_codes() -> dict[str, FindingCode]:
    """Return all finding codes, in table order."""
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


def preventing(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that prevent conversion: those that are not tolerated."""
    return [fault for fault in faults if not finding_codes()[fault.code].tolerated]
