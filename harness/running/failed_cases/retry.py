"""Asks a case again in a fresh process, with earlier messages before it if need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.cases.case import Case
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.suites.registry import suite_of
from harness.sut.protocol import Request, Sut
from schemas.switch.overrides import Override


@dataclass(frozen=True)
class RetriedCase:
    """The result of asking a case again; `is_fresh` tells whether the process was new."""

    judgement: Judgement
    asked: AskedCase
    is_fresh: bool


@dataclass(frozen=True)
class CaseRetrier:
    """Asks cases of a system under test again; `agreed` lists the moved deadlines."""

    judge: Judge
    sut: Sut
    agreed: Sequence[Override] = ()

    def ask(self, case: Case, specimen: Specimen, before: Sequence[Request] = ()) -> RetriedCase:
        """Ask a case again, with the requests in `before` ahead of its own."""
        is_fresh = self.sut.renew()
        suite = suite_of(case)
        question = suite.question(case, specimen, self.agreed)
        asked = AskedCase(case, specimen, question, question.ask(self.sut, before))
        return RetriedCase(suite.judge(asked, self.judge), asked, is_fresh)
