"""The cases of a bundle judged again, from what is stored of them and what is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.cases.case import Case
from harness.cases.exchange import Exchange
from harness.cases.question import Made, is_made, made
from harness.dryrun.record import Record
from harness.judging.judge import Judge, Judgement
from harness.running.settings import Settings
from harness.running.worker import finished, verdict_of
from harness.suites.throughput import Answered
from harness.sut.protocol import ANSWERED, CRASH, OK, REFUSED, SAME, TIMEOUT, Answer
from reports.stream.events import CaseFinished
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import catalogue
from schemas.xml.validators import own


class Contradiction(Exception):
    """What is stored of a case cannot be what was asked and answered."""


class Again:
    """Judges cases again; those of one message share what is made of it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.judge = Judge(settings.block_on)

    def event(self, case: Case, verdict: str, own_messages: Made | None = None) -> CaseFinished:
        """The event of a case of which nothing was judged."""
        return finished(case, self.settings.lang, verdict, 0.0, Judgement(), own_messages)

    def asked(self, case: Case, exchange: Exchange) -> Made | None:
        """What is made for a case, where it does not ask about the generated message."""
        agreed = self.settings.config.overrides
        return made(case, exchange, agreed) if is_made(case) else None

    def judged(
        self, case: Case, exchange: Exchange, own_messages: Made | None, record: Record
    ) -> tuple[CaseFinished, Judgement]:
        """The event that a stored case comes to; raises Contradiction where it cannot be."""
        for answer in record.answers:
            _check(answer)
        if own_messages is None:
            _answered(case, exchange, record.answers)
            judgement = self.judge.judge(case, exchange, Answered())
        else:
            if len(record.answers) != len(own_messages.requests):
                raise Contradiction(f"{len(record.answers)} answers")
            judgement = self.judge.judge_made(case, own_messages, record.answers, own())
        verdict = verdict_of(judgement)
        event = finished(case, self.settings.lang, verdict, 0.0, judgement, own_messages)
        return event, judgement


def _check(answer: Answer) -> None:
    if answer.status not in (OK, REFUSED, CRASH, TIMEOUT):
        raise Contradiction(f"an answer with the status {answer.status[:40]!r}")
    if answer.again not in ("", SAME, ANSWERED):
        raise Contradiction(f"a second try that gave {answer.again[:40]!r}")
    known = finding_codes().get(answer.code)
    is_right = known is not None and known.kind == "sut"
    if not (is_right if answer.status in (CRASH, TIMEOUT) else answer.code + answer.again == ""):
        raise Contradiction(f"an answer {answer.status} with the code {answer.code[:40]!r}")


def _answered(case: Case, exchange: Exchange, answers: Sequence[Answer]) -> None:
    """Put the answers on the route of a case, where no other case says otherwise."""
    legs = list(dict.fromkeys((case.route[:2], case.route)))
    if len(answers) != len(legs):
        raise Contradiction(f"{len(answers)} answers")
    if answers[0].status != OK and answers[-1] != answers[0]:
        raise Contradiction("an answer to what was never asked")
    for leg, answer in zip(legs, answers, strict=True):
        known = exchange.answers(leg)
        if len(known) == len(leg) - 1 and known[-1] != answer:
            raise Contradiction("another answer than that of another case to the same")
        exchange.answered(leg, answer)


def in_order(settings: Settings) -> Iterator[tuple[Exchange, list[Case]]]:
    """The messages of a run in its order, each with its cases."""
    for batch in settings.batches():
        message = catalogue().one(batch.message)
        for index in range(batch.start, batch.stop):
            exchange = Exchange(message, settings.seed, index, own())
            yield exchange, settings.cases(message, index)
