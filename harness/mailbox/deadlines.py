"""Checks whether messages were sent and read when a switch of releases allowed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from harness.mailbox.index import MessageRow
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import Override
from schemas.switch.tables import BLOCK, RECEIVE, SEND, ZONE
from schemas.switch.timeline import Decision, local, switch

_DAYS = 65_536
# Midnight of an earlier day, or of no day, has no UTC time.
_EARLIEST = "0001-01-02"
_FIRST, _LAST = time(0, 0), time(23, 59, 59)


@dataclass(frozen=True)
class Missed:
    """A broken rule of the switch: the moment, and why its deadline was moved."""

    rule: str
    at: str
    by_date: bool
    evidence: str
    moved: str


class Deadlines:
    """The deadlines of a switch; `overrides` are the moved ones."""

    def __init__(self, source: str, target: str, overrides: Sequence[Override] = ()) -> None:
        self.switch = switch(source, target, overrides)
        self.releases = (source, target)
        self.overrides = len(overrides)
        self.used: set[Override] = set()
        self._moved = {item.partner for item in overrides}
        self._on = lru_cache(_DAYS)(self._decided_on)

    def missed(self, row: MessageRow, by_date: bool) -> Iterator[Missed]:
        """The rules that a message breaks, by its times if known, or else by its date.

        A date has no time, so a day breaks a rule only if all of it does.
        """
        told = set()
        for decision, at, by_day in self._decisions(row, by_date):
            if decision.word == BLOCK and decision.rule.name not in told:
                told.add(decision.rule.name)
                moved = decision.override.reason if decision.override else ""
                yield Missed(decision.rule.name, at, by_day, decision.evidence, moved)

    def _decisions(self, row: MessageRow, by_date: bool) -> Iterator[tuple[Decision, str, bool]]:
        if row.release not in self.releases:
            return
        parties = tuple(party for party in (row.gemeente, row.aanbieder) if party in self._moved)
        for direction, moment in ((SEND, row.sent), (RECEIVE, row.read)):
            if moment:
                at = datetime.fromisoformat(moment)
                decision = self._decide(row.type, row.release, direction, at, parties)
                yield decision, f"{direction} {local(at)}", False
        if by_date and row.date and not row.sent:
            day = row.retour_date if row.is_retour else row.date
            if on_day := self._on(row.type, row.release, day, parties):
                yield on_day, f"{SEND} {day}", True

    def _decide(
        self, message: str, release: str, direction: str, at: datetime, parties: tuple[str, ...]
    ) -> Decision:
        decision = self.switch.decide(catalogue().one(message), release, direction, at, parties)
        if decision.override:
            self.used.add(decision.override)
        return decision

    def _decided_on(
        self, message: str, release: str, day: str, parties: tuple[str, ...]
    ) -> Decision | None:
        """The decision on sending on a day, if it is the same from start to end."""
        if day < _EARLIEST:
            return None
        first, last = (
            self._decide(
                message, release, SEND, datetime.combine(date.fromisoformat(day), at, ZONE), parties
            )
            for at in (_FIRST, _LAST)
        )
        return first if first.word == last.word else None
