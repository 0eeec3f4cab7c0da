"""A case with the answers to it, asked and judged outside a run."""

from __future__ import annotations

from harness.cases.case import Case
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.suites.registry import suite_of
from harness.sut.protocol import Answer


def answered(case: Case, specimen: Specimen, *answers: Answer) -> AskedCase:
    """A case with some answers."""
    return AskedCase(case, specimen, suite_of(case).question(case, specimen, ()), answers)


def asked(case: Case, specimen: Specimen, sut: object) -> AskedCase:
    """A case as software answers it."""
    question = suite_of(case).question(case, specimen, ())
    return AskedCase(case, specimen, question, question.ask(sut))  # type: ignore[arg-type]


def judged(asked: AskedCase, block_on: str = "ABC") -> Judgement:
    """The judgement of a case by its suite."""
    return suite_of(asked.case).judge(asked, Judge(block_on))
