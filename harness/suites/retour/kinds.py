"""The kinds of heenbericht to answer, and the message types that have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.defects.table import own_defects
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.rules.tables import own_tables

ONE, SEVERAL = "one", "several"
FOLDER = Path(__file__).parent
# The number of clients in a message of which some get a defect, unless a row has another.
_CLIENTS = 3


@dataclass(frozen=True)
class Change:
    """A change to classes of one kind: a defect of the generators by name, then the edits.

    An edit without a value removes the element, `/*` everything below a path.
    """

    at: str
    edits: tuple[tuple[str, str], ...] = ()
    defect: str = ""


@dataclass(frozen=True)
class RetourKind:
    """A kind of heenbericht, which breaks at least `rules`.

    Of its `of` clients `clients` says how many are changed: one or all but one; `classes` is the
    number of classes that are changed of each. `in_pairs`: it can be converted with its answer.
    """

    kind: str
    numbers: tuple[str, ...]
    releases: tuple[str, ...]
    clients: str
    changes: tuple[Change, ...]
    what: dict[str, str]
    rules: tuple[str, ...] = ()
    of: int = _CLIENTS
    classes: int = 1
    in_pairs: bool = False


def _change(row: tables.Row) -> Change:
    edits = [edit.partition("=") for edit in row["edits"].split()]
    defect = row.one_of("defect", ("", *own_defects()))
    return Change(row["at"], tuple((path, value) for path, _, value in edits), defect)


def rules_of(row: tables.Row) -> tuple[str, ...]:
    """The rules that a row names; raises TableError for one that is unknown."""
    found = tuple(row["rules"].split())
    for name in found:
        if name not in own_tables().rules:
            raise TableError("TABLE-RULE", f"no rule {name}", row.where)
    return found


def _kind(kind: str, group: list[tables.Row]) -> RetourKind:
    first = group[0]
    return RetourKind(
        kind=kind,
        numbers=tuple(first["messages"].split()),
        releases=tuple(first["releases"].split()),
        clients=first.one_of("clients", (ONE, SEVERAL, "")),
        changes=tuple(_change(row) for row in group if row["at"]),
        what=first.in_languages("what"),
        rules=rules_of(first),
        of=first.number("of") if first["of"] else _CLIENTS,
        classes=first.number("classes") if first["classes"] else 1,
        in_pairs=first.flag("pairs"),
    )


@cache
def kinds() -> dict[str, RetourKind]:
    """All kinds of the table by name; rows of one kind are applied together."""
    found: dict[str, list[tables.Row]] = {}
    for row in tables.rows("retours", FOLDER):
        found.setdefault(row["kind"], []).append(row)
    return {kind: _kind(kind, group) for kind, group in found.items()}


@cache
def kinds_of(name: str, release: str) -> tuple[RetourKind, ...]:
    """The kinds of the table that a message type has in a release."""
    if release == "2.1" and catalogue().one(name).root is None:
        return ()
    return tuple(
        item
        for item in kinds().values()
        if release in item.releases and any(name.endswith(number) for number in item.numbers)
    )


@cache
def kinds_for_pairs(name: str) -> tuple[RetourKind, ...]:
    """The kinds that can be converted together with their answer.

    Defects of the header are left out, as a converter must refuse a wrong total.
    """
    return tuple(item for item in kinds_of(name, "2.0") if item.in_pairs)
