"""Whether the messages of a mailbox were sent and read when a switch of releases allows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from harness.mailbox.index import Row
from schemas.messages import catalogue
from schemas.timelines import BLOCK, RECEIVE, SEND, ZONE, Decision, Switch

_DAYS = 65_536
_FIRST, _LAST = time(0, 0), time(23, 59, 59)


@dataclass(frozen=True)
class Missed:
    """A rule of the switch that was broken: when, and why its deadline was another one."""

    rule: str
    at: str
    evidence: str
    moved: str


class Deadlines:
    """The deadlines of a switch, held against messages."""

    def __init__(self, switch: Switch) -> None:
        self.switch = switch
        self.used: set[tuple[str, str]] = set()
        self._parties = {item.partner for item in switch.overrides.values()}
        self._on = lru_cache(_DAYS)(self._decided_on)

    @property
    def releases(self) -> tuple[str, str]:
        """The old and the new release."""
        return self.switch.source, self.switch.target

    def missed(self, row: Row, by_date: bool) -> Iterator[Missed]:
        """The rules that a message breaks: by its times where they are known, else by its date.

        A day breaks a rule where all of it does, as a date does not tell the time.
        """
        told = set()
        for decision, at in self._decisions(row, by_date):
            if decision.override:
                self.used.add((decision.override.partner, decision.override.deadline))
            if decision.word == BLOCK and decision.rule.name not in told:
                told.add(decision.rule.name)
                moved = decision.override.reason if decision.override else ""
                yield Missed(decision.rule.name, at, decision.evidence, moved)

    def _decisions(self, row: Row, by_date: bool) -> Iterator[tuple[Decision, str]]:
        parties = tuple(party for party in (row.gemeente, row.aanbieder) if party in self._parties)
        for direction, moment in ((SEND, row.sent), (RECEIVE, row.read)):
            if moment:
                at = datetime.fromisoformat(moment)
                local = at.astimezone(ZONE).isoformat(timespec="minutes")
                yield self._decide(row.type, row.release, direction, at, parties), (
                    f"{direction} {local}"
                )
        if by_date and row.date and not row.sent:
            day = row.retour_date if row.is_retour else row.date
            if decision := self._on(row.type, row.release, day, parties):
                yield decision, f"{SEND} {day}"

    def _decide(
        self, message: str, release: str, direction: str, at: datetime, parties: tuple[str, ...]
    ) -> Decision:
        return self.switch.decide(catalogue().one(message), release, direction, at, parties)

    def _decided_on(
        self, message: str, release: str, day: str, parties: tuple[str, ...]
    ) -> Decision | None:
        """What is decided on sending on a day, at its start and its end the same; None where not."""
        if not day:
            return None
        first, last = (
            self._decide(
                message, release, SEND, datetime.combine(date.fromisoformat(day), at, ZONE), parties
            )
            for at in (_FIRST, _LAST)
        )
        return first if first.word == last.word else None
