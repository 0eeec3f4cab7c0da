"""What a run tells in the words of ikeur, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reports.events.events import CaseFinished, Finding, Flaw
from reports.shared.said import said
from reports.shared.texts import Texts

# With this code the reason is what the software said, in its own words.
_REFUSED = "SUT-REFUSED"


def translated(finding: Finding, t: Texts) -> Finding:
    """The finding with what ikeur says in it in the language of the reader."""
    return replace(
        finding,
        expected=said(finding.code, finding.expected, t),
        actual=said(finding.code, finding.actual, t),
        flaw=finding.flaw and _flaw(finding.flaw, t),
    )


def _flaw(flaw: Flaw, t: Texts) -> Flaw:
    # For a field that is absent, the value is a word of ikeur.
    value, told = (said(flaw.code, text, t) for text in (flaw.value, flaw.said))
    return replace(flaw, value=value, said=told)


def reason(codes: Iterable[str], text: str, t: Texts) -> str:
    """Why an answer is missing, by the codes of the findings that it led to."""
    ours = (code for code in codes if code.startswith("SUT-") and code != _REFUSED)
    return said(next(ours, ""), text, t)


def reason_of_case(case: CaseFinished, t: Texts) -> str:
    """The reason of a case."""
    return reason((finding.code for finding in case.findings), case.reason, t)
