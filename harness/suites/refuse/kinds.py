"""The kinds of input that must be refused, and the message types that have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.suites.refuse.damage.registry import KINDS
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue

_FOLDER = Path(__file__).parent
_FACETS = Path(__file__).parents[2] / "defects"
# Separates the kind from the place in the id of a sweep case.
AT = "-at-"
_TYPES = ("converted", "not converted")


@dataclass(frozen=True)
class Refusal:
    """A kind of input that must be refused.

    `code` is the finding with which ikeur's own reader or converter refuses it, if there is only
    one; the table has it so that every rule of the reader is covered.
    """

    kind: str
    release: str
    converted: bool
    code: str
    evidence: str
    what: dict[str, str]


@cache
def refusals() -> tuple[Refusal, ...]:
    """All kinds of the table."""
    return tuple(
        Refusal(
            row.one_of("kind", KINDS[row.one_of("release", KINDS)]),
            row["release"],
            row.one_of("types", _TYPES) == "converted",
            row["code"],
            row.evidence,
            row.in_languages("what"),
        )
        for row in tables.rows("refusals", _FOLDER)
    )


@cache
def _known() -> dict[tuple[str, str], Refusal]:
    """All kinds by name and release, including the facets that only the sweep uses."""
    facets = (
        # A facet is as certain as its element.
        Refusal(
            row["facet"],
            row["release"],
            True,
            row["code"],
            "A",
            row.in_languages("what"),
        )
        for row in tables.rows("facets", _FACETS)
    )
    return {(item.kind, item.release): item for item in (*facets, *refusals())}


def refusal(kind: str, release: str) -> Refusal:
    """The kind of an input in a release, without its place."""
    return _known()[kind.partition(AT)[0], release]


@cache
def kinds_of(name: str, release: str) -> tuple[Refusal, ...]:
    """The kinds that a message type can have in a release."""
    message = catalogue().one(name)
    return tuple(
        item
        for item in refusals()
        if (item.release, item.converted) == (release, message.convertible)
        and KINDS[release][item.kind].applies(message)
    )
