"""The requests of a case, and the answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness import clock
from harness.cases.case import Case, Route
from harness.cases.specimen import Specimen
from harness.sut.protocol import OK, RESPOND, Answer, Asks, Request, Sut
from schemas.switch.timeline import Decision


@dataclass(frozen=True)
class GateQuestion:
    """One question to the gate about a message between two parties, with the expected decision."""

    request: Request
    parties: tuple[str, ...]
    decision: Decision

    @property
    def summary(self) -> str:
        """The question and the expected decision on one line."""
        asked, found = self.request, self.decision
        by = found.override
        between = f"between {' and '.join(self.parties)}"
        said = f"{asked.direction} {asked.at} {between}: {found.word} ({found.rule.name})"
        return f"{said}; agreed with {by}" if by else said


@dataclass(frozen=True)
class Question:
    """The requests of a case.

    `route`: the generated message is converted leg by leg, and cases on the same route share the
    answers. `evidence` grades the defect in the first input. `gate` repeats the requests to the
    gate, with the expected decisions. `about` is the specimen of each message to convert, where
    that is not the generated one. `origin` is the valid message from which an invalid first input
    was made. `together`: all requests must be in flight at once. `again`: what is repeated is asked
    only of a process that lives on.
    """

    requests: tuple[Request, ...]
    route: Route = ()
    evidence: str = "A"
    gate: tuple[GateQuestion, ...] = ()
    about: tuple[Specimen, ...] = ()
    together: bool = False
    again: bool = False
    origin: Specimen | None = None

    @property
    def legs(self) -> int:
        """The number of answers."""
        return len(self.route) - 1 if self.route else len(self.requests)

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """The distinct input messages."""
        return tuple(dict.fromkeys(request.data for request in self.requests))

    @property
    def gate_lines(self) -> tuple[str, ...]:
        """The gate questions with their expected decisions, one line each."""
        return tuple(item.summary for item in self.gate)

    def next_leg(self, answers: Sequence[Answer]) -> Request | None:
        """The request that follows some answers on the route; None if the last gave no message."""
        if answers[-1].status != OK:
            return None
        source, target = self.route[len(answers) :][:2]
        return replace(self.requests[0], source=source, target=target, data=answers[-1].output)

    def ask(self, sut: Sut, before: Sequence[Request] = ()) -> tuple[Answer, ...]:
        """Ask the software, with the requests in `before` ahead of the first batch."""
        ask = sut.together if self.together else sut.ask
        answers = dated(self.requests, ask([*before, *self.requests])[len(before) :])
        return self.onward(sut, answers) if self.route else tuple(answers)

    def onward(self, sut: Asks, answers: Sequence[Answer]) -> tuple[Answer, ...]:
        """Complete the answers on the route; a leg without a message ends it."""
        found = list(answers)
        while len(found) < self.legs:
            request = self.next_leg(found)
            found += sut.ask([request]) if request else [found[-1]]
        return tuple(found)


def dated(requests: Sequence[Request], answers: Sequence[Answer]) -> list[Answer]:
    """The answers to some requests; a return message with the day on which it was given."""
    today = clock.day() if any(request.op == RESPOND for request in requests) else ""
    return [
        replace(answer, day=today) if request.op == RESPOND else answer
        for request, answer in zip(requests, answers, strict=True)
    ]


def on_route(specimen: Specimen, route: Route) -> Question:
    """The question that converts the generated message along a route."""
    data = specimen.sources[route[0]]
    return Question((Request(specimen.message.name, route[0], route[1], data),), route)


@dataclass(frozen=True)
class AskedCase:
    """A case with its question and answers, kept until the case is settled."""

    case: Case
    specimen: Specimen
    question: Question
    answers: tuple[Answer, ...]

    def light(self) -> AskedCase:
        """Drop what was computed for judging, and the history of the software process.

        That is large, and regenerating a specimen is cheaper than sending it to another process.
        """
        question = replace(self.question, about=(), origin=None)
        answers = tuple(replace(item, past=None) for item in self.answers)
        return replace(self, question=question, answers=answers)

    @property
    def answer(self) -> Answer:
        """The answer that decides the case: the first without a message, or else the last."""
        if self.question.route:
            return self.answers[-1]
        return the_answer(self.answers)


def the_answer(answers: Sequence[Answer]) -> Answer:
    """The first answer without a message, or else the last."""
    return next((item for item in answers if item.status != OK or not item.output), answers[-1])


def joined(answers: Sequence[Answer]) -> Answer:
    """The deciding answer, with the outputs of all answers joined by newlines."""
    return replace(the_answer(answers), output=b"\n".join(item.output for item in answers))
