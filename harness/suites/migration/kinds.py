"""The kinds of gate question, and the message types that have them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import Override
from schemas.switch.tables import ZONE

MAILBOX = "mailbox"
_ANY = "any"
_FOLDER = Path(__file__).parent
_ZONES = {"local": ZONE, "Z": UTC, "+01:00": timezone(timedelta(hours=1))}


@dataclass(frozen=True)
class GateKind:
    """A kind of moment: `shift` after a moment of the switch, written in a zone.

    If `agreed`, the moment is the one agreed with a partner.
    """

    kind: str
    routes: tuple[str, ...]
    numbers: tuple[str, ...]
    direction: str
    moment: str
    shift: timedelta
    zone: str
    agreed: bool
    what: dict[str, str]

    def concerns(self, name: str, route: str) -> bool:
        """Whether a message type has the kind on a route."""
        return route in self.routes and any(
            number == _ANY or name.endswith(number) for number in self.numbers
        )

    def written(self, minute: datetime) -> str:
        """`minute` plus the shift, in ISO 8601."""
        text = (minute + self.shift).astimezone(_ZONES[self.zone]).isoformat()
        return text.replace("+00:00", "Z")

    def agreements(self, overrides: Iterable[Override]) -> list[Override]:
        """The moved deadlines that the kind can use."""
        return [item for item in overrides if item.deadline == self.moment]


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
            shift=timedelta(seconds=row.number("seconds")),
            zone=row.one_of("zone", _ZONES),
            agreed=row.flag("agreed"),
            what=row.in_languages("what"),
        )
        for row in tables.rows("gates", _FOLDER)
    }


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
