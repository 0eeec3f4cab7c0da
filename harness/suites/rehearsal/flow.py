"""The timeline of one message of the region, by the virtual clock.

The steps follow from the switch alone, not from the decisions of the software: a blocked message is
still open, and gets a second round in the new release after the opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from generators.values.draw import Draw
from harness.suites.rehearsal.region import Dossier, dossier
from harness.suites.rehearsal.tables import RETOUR, Life, Phase, Step, life_of, lives, phases, steps
from harness.sut.protocol import CONVERT, GATE
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN
from schemas.switch.overrides import Override
from schemas.switch.tables import BLOCK, RECEIVE, ZONE
from schemas.switch.timeline import OPEN, Decision, Switch, switch

_DEADLINE = "deadline"
Agreed = tuple[Override, ...]


@dataclass(frozen=True)
class TimedStep:
    """A step at a moment in UTC; `decision` is the expected one if the gate is asked."""

    step: Step
    route: tuple[str, str]
    at: datetime
    decision: Decision | None = None

    @property
    def written(self) -> str:
        """The moment in ISO 8601, in Dutch local time."""
        return self.at.astimezone(ZONE).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Flow:
    """A heenbericht of the region with its timeline."""

    dossier: Dossier
    phase: Phase
    timeline: tuple[TimedStep, ...]

    @property
    def sent(self) -> datetime:
        """The planned moment of sending."""
        return self.timeline[0].at


@lru_cache(maxsize=4096)
def flow(name: str, seed: int, index: int, agreed: Agreed = ()) -> Flow:
    """The flow of a heenbericht type at an index; `agreed` moves deadlines."""
    message, life = catalogue().one(name), life_of(catalogue().one(name))
    number, phase = index // len(phases()) if life.monthly else index, phase_of(index)
    whose = dossier(name, seed, number, agreed)
    walk = _Walk(message, whose, switch(*RELEASES, agreed), Draw(seed, f"{name}/rehearsal", index))
    return Flow(whose, phase, tuple(walk.timeline(phase, life)))


def phase_of(index: int) -> Phase:
    """The phase in which the message at an index is sent: phases rotate over the indexes."""
    return phases()[index % len(phases())]


class _Walk:
    """Builds the timeline of one message; `is_open` until it is answered and read."""

    def __init__(self, message: MessageType, whose: Dossier, about: Switch, draw: Draw) -> None:
        self.message, self.retour = message, catalogue().one(message.pair)
        self.whose, self.about, self.draw = whose, about, draw
        self.is_open = False
        self.at = self.opening = about.moments[OPEN].minute

    def timeline(self, phase: Phase, life: Life) -> Iterator[TimedStep]:
        """The steps in order."""
        self.at = self._start(phase, life)
        is_new = self.at >= self.opening and self.message.convertible
        release = self.about.target if is_new else self.about.source
        yield from self._round(1, release, phase)
        if self.is_open:
            self.at = max(self.at, self.opening)
            yield from self._round(2, release, phase)

    def _start(self, phase: Phase, life: Life) -> datetime:
        anchor = life.deadline if phase.anchor == _DEADLINE else phase.anchor
        low, high = phase.window
        if phase.in_order:
            share = (high - low) // len(lives())
            low, high = low + life.place * share, low + (life.place + 1) * share - 1
        return self.about.moments[anchor].minute + self._minutes(low, high)

    def _wait(self, step: Step, phase: Phase) -> None:
        """Advance the clock to a step."""
        if phase.read and (step.round, step.direction, step.about) == (1, RECEIVE, HEEN):
            anchor, window = phase.read
            self.at = self.about.moments[anchor].minute + self._minutes(*window)
        else:
            self.at += self._minutes(*(step.delay or phase.answer))

    def _minutes(self, low: int, high: int) -> timedelta:
        return timedelta(minutes=self.draw.between(low, high))

    def _round(self, number: int, release: str, phase: Phase) -> Iterator[TimedStep]:
        route = (release, release)
        for step in (item for item in steps().values() if item.round == number):
            if step.op == CONVERT and not self.message.convertible:
                continue
            self._wait(step, phase)
            if step.op == CONVERT:
                yield TimedStep(step, (release, self.about.target), self.at)
                route = (self.about.target, self.about.target)
                continue
            decision = self._decision(step, route[0]) if step.op == GATE else None
            yield TimedStep(step, route, self.at, decision)
            self.is_open = decision is not None and decision.word == BLOCK
            if self.is_open:
                return

    def _decision(self, step: Step, release: str) -> Decision:
        message = self.retour if step.about == RETOUR else self.message
        parties = self.whose.parties
        return self.about.decide(message, release, step.direction, self.at, parties, release)
