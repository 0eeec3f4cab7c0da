"""The days on which messages may be exchanged around a switch of releases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from schemas.facts.message_types import MessageType
from schemas.switch.tables import BLOCK, RECEIVE, SEND, ZONE
from schemas.switch.timeline import OPEN, switch

# Before and after the switch, in days.
_BEFORE, _AFTER = 60, 45
# An answer follows after so many days.
ANSWERED_AFTER = timedelta(2)
_ONE = timedelta(1)
_ENDS = (time(0, 0), time(23, 59, 59))


class Calendar:
    """The days around the switch from one release to another, by what its deadlines allow."""

    def __init__(self, source: str, target: str) -> None:
        self.switch = switch(source, target)
        self.source, self.target = source, target
        opened = self.switch.moments[OPEN].minute.astimezone(ZONE).date()
        # On the day of the switch itself, its hour decides.
        self.first_day = opened + _ONE
        self._first, self._last = opened - timedelta(_BEFORE), opened + timedelta(_AFTER)

    def days(self, message: MessageType, release: str) -> list[date]:
        """The days on which a message may be sent, and its answer read when it comes."""
        return [
            day
            for day in self._all()
            if not any(self._blocked(message, release, SEND, day))
            and not any(self._blocked(message, release, RECEIVE, day + ANSWERED_AFTER))
        ]

    def day_too_late(self, message: MessageType) -> date:
        """The first day on which a message of the old release may not be sent any more."""
        last = self.days(message, self.source)[-1]
        days = (day for day in self._all() if day > last)
        return next(day for day in days if all(self._blocked(message, self.source, SEND, day)))

    def _all(self) -> Iterator[date]:
        yield from (self._first + timedelta(n) for n in range((self._last - self._first).days))

    def _blocked(
        self, message: MessageType, release: str, direction: str, day: date
    ) -> Iterator[bool]:
        """Whether a message is stopped at the start and at the end of a day."""
        for at in _ENDS:
            moment = datetime.combine(day, at, ZONE)
            yield self.switch.decide(message, release, direction, moment).word == BLOCK
