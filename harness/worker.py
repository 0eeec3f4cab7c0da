"""What is done to some messages, wherever it is done: asked, and judged case by case."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.shapes import forget
from harness.cases import REFUSE, Case, cases_of, parse, requirement
from harness.damage.kinds import Damaged
from harness.damaged import damaged
from harness.exchange import Exchange
from harness.fields import FieldTally
from harness.patience import Failure, Patience
from harness.settings import Batch, Settings
from harness.sut import CRASH, TIMEOUT, UNASKED, Answer, Request, Sut
from harness.verdicts import Judge, Judgement
from reports.events import CaseFinished, FieldsCounted
from schemas.messages import catalogue
from schemas.xml_schemas import own, with_spec_pack


@dataclass(frozen=True)
class CaseDone:
    """A judged case, before it is held against what was declared.

    `number` is that of its answer. What a red one was about goes with it: the answer, and of input
    that must be refused the `source`.
    """

    event: CaseFinished
    number: int = 0
    answer: Answer | None = None
    source: bytes = b""


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
        # What was asked, and answered, of the inputs to refuse of the messages that are under way.
        self.refusals: dict[str, tuple[Damaged, Answer]] = {}

    def work(self, batch: Batch) -> BatchDone:
        """The cases of some messages; those of one share what was asked of the software."""
        if batch.message != self.message:
            forget()
            self.message = batch.message
        self.patience.begin()
        cases = tuple(self._cases(batch))
        fields = tuple(self.fields.events())
        failures = tuple(self.patience.failures)
        return BatchDone(batch, cases, fields, failures, self.patience.asked)

    def _cases(self, batch: Batch) -> Iterator[CaseDone]:
        found = []
        for index in range(batch.start, batch.stop):
            exchange = self.exchange(batch.message, index)
            cases = cases_of(exchange.message, self.settings.suites, exchange.seed, index)
            found.append((exchange, cases))
        if not self.settings.claims(batch.message):
            for _, cases in found:
                yield from (CaseDone(self._event(case, "skip", 0.0, Judgement())) for case in cases)
            return
        self._ask(found)
        for exchange, cases in found:
            for case in cases:
                answer = self._answer(case, exchange)
                if answer.status != UNASKED:
                    yield self._case(case, exchange, answer)

    def exchange(self, message: str, index: int) -> Exchange:
        """The exchange about a message, of which nothing was asked yet."""
        return Exchange(catalogue().one(message), self.settings.seed, index, self.schemas)

    def again(self, done: CaseDone) -> tuple[Case, Exchange, Judgement]:
        """A case that was done, perhaps elsewhere, as it is needed to look closer at it."""
        case, answer = parse(done.event.id), done.answer or Answer(UNASKED)
        exchange = self.exchange(case.message, case.index)
        if not case.kind:
            exchange.answered(case.route, answer)
        return case, exchange, Judgement(list(done.event.findings), answer=answer)

    def _answer(self, case: Case, exchange: Exchange) -> Answer:
        if case.kind:
            return self.refusals[case.id][1]
        return exchange.answer(self.patience, case.route)

    def _ask(self, cases: Sequence[tuple[Exchange, Sequence[Case]]]) -> None:
        """Ask all that the cases need: the first legs of their routes together, then the others."""
        for legs in (2, 3):
            asked = [
                (exchange, route, request)
                for exchange, found in cases
                for route in dict.fromkeys(case.route[:legs] for case in found if not case.kind)
                if len(route) == legs and (request := exchange.request(route))
            ]
            answers = self.patience.ask([request for _, _, request in asked])
            for (exchange, route, _), answer in zip(asked, answers, strict=True):
                exchange.answered(route, answer)
        bad = [(exchange, case) for exchange, found in cases for case in found if case.kind]
        sources = [damaged(case, exchange) for exchange, case in bad]
        answers = self.patience.ask(
            [
                Request(case.message, case.route[0], case.route[1], source.data)
                for (_, case), source in zip(bad, sources, strict=True)
            ]
        )
        self.refusals = {
            case.id: (source, answer)
            for (_, case), source, answer in zip(bad, sources, answers, strict=True)
        }

    def _case(self, case: Case, exchange: Exchange, answer: Answer) -> CaseDone:
        """One case, judged."""
        begin, source = time.monotonic(), b""
        if case.suite == REFUSE:
            found = self.refusals[case.id][0]
            source = found.data
            judgement = self.judge.judge_refusal(case, answer, found.evidence)
        else:
            judgement = self.judge.judge(case, exchange, self.patience)
            if judgement.compared is not None:
                self.fields.add(case, exchange, judgement.compared)
        seconds = time.monotonic() - begin + answer.seconds
        event = self._event(case, _verdict(judgement), seconds, judgement)
        if event.verdict == "pass":
            return CaseDone(event, answer.number)
        return CaseDone(event, answer.number, answer, source)

    def _event(
        self, case: Case, verdict: str, seconds: float, judgement: Judgement
    ) -> CaseFinished:
        return CaseFinished(
            id=case.id,
            suite=case.suite,
            message=case.message,
            direction=case.direction,
            verdict=verdict,
            seconds=round(seconds, 6),
            requirement=requirement(case, self.settings.lang),
            reason=judgement.answer.reason,
            findings=tuple(judgement.findings),
            fidelity=judgement.fidelity,
        )


def _verdict(judgement: Judgement) -> str:
    if judgement.answer.status in (CRASH, TIMEOUT):
        return judgement.answer.status
    return "fail" if any(item.blocking for item in judgement.findings) else "pass"
