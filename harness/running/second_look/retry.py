"""A case asked again of a process that is new, perhaps behind messages that came before it."""

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
    """What came of a case that was asked again; `is_fresh` tells that its process was a new one."""

    judgement: Judgement
    asked: AskedCase
    is_fresh: bool


@dataclass(frozen=True)
class CaseRetrier:
    """Asks cases again of one system under test; `agreed` are the deadlines that were moved."""

    judge: Judge
    sut: Sut
    agreed: Sequence[Override] = ()

    def ask(self, case: Case, specimen: Specimen, before: Sequence[Request] = ()) -> RetriedCase:
        """Ask a case; the messages `before` are asked first, together with the first of it."""
        is_fresh = self.sut.renew()
        suite = suite_of(case)
        question = suite.question(case, specimen, self.agreed)
        asked = AskedCase(case, specimen, question, question.ask(self.sut, before))
        return RetriedCase(suite.judge(asked, self.judge), asked, is_fresh)
