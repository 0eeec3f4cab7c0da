"""Builds the event of a case from its judgement."""

from __future__ import annotations

from dataclasses import replace

from harness.cases.case import Case
from harness.judging.judge import Judgement
from harness.suites.registry import notation, requirement
from reports.events.events import CaseFinished, Retry
from reports.shared import wording
from reports.shared.texts import texts


def finished(
    case: Case,
    lang: str,
    verdict: str,
    seconds: float,
    judgement: Judgement,
    told: tuple[str, ...] = (),
) -> CaseFinished:
    """The event of a judged case; `told` has its gate questions, one line each."""
    answer = judgement.answer
    findings = [
        replace(item, again=Retry(answer.again, answer.is_fresh_again))
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
        requirement=" ".join((requirement(case, lang), *told)),
        reason=answer.reason,
        findings=tuple(findings),
        fidelity=judgement.fidelity,
        op=case.op,
        notation=notation(case, lang),
    )


def skipped(case: Case, lang: str, why: str) -> CaseFinished:
    """The event of a skipped case, with the reason in words."""
    event = finished(case, lang, "skip", 0.0, Judgement())
    return replace(event, reason=wording.skipped(why, texts(lang)), skipped=why)
