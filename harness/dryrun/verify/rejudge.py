"""Judges the recorded cases of a bundle again."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cases.case import Case, Route
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.running.settings import Settings
from harness.running.verdict import finished
from harness.suites.registry import suite_of
from harness.sut.protocol import ANSWERED, CRASH, OK, REFUSED, SAME, TIMEOUT, Answer
from reports.events.events import CaseFinished
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes


class Contradiction(Exception):
    """The record of a case contradicts itself or another case."""


class Rejudger:
    """Judges recorded cases; cases of one message share what is computed for it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.judge = Judge(settings.block_on)
        self.about: Specimen | None = None
        self.known: dict[tuple[bytes, Route], Answer] = {}

    def event(self, case: Case, verdict: str, told: tuple[str, ...] = ()) -> CaseFinished:
        """The event of a case that was not judged."""
        return finished(case, self.settings.lang, verdict, 0.0, Judgement(), told)

    def question(self, case: Case, specimen: Specimen) -> Question:
        """The question of a case."""
        return suite_of(case).question(case, specimen, self.settings.config.overrides)

    def judged(self, asked: AskedCase) -> tuple[CaseFinished, Judgement]:
        """The event of a recorded case; raises Contradiction if the record is impossible."""
        for answer in asked.answers:
            _check(answer)
        if len(asked.answers) != asked.question.legs:
            raise Contradiction(f"{len(asked.answers)} answers")
        self._check_route(asked)
        case, told = asked.case, asked.question.gate_lines
        judgement = suite_of(case).judge(asked, self.judge)
        event = finished(case, self.settings.lang, judgement.verdict, 0.0, judgement, told)
        return event, judgement

    def _check_route(self, asked: AskedCase) -> None:
        """Check the answers on a route against those of other cases on the same route."""
        if not asked.question.route:
            return
        answers = asked.answers
        if answers[0].status != OK and answers[-1] != answers[0]:
            raise Contradiction("an answer to what was never asked")
        if self.about is not asked.specimen:
            self.about, self.known = asked.specimen, {}
        data, route = asked.question.requests[0].data, asked.question.route
        for number, answer in enumerate(answers, 2):
            if self.known.setdefault((data, route[:number]), answer) != answer:
                raise Contradiction("another answer than that of another case to the same")


def _check(answer: Answer) -> None:
    if answer.status not in (OK, REFUSED, CRASH, TIMEOUT):
        raise Contradiction(f"an answer with the status {answer.status[:40]!r}")
    if answer.again not in ("", SAME, ANSWERED):
        raise Contradiction(f"a second try that gave {answer.again[:40]!r}")
    known = finding_codes().get(answer.code)
    is_right = known is not None and known.kind == "sut"
    if not (is_right if answer.status in (CRASH, TIMEOUT) else answer.code + answer.again == ""):
        raise Contradiction(f"an answer {answer.status} with the code {answer.code[:40]!r}")


def in_order(settings: Settings) -> Iterator[tuple[Specimen, list[Case]]]:
    """The messages of a run in order, each with its cases."""
    for batch in settings.batches():
        message = catalogue().one(batch.message)
        for index in range(batch.start, batch.stop):
            specimen = Specimen(message, settings.seed, index)
            yield specimen, settings.cases(message, index)
