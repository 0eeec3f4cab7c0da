"""A case asked again of a process that is new, perhaps behind messages that came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.cases.case import Case
from harness.cases.exchange import Exchange
from harness.cases.question import AskedCase
from harness.judging.judge import Judge, Judgement
from harness.suites.registry import suite_of
from harness.sut.protocol import Request, Sut
from schemas.switch.overrides import Override


@dataclass(frozen=True)
class AskedAgain:
    """What came of a case that was asked again; `is_fresh` tells that its process was a new one."""

    judgement: Judgement
    asked: AskedCase
    is_fresh: bool


@dataclass(frozen=True)
class AskingAgain:
    """Asks cases again of one system under test; `agreed` are the deadlines that were moved."""

    judge: Judge
    sut: Sut
    agreed: Sequence[Override] = ()

    def ask(self, case: Case, exchange: Exchange, before: Sequence[Request] = ()) -> AskedAgain:
        """Ask a case; the messages `before` are asked first, together with the first of it."""
        is_fresh = self.sut.renew()
        suite = suite_of(case)
        question = suite.question(case, exchange, self.agreed)
        asked = AskedCase(case, exchange, question, question.ask(self.sut, before))
        return AskedAgain(suite.judge(asked, self.judge), asked, is_fresh)
