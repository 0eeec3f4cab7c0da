"""The order in which the messages of a set were sent, as far as they tell it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.reading import Reading
from schemas.retour.pair import HEEN
from schemas.rules.message_identity import Mark, mark_of, without_date
from schemas.rules.rulebook import Book, own

Order = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a message was sent: its day, and its rank in the course of care within a day.

    `mark` is that of the message itself, or of the one that it answers; `name` decides last.
    """

    date: str
    rank: int
    mark: Mark
    is_answer: bool
    name: str


def moment(reading: Reading, release: str, name: str, book: Book | None = None) -> Moment:
    """The moment of a message; one that cannot be read has no day and comes first."""
    message, root = reading.message, reading.root
    dated = (book or own()).dates.get((message.name, release)) if message else None
    if message is None or root is None or dated is None:
        return Moment("", 0, (), False, name)
    date = root.get(dated.spot.key).replace("-", "")
    mark = mark_of(message, release, root)
    return Moment(date, dated.rank, mark, message.role != HEEN, name)


def in_order(moments: Sequence[Moment]) -> list[int]:
    """The places of messages in the order of their days.

    Within a day an answer to an earlier message comes before all else, one to a message of that day
    behind it; then they come in the course of care. Of one type those come first that are
    answered the same day, so that what was refused can be sent again.
    """
    days = {(item.mark, item.date) for item in moments if not item.is_answer}
    answered = {
        (item.mark, item.date)
        for item in moments
        if item.is_answer and (item.mark, item.date) in days
    }

    def order(place: int) -> Order:
        item = moments[place]
        day = (item.mark, item.date)
        behind = item.is_answer and day in days
        own_place = 0 if item.is_answer and not behind else 1
        return (
            item.date, own_place, item.rank, int(day not in answered),
            *without_date(item.mark)[::-1], int(behind), item.name,
        )  # fmt: skip

    return sorted(range(len(moments)), key=order)
