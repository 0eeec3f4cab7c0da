"""The tables of the rehearsal: phases, the life of a client, and steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.sut.protocol import RESPOND
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType

_FOLDER = Path(__file__).parent
RETOUR = "retour"


@dataclass(frozen=True)
class Phase:
    """When a message is sent: `window` in minutes from a moment of the switch, or from `deadline`.

    In a phase that is `in_order`, the messages of a client follow one another. A message is read
    soon, or within the `read` window from a moment of the switch. `answer` is the time to an
    answer, in minutes.
    """

    name: str
    anchor: str
    window: tuple[int, int]
    in_order: bool
    read: tuple[str, tuple[int, int]] | None
    answer: tuple[int, int]
    what: dict[str, str]


@dataclass(frozen=True)
class Life:
    """The place of a message type in the life of a client, and its deadline.

    `monthly` messages recur for one client.
    """

    numbers: tuple[str, ...]
    deadline: str
    place: int
    monthly: bool


@dataclass(frozen=True)
class Step:
    """A step of a message; `delay` is in minutes, or None for that of the phase.

    Round 2 is for a message that was still open at the switch. `about` is `heen` or `retour`.
    """

    name: str
    round: int
    op: str
    direction: str
    about: str
    delay: tuple[int, int] | None
    what: dict[str, str]

    @property
    def needs_pair(self) -> bool:
        """Whether the step uses or produces the return message."""
        return self.about == RETOUR or self.op == RESPOND


@dataclass(frozen=True)
class ClientOrigin:
    """The message that introduces a client of a standard, and the field that identifies it."""

    opening: str
    record: str
    field: str


def _between(row: tables.Row, part: str = "") -> tuple[int, int]:
    return row.number(f"{part}from"), row.number(f"{part}to")


@cache
def phases() -> tuple[Phase, ...]:
    """All phases, in calendar order."""
    return tuple(
        Phase(
            row["phase"],
            row["anchor"],
            _between(row),
            row.flag("in_order"),
            (row["read_anchor"], _between(row, "read_")) if row["read_anchor"] else None,
            _between(row, "answer_"),
            row.in_languages("what"),
        )
        for row in tables.rows("phases", _FOLDER)
    )


@cache
def lives() -> tuple[Life, ...]:
    """The message types in the order of a client's life."""
    return tuple(
        Life(
            tuple(row["messages"].split()),
            row["deadline"],
            row.number("place"),
            row.flag("monthly"),
        )
        for row in tables.rows("life", _FOLDER)
    )


def life_of(message: MessageType) -> Life:
    """The place of a heenbericht in a client's life."""
    return next(item for item in lives() if any(map(message.name.endswith, item.numbers)))


@cache
def steps() -> dict[str, Step]:
    """All steps by name, in order."""
    return {
        row["step"]: Step(
            row["step"],
            row.number("round"),
            row["op"],
            row["direction"],
            row["about"],
            _between(row) if row["from"] else None,
            row.in_languages("what"),
        )
        for row in tables.rows("steps", _FOLDER)
    }


@cache
def client_origin(name: str) -> ClientOrigin:
    """The origin of the client of a message type."""
    return next(item for standard, item in _client_origins().items() if name.startswith(standard))


@cache
def _client_origins() -> dict[str, ClientOrigin]:
    return {
        row["standard"]: ClientOrigin(row["opening"], row["record"], row["field"])
        for row in tables.rows("known", _FOLDER)
    }
