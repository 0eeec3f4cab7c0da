"""What is done to some messages, wherever it is done: asked, and judged case by case."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from generators.prebuilt import shape_pools as shapes
from harness.cases.case import Case, parse, requirement
from harness.cases.exchange import Exchange, Route
from harness.cases.question import Made, answer_of, is_made, made, the_answer
from harness.judging.field_tally import FieldTally
from harness.judging.judge import Judge, Judgement
from harness.running.second_look.second_try import Cause, cause_of
from harness.running.settings import Batch, Settings
from harness.sut.circuit_breaker import Failure, Patience
from harness.sut.protocol import CRASH, TIMEOUT, UNASKED, Answer, Request, Sut
from reports.run import wording
from reports.shared.texts import texts
from reports.stream.events import Again, CaseFinished, FieldsCounted
from schemas.facts.message_types import catalogue
from schemas.message import value_pick as picking
from schemas.xml.validators import own, with_spec_pack


@dataclass(frozen=True)
class CaseDone:
    """A judged case, before it is held against what was declared.

    `number` is that of its answer. What one with findings was about goes with it, and where
    evidence is kept any: the `inputs` that were handed over, the `answers` to them, and what was
    made for it. Of the first of each cause there is also what its process was asked `before`.
    """

    event: CaseFinished
    number: int = 0
    answers: tuple[Answer, ...] = ()
    inputs: tuple[bytes, ...] = ()
    made: Made | None = None
    before: tuple[Request, ...] = ()


@dataclass(frozen=True)
class BatchDone:
    """What came of a batch: its cases, how its fields fared, and what the software failed at.

    `asked` counts the answers.
    """

    batch: Batch
    cases: tuple[CaseDone, ...]
    fields: tuple[FieldsCounted, ...]
    failures: tuple[Failure, ...]
    asked: int


class Worker:
    """Does batches of a run with one system under test."""

    def __init__(self, settings: Settings, sut: Sut) -> None:
        self.settings = settings
        self.schemas = with_spec_pack(settings.spec_pack) if settings.spec_pack else own()
        self.patience = Patience(sut)
        self.judge = Judge(settings.block_on)
        self.message = ""
        self.fields = FieldTally()
        self.causes: set[Cause] = set()
        # What was made for the cases of the messages that are under way, with the answers to it.
        self.made: dict[str, tuple[Made, tuple[Answer, ...]]] = {}

    def work(self, batch: Batch) -> BatchDone:
        """The cases of some messages; those of one share what was asked of the software."""
        if batch.message != self.message:
            shapes.forget()
            picking.forget()
            self.message = batch.message
            self.causes.clear()
        self.patience.begin()
        cases = tuple(self._cases(batch))
        fields = tuple(self.fields.events())
        failures = tuple(self.patience.failures)
        return BatchDone(batch, cases, fields, failures, self.patience.asked)

    def _cases(self, batch: Batch) -> Iterator[CaseDone]:
        found = deque[tuple[Exchange, list[Case]]]()
        for index in range(batch.start, batch.stop):
            exchange = self.exchange(batch.message, index)
            found.append((exchange, self.settings.cases(exchange.message, index)))
        claims = self.settings.claims
        self._ask([(about, [case for case in cases if claims(case)]) for about, cases in found])
        # What was worked out for a message goes with it, before the next one is judged.
        while found:
            exchange, cases = found.popleft()
            for case in cases:
                if why := self.settings.skipped(case):
                    yield CaseDone(skipped(case, self.settings.lang, why))
                    continue
                answer = self._answer(case, exchange)
                if answer.status != UNASKED:
                    yield self._case(case, exchange, answer)

    def exchange(self, message: str, index: int) -> Exchange:
        """The exchange about a message, of which nothing was asked yet."""
        return Exchange(catalogue().one(message), self.settings.seed, index, self.schemas)

    def again(self, done: CaseDone) -> tuple[Case, Exchange, Judgement]:
        """A case that was done, perhaps elsewhere, as it is needed to look closer at it."""
        case = parse(done.event.id)
        answer = answer_of(case, done.answers)
        exchange = self.exchange(case.message, case.index)
        if not is_made(case):
            exchange.answered(case.route, answer)
        return case, exchange, Judgement(list(done.event.findings), answer=answer)

    def _answer(self, case: Case, exchange: Exchange) -> Answer:
        if is_made(case):
            return the_answer(self.made[case.id][1])
        return exchange.answer(self.patience, case.route)

    def _ask(self, cases: Sequence[tuple[Exchange, Sequence[Case]]]) -> None:
        """Ask all that the cases need: the first legs of their routes together, then the others."""
        for legs in (2, 3):
            legs_asked = [
                (exchange, route, replace(request, about=about))
                for exchange, found in cases
                for route, about in _routes(found, legs).items()
                if (request := exchange.request(route))
            ]
            answers = self.patience.ask([request for _, _, request in legs_asked])
            for (exchange, route, _), answer in zip(legs_asked, answers, strict=True):
                exchange.answered(route, answer)
        own = {
            case.id: made(case, exchange, self.settings.config.overrides)
            for exchange, found in cases
            for case in found
            if is_made(case)
        }
        self.made = {}
        for together, ask in ((False, self.patience.ask), (True, self.patience.together)):
            some = {name: item for name, item in own.items() if item.together == together}
            asked = [
                replace(request, about=name)
                for name, item in some.items()
                for request in item.requests
            ]
            given = iter(ask(asked))
            for name, item in some.items():
                self.made[name] = item, tuple(islice(given, len(item.requests)))

    def _case(self, case: Case, exchange: Exchange, answer: Answer) -> CaseDone:
        """One case, judged."""
        begin, own = time.monotonic(), None
        if is_made(case):
            own, answers = self.made.pop(case.id)
            inputs = own.inputs
            judgement = self.judge.judge_made(case, own, answers, self.schemas)
        else:
            inputs, answers = (exchange.sources[case.route[0]],), exchange.answers(case.route)
            judgement = self.judge.judge(case, exchange, self.patience)
            if judgement.compared is not None:
                self.fields.add(case, exchange, judgement.compared)
        seconds = time.monotonic() - begin + answer.seconds
        event = finished(case, self.settings.lang, verdict_of(judgement), seconds, judgement, own)
        if event.is_quiet and not self.settings.keeps_evidence:
            return CaseDone(event, answer.number)
        # What a message of its own says is made again sooner than it is sent to another process.
        own = replace(own, about=(), origin=None) if own else None
        before = self._before(event, answers[0 if is_made(case) else -1])
        # What a process was asked is much, and goes with the first of a cause alone.
        answers = tuple(replace(item, past=None) for item in answers)
        return CaseDone(event, answer.number, answers, inputs, own, before)

    def _before(self, event: CaseFinished, answer: Answer) -> tuple[Request, ...]:
        """What came before an answer, where its case is the first here of a cause."""
        causes = {cause_of(item) for item in event.findings if item.blocking}
        is_first = not causes <= self.causes and not self.settings.keeps_evidence
        self.causes |= causes
        return answer.past.requests if is_first and answer.past else ()


def _routes(cases: Sequence[Case], legs: int) -> dict[Route, str]:
    """The routes of so many legs that cases ask for, each with the id of the first of them."""
    found: dict[Route, str] = {}
    for case in cases:
        if not is_made(case) and len(case.route) >= legs:
            found.setdefault(case.route[:legs], case.id)
    return found


def finished(
    case: Case,
    lang: str,
    verdict: str,
    seconds: float,
    judgement: Judgement,
    own: Made | None = None,
) -> CaseFinished:
    """The event of a judged case; `own` is what was made for it."""
    answer = judgement.answer
    findings = [
        replace(item, again=Again(answer.again, answer.is_fresh_again))
        if answer.again and item.code == answer.code
        else item
        for item in judgement.findings
    ]
    return CaseFinished(
        id=case.id,
        suite=case.suite,
        message=case.message,
        direction=case.direction,
        verdict=verdict,
        seconds=round(seconds, 6),
        requirement=" ".join((requirement(case, lang), *(own.told if own else ()))),
        reason=answer.reason,
        findings=tuple(findings),
        fidelity=judgement.fidelity,
        op=case.op,
    )


def skipped(case: Case, lang: str, why: str) -> CaseFinished:
    """The event of a case that is not asked, with the reason in words."""
    event = finished(case, lang, "skip", 0.0, Judgement())
    return replace(event, reason=wording.skipped(why, texts(lang)), skipped=why)


def verdict_of(judgement: Judgement) -> str:
    """The verdict that a judgement comes to, before it is held against what was declared."""
    if judgement.answer.status in (CRASH, TIMEOUT):
        return judgement.answer.status
    return "fail" if any(item.blocking for item in judgement.findings) else "pass"
