"""Derives the order in which the messages of a set were sent from their own contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.reading import Reading
from schemas.retour.pair import HEEN
from schemas.rules.message_identity import Identity, identity_of, without_date
from schemas.rules.rulebook import Rulebook, default_rulebook

Order = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Sort key of a message: its day, and its rank within that day.

    `identity` is that of the message itself or of the one that it answers; `name` breaks ties.
    """

    date: str
    rank: int
    identity: Identity
    is_answer: bool
    name: str


def moment(reading: Reading, release: str, name: str, book: Rulebook | None = None) -> Moment:
    """Return the moment of a message; an unreadable message has no day and sorts first."""
    message, root = reading.message, reading.root
    dated = (book or default_rulebook()).dates.get((message.name, release)) if message else None
    if message is None or root is None or dated is None:
        return Moment("", 0, (), False, name)
    date = root.get(dated.ref.key).replace("-", "")
    identity = identity_of(message, release, root)
    return Moment(date, dated.rank, identity, message.role != HEEN, name)


def in_order(moments: Sequence[Moment]) -> list[int]:
    """Return the indexes of messages in order of sending.

    Within a day, answers to messages of earlier days come first; the rest is ordered by rank, and
    an answer to a message of that day comes after it. Within one type, messages answered the same
    day come first, so that what was refused can be sent again.
    """
    days = {(item.identity, item.date) for item in moments if not item.is_answer}
    answered = {
        (item.identity, item.date)
        for item in moments
        if item.is_answer and (item.identity, item.date) in days
    }

    def order(place: int) -> Order:
        item = moments[place]
        day = (item.identity, item.date)
        behind = item.is_answer and day in days
        own_place = 0 if item.is_answer and not behind else 1
        return (
            item.date, own_place, item.rank, int(day not in answered),
            *without_date(item.identity)[::-1], int(behind), item.name,
        )  # fmt: skip

    return sorted(range(len(moments)), key=order)
