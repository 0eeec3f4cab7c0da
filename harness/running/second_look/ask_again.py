"""A case asked again of a process that is new, perhaps behind messages that came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.cases.case import Case
from harness.cases.exchange import Exchange
from harness.cases.question import is_made, made
from harness.judging.judge import Judge, Judgement
from harness.sut.protocol import Answer, Request, Sut
from schemas.switch.overrides import Override
from schemas.xml.validators import own


@dataclass(frozen=True)
class Asked:
    """What came of a case that was asked again; `is_fresh` tells that its process was a new one."""

    judgement: Judgement
    answers: tuple[Answer, ...]
    is_fresh: bool


@dataclass(frozen=True)
class AskingAgain:
    """Asks cases again of one system under test; `agreed` are the deadlines that were moved."""

    judge: Judge
    sut: Sut
    agreed: Sequence[Override] = ()

    def ask(self, case: Case, exchange: Exchange, before: Sequence[Request] = ()) -> Asked:
        """Ask a case; the messages `before` are asked first, together with the first of it."""
        is_fresh = self.sut.renew()
        again = exchange.about(exchange.content)
        if is_made(case):
            asked = made(case, again, self.agreed)
            answers = self._behind(before, asked.requests, together=asked.together)
            schemas = exchange.schemas or own()
            return Asked(self.judge.judge_made(case, asked, answers, schemas), answers, is_fresh)
        first = case.route[:2]
        request = again.request(first)
        assert request is not None
        again.answered(first, *self._behind(before, [request]))
        judgement = self.judge.judge(case, again, self.sut)
        return Asked(judgement, again.answers(case.route), is_fresh)

    def _behind(
        self, before: Sequence[Request], requests: Sequence[Request], *, together: bool = False
    ) -> tuple[Answer, ...]:
        ask = self.sut.together if together else self.sut.ask
        return tuple(ask([*before, *requests])[len(before) :])
