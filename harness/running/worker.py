"""Asks and judges the cases of a batch."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.cases.case import Case
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.field_tally import FieldTally
from harness.judging.judge import Judge
from harness.running.case_answers import CaseAnswers, PendingCase, number_of_requests
from harness.running.failed_cases.second_try import Cause, cause_of
from harness.running.pace import Pace, PaceMeter
from harness.running.settings import Batch, Settings
from harness.running.verdict import finished, skipped
from harness.suites.registry import suite_of
from harness.sut.circuit_breaker import CircuitBreaker, Failure
from harness.sut.protocol import UNASKED, Answer, Request, Sut
from reports.events.events import CaseFinished, FieldsCounted
from schemas.facts.catalogue import catalogue
from schemas.xml.validators import own, with_spec_pack


@dataclass(frozen=True)
class CaseResult:
    """A judged case, before declared deviations apply.

    `number` is the number of its answer. `asked` is set for a case with findings, and for every
    case if evidence is kept. `before` has the earlier requests to the same process, for the first
    case of each cause.
    """

    event: CaseFinished
    number: int = 0
    asked: AskedCase | None = None
    before: tuple[Request, ...] = ()


@dataclass(frozen=True)
class BatchResult:
    """The result of a batch: its cases, field counts, and the failures of the software.

    `asked` is the number of answers.
    """

    batch: Batch
    cases: tuple[CaseResult, ...]
    fields: tuple[FieldsCounted, ...]
    failures: tuple[Failure, ...]
    asked: int


class Worker:
    """Asks and judges batches with one system under test; `tell_pace` is called at most once."""

    def __init__(
        self, settings: Settings, sut: Sut, tell_pace: Callable[[Pace], None] | None = None
    ) -> None:
        self.settings = settings
        self.pace = PaceMeter(tell_pace)
        schemas = with_spec_pack(settings.spec_pack) if settings.spec_pack else own()
        self.breaker = CircuitBreaker(sut, self.pace.answered)
        self.judge = Judge(settings.block_on, schemas)
        self.message = ""
        self.fields = FieldTally()
        self.causes: set[Cause] = set()

    def work(self, batch: Batch) -> BatchResult:
        """Ask and judge the cases of a batch; those of one message share their answers."""
        if batch.message != self.message:
            self.message = batch.message
            self.causes.clear()
        self.breaker.begin()
        cases = tuple(self._cases(batch))
        fields = tuple(self.fields.events())
        failures = tuple(self.breaker.failures)
        return BatchResult(batch, cases, fields, failures, self.breaker.asked)

    def _cases(self, batch: Batch) -> Iterator[CaseResult]:
        found, message = deque[tuple[Specimen, list[Case]]](), catalogue().one(batch.message)
        for index in range(batch.start, batch.stop):
            specimen = Specimen(message, self.settings.seed, index)
            found.append((specimen, self.settings.cases(message, index)))
        agreed, claims = self.settings.config.overrides, self.settings.claims
        pending = [
            PendingCase(case, specimen, suite_of(case).question(case, specimen, agreed))
            for specimen, cases in found
            for case in cases
            if claims(case)
        ]
        if self.pace.is_measuring:
            planned = sum(len(cases) for _, cases in found)
            self.pace.begin(number_of_requests(pending), planned)
        sut = self.breaker
        answers = CaseAnswers(pending, sut.ask, sut.together, sut.again)
        # Free each message after its cases are judged.
        del pending
        while found:
            specimen, cases = found.popleft()
            for case in cases:
                if why := self.settings.skipped(case):
                    yield CaseResult(skipped(case, self.settings.lang, why))
                    continue
                asked = answers.take(case)
                if asked.answer.status != UNASKED:
                    yield self._case(asked)

    def _case(self, asked: AskedCase) -> CaseResult:
        """Judge a case."""
        begin, case, answer = time.monotonic(), asked.case, asked.answer
        judgement = suite_of(case).judge(asked, self.judge)
        if judgement.compared is not None:
            self.fields.add(case, asked.specimen, judgement.compared)
        seconds = time.monotonic() - begin + answer.seconds
        told = asked.question.gate_lines
        event = finished(case, self.settings.lang, judgement.verdict, seconds, judgement, told)
        if event.is_quiet and not self.settings.keeps_evidence:
            return CaseResult(event, answer.number)
        first = asked.answers[-1 if asked.question.route else 0]
        return CaseResult(event, answer.number, asked.light(), self._before(event, first))

    def _before(self, event: CaseFinished, answer: Answer) -> tuple[Request, ...]:
        """The requests that preceded an answer, if its case is the first of a cause here."""
        causes = {cause_of(item) for item in event.findings if item.blocking}
        is_first = not causes <= self.causes and not self.settings.keeps_evidence
        self.causes |= causes
        return answer.past.requests if is_first and answer.past else ()
