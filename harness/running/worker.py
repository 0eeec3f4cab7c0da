"""What is done to some messages, wherever it is done: asked, and judged case by case."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from harness.cases.case import Case
from harness.cases.exchange import Exchange
from harness.cases.question import AskedCase
from harness.judging.field_tally import FieldTally
from harness.judging.judge import Judge
from harness.running.asking import Asking, Todo
from harness.running.second_look.second_try import Cause, cause_of
from harness.running.settings import Batch, Settings
from harness.running.verdict import finished, skipped
from harness.suites.registry import suite_of
from harness.sut.circuit_breaker import Failure, Patience
from harness.sut.protocol import UNASKED, Answer, Request, Sut
from reports.stream.events import CaseFinished, FieldsCounted
from schemas.facts.message_types import catalogue
from schemas.xml.validators import own, with_spec_pack


@dataclass(frozen=True)
class CaseDone:
    """A judged case, before it is held against what was declared.

    `number` is that of its answer. One with findings, and where evidence is kept any, comes with
    what was `asked` and answered. Of the first of each cause there is also what its process was
    asked `before`.
    """

    event: CaseFinished
    number: int = 0
    asked: AskedCase | None = None
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
        schemas = with_spec_pack(settings.spec_pack) if settings.spec_pack else own()
        self.patience = Patience(sut)
        self.judge = Judge(settings.block_on, schemas)
        self.message = ""
        self.fields = FieldTally()
        self.causes: set[Cause] = set()

    def work(self, batch: Batch) -> BatchDone:
        """The cases of some messages; those of one share what was asked of the software."""
        if batch.message != self.message:
            self.message = batch.message
            self.causes.clear()
        self.patience.begin()
        cases = tuple(self._cases(batch))
        fields = tuple(self.fields.events())
        failures = tuple(self.patience.failures)
        return BatchDone(batch, cases, fields, failures, self.patience.asked)

    def _cases(self, batch: Batch) -> Iterator[CaseDone]:
        found, message = deque[tuple[Exchange, list[Case]]](), catalogue().one(batch.message)
        for index in range(batch.start, batch.stop):
            exchange = Exchange(message, self.settings.seed, index)
            found.append((exchange, self.settings.cases(message, index)))
        agreed, claims = self.settings.config.overrides, self.settings.claims
        todo = [
            Todo(case, exchange, suite_of(case).question(case, exchange, agreed))
            for exchange, cases in found
            for case in cases
            if claims(case)
        ]
        asking = Asking(todo, self.patience.ask, self.patience.together)
        # What was worked out for a message goes with it, before the next one is judged.
        del todo
        while found:
            exchange, cases = found.popleft()
            for case in cases:
                if why := self.settings.skipped(case):
                    yield CaseDone(skipped(case, self.settings.lang, why))
                    continue
                asked = asking.take(case)
                if asked.answer.status != UNASKED:
                    yield self._case(asked)

    def _case(self, asked: AskedCase) -> CaseDone:
        """One case, judged."""
        begin, case, answer = time.monotonic(), asked.case, asked.answer
        judgement = suite_of(case).judge(asked, self.judge)
        if judgement.compared is not None:
            self.fields.add(case, asked.exchange, judgement.compared)
        seconds = time.monotonic() - begin + answer.seconds
        told = asked.question.told
        event = finished(case, self.settings.lang, judgement.verdict, seconds, judgement, told)
        if event.is_quiet and not self.settings.keeps_evidence:
            return CaseDone(event, answer.number)
        first = asked.answers[-1 if asked.question.route else 0]
        return CaseDone(event, answer.number, asked.light(), self._before(event, first))

    def _before(self, event: CaseFinished, answer: Answer) -> tuple[Request, ...]:
        """What came before an answer, where its case is the first here of a cause."""
        causes = {cause_of(item) for item in event.findings if item.blocking}
        is_first = not causes <= self.causes and not self.settings.keeps_evidence
        self.causes |= causes
        return answer.past.requests if is_first and answer.past else ()
