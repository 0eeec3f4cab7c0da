"""The kinds of heenbericht to answer, and the message types that have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.rules.placements import ROOT

ONE = "one"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ClassEdits:
    """The edits at a class; an empty value removes the element, `/*` everything below a path."""

    at: str
    edits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RetourKind:
    """A kind of heenbericht; `clients` says how many clients are changed."""

    kind: str
    numbers: tuple[str, ...]
    releases: tuple[str, ...]
    clients: str
    defects: tuple[ClassEdits, ...]
    what: dict[str, str]


def _defect(row: tables.Row) -> ClassEdits:
    edits = [edit.partition("=") for edit in row["edits"].split()]
    return ClassEdits(row["at"], tuple((path, value) for path, _, value in edits))


@cache
def kinds() -> dict[str, RetourKind]:
    """All kinds by name; rows of one kind are applied together."""
    found: dict[str, list[tables.Row]] = {}
    for row in tables.rows("retours", _FOLDER):
        found.setdefault(row["kind"], []).append(row)
    return {
        kind: RetourKind(
            kind=kind,
            numbers=tuple(group[0]["messages"].split()),
            releases=tuple(group[0]["releases"].split()),
            clients=group[0]["clients"],
            defects=tuple(_defect(row) for row in group if row["at"]),
            what=group[0].in_languages("what"),
        )
        for kind, group in found.items()
    }


@cache
def kinds_of(name: str, release: str) -> tuple[RetourKind, ...]:
    """The kinds of a message type in a release."""
    if release == "2.1" and catalogue().one(name).root is None:
        return ()
    return tuple(
        item
        for item in kinds().values()
        if release in item.releases and any(name.endswith(number) for number in item.numbers)
    )


@cache
def kinds_for_pairs(name: str) -> tuple[RetourKind, ...]:
    """The kinds that can be converted together with their answer: both releases have them.

    Defects of the header are left out, as a converter must refuse a wrong total.
    """
    return tuple(
        item
        for item in kinds_of(name, "2.0")
        if len(item.releases) > 1 and all(defect.at != ROOT for defect in item.defects)
    )
