"""The messages that are made for a case, where it does not ask about its generated one."""

from __future__ import annotations

from dataclasses import dataclass

from harness import retours
from harness.cases import PAIR, REFUSE, RETOUR, ROUNDTRIP, Case
from harness.damaged import damaged
from harness.exchange import Exchange, write
from harness.respond import respond
from harness.retour_defects import defective
from harness.sut import OK, RESPOND, Answer, Request


@dataclass(frozen=True)
class Made:
    """What the software is asked in a case; `evidence` grades what makes the first input wrong."""

    requests: tuple[Request, ...]
    evidence: str = "A"

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """The messages that are handed over."""
        return tuple(request.data for request in self.requests)


def is_made(case: Case) -> bool:
    """Whether a case has messages that are made for it."""
    return case.suite in (REFUSE, RETOUR) or (case.suite == ROUNDTRIP and bool(case.kind))


def made(case: Case, exchange: Exchange) -> Made:
    """What is asked in a case that has messages of its own."""
    source, target = case.route
    if case.suite == REFUSE:
        found = damaged(case, exchange)
        return Made((Request(case.message, source, target, found.data),), found.evidence)
    message = exchange.message
    if case.suite == RETOUR:
        kind = retours.kinds()[case.kind]
        data = write(message, defective(kind, source, exchange), source)
        return Made((Request(message.name, source, target, data, RESPOND),))
    assert case.kind == PAIR
    kinds = retours.kinds_for_pairs(message.name)
    data = write(message, defective(kinds[case.index % len(kinds)], source, exchange), source)
    answer = respond(data, source, source)
    return Made(
        (
            Request(message.name, source, target, data),
            Request(message.pair, source, target, answer),
        )
    )


def the_answer(answers: tuple[Answer, ...]) -> Answer:
    """The answer that a case stands for: the first that gave no message, or the last of all."""
    return next((item for item in answers if item.status != OK or not item.output), answers[-1])
