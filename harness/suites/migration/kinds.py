"""The kinds of gate question, and the message types that have them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

from harness.suites.migration.written import notations, shifts, written
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import DEADLINES, Override

MAILBOX = "mailbox"
_AGREED = "agreed"
_ANY = "any"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class GateKind:
    """A kind of moment: the `shifts` from a moment of the switch, each in all `notations`.

    `agreed` lists the deadlines whose agreements bring the partners to ask about.
    """

    kind: str
    routes: tuple[str, ...]
    numbers: tuple[str, ...]
    direction: str
    moment: str
    shifts: tuple[timedelta, ...]
    notations: tuple[str, ...]
    agreed: tuple[str, ...]
    what: dict[str, str]

    def concerns(self, name: str, route: str) -> bool:
        """Whether a message type has the kind on a route."""
        return route in self.routes and any(
            number == _ANY or name.endswith(number) for number in self.numbers
        )

    @property
    def is_at_agreed(self) -> bool:
        """Whether the moment is the agreed one, not a national one."""
        return self.moment == _AGREED

    def written(self, minute: datetime) -> list[str]:
        """The moments around a minute in ISO 8601."""
        return [written(minute + shift, how) for shift, how in product(self.shifts, self.notations)]

    def agreements(self, overrides: Iterable[Override]) -> list[Override]:
        """The moved deadlines that the kind can use: one of each partner if the moment is fixed."""
        found = [item for item in overrides if item.deadline in self.agreed]
        return found if self.is_at_agreed else [*{item.partner: item for item in found}.values()]


@cache
def kinds() -> dict[str, GateKind]:
    """All kinds by name."""
    return {
        row["kind"]: GateKind(
            kind=row["kind"],
            routes=tuple(row["routes"].split()),
            numbers=tuple(row["messages"].split()),
            direction=row["direction"],
            moment=row["moment"],
            shifts=shifts(row, "shifts"),
            notations=notations(row, "written"),
            agreed=_deadlines(row),
            what=row.in_languages("what"),
        )
        for row in tables.rows("gates", _FOLDER)
    }


def _deadlines(row: tables.Row) -> tuple[str, ...]:
    found = tuple(row["agreed"].split())
    if not set(found) <= set(DEADLINES):
        what = f"agreed is {row['agreed']!r}, not some of {', '.join(DEADLINES)}"
        raise TableError("TABLE-VALUE", what, row.where)
    return found


@cache
def all_kinds_of(name: str, route: tuple[str, str]) -> tuple[GateKind, ...]:
    """The kinds of a message type on a route: the release in force and that of the message."""
    if "2.1" in route and catalogue().one(name).root is None:
        return ()
    return tuple(item for item in kinds().values() if item.concerns(name, "-".join(route)))


def kinds_of(
    name: str, route: tuple[str, str], agreed: Collection[Override]
) -> tuple[GateKind, ...]:
    """The kinds that can be asked: those about a moved deadline need one."""
    found = all_kinds_of(name, route)
    return tuple(item for item in found if not item.agreed or item.agreements(agreed))
