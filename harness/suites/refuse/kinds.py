"""The kinds of input that must be refused, and which message types can have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.suites.refuse.damage.registry import KINDS
from schemas.facts import table_rows as tables
from schemas.facts.message_types import catalogue

_FOLDER = Path(__file__).parent
_FACETS = Path(__file__).parents[2] / "defects"
# Between a kind and the place of a case of the sweep.
AT = "-at-"
_TYPES = ("converted", "not converted")


@dataclass(frozen=True)
class Refusal:
    """A kind of input that must be refused.

    `code` is the finding that our own reader or converter refuses it with, where it is one alone;
    it stands beside the kind so that no rule of the reader goes without one.
    """

    kind: str
    release: str
    converted: bool
    code: str
    evidence: str
    what: dict[str, str]


@cache
def refusals() -> tuple[Refusal, ...]:
    """The kinds of input that must be refused."""
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
    """All kinds by name and release, with the facets that only the sweep asks about."""
    facets = (
        # Such a facet is as sure as the element that has it.
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
    """What a kind of input of a release is, at whatever place."""
    return _known()[kind.partition(AT)[0], release]


@cache
def kinds_of(name: str, release: str) -> tuple[Refusal, ...]:
    """The kinds of input of a release that must be refused and that a message type can have."""
    message = catalogue().one(name)
    return tuple(
        item
        for item in refusals()
        if (item.release, item.converted) == (release, message.convertible)
        and KINDS[release][item.kind].applies(message)
    )
