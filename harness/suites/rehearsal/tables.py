"""The tables of the rehearsal: when messages flow, in which order of a life, and step by step."""

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
    """When a message is sent: so many minutes from a moment of the switch, `deadline` its own.

    Where it is `in_order`, the messages of a client follow each other through it. It is read soon,
    or so many minutes from a moment of the switch. `answer` is how long it takes until it is
    answered, in minutes.
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
    """Where a message type stands in the life of a client, and which deadline it has.

    What is `monthly` comes again and again for one client.
    """

    numbers: tuple[str, ...]
    deadline: str
    place: int
    monthly: bool


@dataclass(frozen=True)
class Step:
    """One thing that happens to a message, and the minutes that pass before; None as its phase has.

    Round 2 is what becomes of a message that was still open at the switch. `about` is `heen` or
    `retour`.
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
        """Whether it is about the return message, or makes it."""
        return self.about == RETOUR or self.op == RESPOND


@dataclass(frozen=True)
class ClientOrigin:
    """By which message a client of a standard becomes known, and where it says who that is."""

    opening: str
    record: str
    field: str


def _between(row: tables.Row, part: str = "") -> tuple[int, int]:
    return row.number(f"{part}from"), row.number(f"{part}to")


@cache
def phases() -> tuple[Phase, ...]:
    """All phases, in the order of the calendar."""
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
    """The message types in the order of a life."""
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
    """Where a heenbericht stands in a life."""
    return next(item for item in lives() if any(map(message.name.endswith, item.numbers)))


@cache
def steps() -> dict[str, Step]:
    """All steps by name, in their order."""
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
    """How a client is known, of whom a message type is."""
    return next(item for standard, item in _client_origins().items() if name.startswith(standard))


@cache
def _client_origins() -> dict[str, ClientOrigin]:
    return {
        row["standard"]: ClientOrigin(row["opening"], row["record"], row["field"])
        for row in tables.rows("known", _FOLDER)
    }
