"""The messages that are made for a case, where it does not ask about its generated one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.cases.case import (
    MIGRATION,
    PAIR,
    REFUSE,
    REHEARSAL,
    RETOUR,
    ROUNDTRIP,
    RULES,
    THROUGHPUT,
    Case,
)
from harness.cases.exchange import Exchange, write
from harness.reference.responder import respond
from harness.suites import throughput as under_load
from harness.suites.conversion.rule_breaking_input import broken
from harness.suites.migration.questions import GateAsked, gate_asked
from harness.suites.refuse.input import damaged
from harness.suites.rehearsal.questions import asked_at, region_exchange
from harness.suites.retour import kinds as retours
from harness.suites.retour.defective_input import defective
from harness.sut.protocol import GATE, OK, RESPOND, Answer, Request
from schemas.switch.overrides import Override

_MADE = (REFUSE, RETOUR, MIGRATION, REHEARSAL, THROUGHPUT)
# Of these those cases that are of a kind.
_MADE_OF_A_KIND = (ROUNDTRIP, RULES)


@dataclass(frozen=True)
class Made:
    """What the software is asked in a case; `evidence` grades what makes the first input wrong.

    `gate` holds the questions again where they are to the gate, with what it must decide. `about`
    is what each message to be converted says, where that is not what the generated one does.
    `origin` is about the sound message that the first input was made from, where it must be
    refused.
    `together` tells that the requests must be under way at once.
    """

    requests: tuple[Request, ...]
    evidence: str = "A"
    gate: tuple[GateAsked, ...] = ()
    about: tuple[Exchange, ...] = ()
    together: bool = False
    origin: Exchange | None = None

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """The messages that are handed over, each once."""
        return tuple(dict.fromkeys(request.data for request in self.requests))

    @property
    def told(self) -> tuple[str, ...]:
        """What is asked of a gate and must be decided, a line for each question."""
        return tuple(item.told for item in self.gate)


def is_made(case: Case) -> bool:
    """Whether a case has messages that are made for it."""
    return case.suite in _MADE or (case.suite in _MADE_OF_A_KIND and bool(case.kind))


def made(case: Case, exchange: Exchange, agreed: Sequence[Override] = ()) -> Made:
    """What is asked in a case that has messages of its own.

    `agreed` are the deadlines of the switch that were moved. Raises UsageError where a case is
    about one that is not among them.
    """
    source, target = case.route
    if case.suite == MIGRATION:
        asked = gate_asked(case.kind, (source, target), exchange, agreed)
        return Made(tuple(item.request for item in asked), gate=asked)
    if case.suite == REHEARSAL:
        request, gate = asked_at(case, exchange, agreed)
        about = () if gate else (region_exchange(case, exchange, agreed),)
        return Made((request,), gate=gate, about=about)
    if case.suite == THROUGHPUT:
        return Made(under_load.requests(case, exchange), together=True)
    if case.suite == REFUSE:
        found = damaged(case, exchange)
        request = Request(case.message, source, target, found.data)
        return Made((request,), found.evidence, origin=found.origin)
    message = exchange.message
    if case.suite == RETOUR:
        kind = retours.kinds()[case.kind]
        data = write(message, defective(kind, source, exchange), source)
        return Made((Request(message.name, source, target, data, RESPOND),))
    if case.suite == RULES:
        request, said = broken(case, exchange)
        return Made((request,), about=(said,))
    assert case.kind == PAIR
    kinds = retours.kinds_for_pairs(message.name)
    data = write(message, defective(kinds[case.index % len(kinds)], source, exchange), source)
    answer = respond(data, source, source)
    requests = (
        Request(message.name, source, target, data),
        Request(message.pair, source, target, answer),
    )
    return Made(requests, about=tuple(map(exchange.asked, requests)))


def the_answer(answers: tuple[Answer, ...]) -> Answer:
    """The answer that a case stands for: the first that gave no message, or the last of all."""
    return next((item for item in answers if item.status != OK or not item.output), answers[-1])


def joined(answers: tuple[Answer, ...]) -> Answer:
    """The answer that a case stands for, with the output of all of them, a line each."""
    return replace(the_answer(answers), output=b"\n".join(item.output for item in answers))


def answer_of(case: Case, answers: tuple[Answer, ...]) -> Answer:
    """The answer by which a case is told; what a gate decided is told all together."""
    if not is_made(case):
        return answers[-1]
    found = the_answer(answers)
    is_whole = found.status == OK and bool(found.output)
    return joined(answers) if case.op == GATE and is_whole else found
