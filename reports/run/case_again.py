"""Describes a case that was asked again, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reports.events.events import CaseFinished, case_json
from reports.run import finding_text as findings
from reports.run.causes.causes import kind_of
from reports.run.in_language import reason_of_case
from reports.shared import code_text
from reports.shared.texts import texts
from reports.shared.visible import visible

_MOST_FINDINGS = 20


def result(event: CaseFinished, before: Sequence[str]) -> dict[str, Any]:
    """The case as a JSON object; `before` lists the ids of cases asked first."""
    return {**case_json(event), "before": list(before)}


def lines(event: CaseFinished, before: Sequence[str], sut: str, lang: str) -> Iterator[str]:
    """The verdict and each difference."""
    t = texts(lang)
    yield t("case.asked", id=event.id, sut=visible(sut))
    if before:
        yield t.count("case.before", len(before))
    for finding in event.findings[:_MOST_FINDINGS]:
        yield ""
        yield visible(f"{finding.code}: {code_text.meaning(finding.code, t)}")
        yield from _labelled(findings.details(finding, kind_of(finding), t))
    if (rest := len(event.findings) - _MOST_FINDINGS) > 0:
        yield t("findings.more", findings=t.count("findings", rest))
    if why := reason_of_case(event, t):
        yield from _labelled([(t("finding.reason"), visible(why))])
    yield ""
    yield f"{t(f'verdict.{event.verdict}')}: {t(f'verdict.{event.verdict}.means')}"


def _labelled(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(label) for label, _ in pairs)
    yield from (f"  {label.ljust(width)}  {text}" for label, text in pairs)
