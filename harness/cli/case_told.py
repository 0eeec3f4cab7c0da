"""What `ikeur case --run` says of a case that was asked again."""

from __future__ import annotations

from dataclasses import dataclass

from harness.cli.output import PASS, RED, tell, tell_json
from harness.sut import Answer
from reports import findings
from reports.causes import kind_of
from reports.events import CaseFinished, case_json
from reports.texts import Texts, texts
from reports.values import visible

_MOST_FINDINGS = 20


@dataclass(frozen=True)
class Asked:
    """A case as the software did it now; `before` names the cases of what was asked first."""

    event: CaseFinished
    answer: Answer
    before: list[str]
    sut: str


def tell_asked(asked: Asked, lang: str, as_json: bool) -> None:
    """Tell the verdict and each difference, on stdout."""
    event, t = asked.event, texts(lang)
    if as_json:
        code = PASS if event.verdict == "pass" else RED
        tell_json({**case_json(event), "before": asked.before, "exit_code": code})
        return
    tell(t("case.asked", id=event.id, sut=visible(asked.sut)))
    if asked.before:
        tell(t.count("case.before", len(asked.before)))
    for finding in event.findings[:_MOST_FINDINGS]:
        tell("")
        tell(visible(f"{finding.code}: {findings.meaning(finding.code, t)}"))
        _tell_pairs(findings.details(finding, kind_of(finding), t))
    if (rest := len(event.findings) - _MOST_FINDINGS) > 0:
        tell(t("findings.more", findings=t.count("findings", rest)))
    if event.reason:
        _tell_pairs([(t("finding.reason"), visible(event.reason))])
    tell("")
    tell(_verdict(event, t))


def _tell_pairs(pairs: list[tuple[str, str]]) -> None:
    width = max(len(label) for label, _ in pairs)
    for label, text in pairs:
        tell(f"  {label.ljust(width)}  {text}")


def _verdict(event: CaseFinished, t: Texts) -> str:
    return f"{t(f'verdict.{event.verdict}')}: {t(f'verdict.{event.verdict}.means')}"
