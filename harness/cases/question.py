"""What the software is asked in a case, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.cases.case import Case, Route
from harness.cases.specimen import Specimen
from harness.sut.protocol import OK, Answer, Asks, Request, Sut
from schemas.switch.timeline import Decision


@dataclass(frozen=True)
class GateQuestion:
    """One question to the gate about a message between two parties, and what it must decide."""

    request: Request
    parties: tuple[str, ...]
    decision: Decision

    @property
    def told(self) -> str:
        """The question and what is decided, in one line."""
        asked, found = self.request, self.decision
        by = found.override
        between = f"between {' and '.join(self.parties)}"
        said = f"{asked.direction} {asked.at} {between}: {found.word} ({found.rule.name})"
        return f"{said}; agreed with {by}" if by else said


@dataclass(frozen=True)
class Question:
    """What the software is asked in a case; `evidence` grades what makes the first input wrong.

    With a `route` it is asked about the generated message, leg by leg, and shares the answers with
    the other cases on that route. `gate` holds the questions again where they are to the gate, with
    what it must decide. `about` is what each message to be converted says, where that is not what
    the generated one does. `origin` is about the sound message that the first input was made from,
    where it must be refused. `together` tells that the requests must be under way at once.
    """

    requests: tuple[Request, ...]
    route: Route = ()
    evidence: str = "A"
    gate: tuple[GateQuestion, ...] = ()
    about: tuple[Specimen, ...] = ()
    together: bool = False
    origin: Specimen | None = None

    @property
    def legs(self) -> int:
        """How many answers it has."""
        return len(self.route) - 1 if self.route else len(self.requests)

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """The messages that are handed over, each once."""
        return tuple(dict.fromkeys(request.data for request in self.requests))

    @property
    def told(self) -> tuple[str, ...]:
        """What is asked of a gate and must be decided, a line for each question."""
        return tuple(item.told for item in self.gate)

    def next_leg(self, answers: Sequence[Answer]) -> Request | None:
        """What is asked behind some answers on the route; None where the last gave no message."""
        if answers[-1].status != OK:
            return None
        source, target = self.route[len(answers) :][:2]
        return replace(self.requests[0], source=source, target=target, data=answers[-1].output)

    def ask(self, sut: Sut, before: Sequence[Request] = ()) -> tuple[Answer, ...]:
        """The answers of software to it, which is asked `before` first, together with the first."""
        ask = sut.together if self.together else sut.ask
        answers = ask([*before, *self.requests])[len(before) :]
        return self.onward(sut, answers) if self.route else tuple(answers)

    def onward(self, sut: Asks, answers: Sequence[Answer]) -> tuple[Answer, ...]:
        """The answers on the route behind its first: a leg without a message ends it."""
        found = list(answers)
        while len(found) < self.legs:
            request = self.next_leg(found)
            found += sut.ask([request]) if request else [found[-1]]
        return tuple(found)


def on_route(specimen: Specimen, route: Route) -> Question:
    """The question about the generated message on a route."""
    data = specimen.sources[route[0]]
    return Question((Request(specimen.message.name, route[0], route[1], data),), route)


@dataclass(frozen=True)
class AskedCase:
    """A case with its question and the answers to it, kept until the case is settled."""

    case: Case
    specimen: Specimen
    question: Question
    answers: tuple[Answer, ...]

    def light(self) -> AskedCase:
        """The case without what was worked out to judge it, and what its process was asked before.

        That is much, and what a message of its own says is made again sooner than it is sent to
        another process.
        """
        question = replace(self.question, about=(), origin=None)
        answers = tuple(replace(item, past=None) for item in self.answers)
        return replace(self, question=question, answers=answers)

    @property
    def answer(self) -> Answer:
        """The answer that the case stands for: the first that gave no message, or the last."""
        if self.question.route:
            return self.answers[-1]
        return the_answer(self.answers)


def the_answer(answers: Sequence[Answer]) -> Answer:
    """The first of some answers that gave no message, or the last of all."""
    return next((item for item in answers if item.status != OK or not item.output), answers[-1])


def joined(answers: Sequence[Answer]) -> Answer:
    """The answer that some stand for, with the output of all of them, a line each."""
    return replace(the_answer(answers), output=b"\n".join(item.output for item in answers))
