"""The kinds of input that must be refused, and which message types can have them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.suites.refuse.damage.registry import KINDS
from schemas.facts.message_types import catalogue

_FOLDER = Path(__file__).parents[2]
# Between a kind and the place of a case of the sweep.
AT = "-at-"


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


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the cases, `name` being its path below `harness`."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def refusals() -> tuple[Refusal, ...]:
    """The kinds of input that must be refused."""
    return tuple(
        Refusal(
            row["kind"],
            row["release"],
            row["types"] == "converted",
            row["code"],
            row["evidence"],
            {"en": row["what_en"], "nl": row["what_nl"]},
        )
        for row in rows("suites/refuse/refusals")
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
            {"en": row["what_en"], "nl": row["what_nl"]},
        )
        for row in rows("defects/facets")
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
