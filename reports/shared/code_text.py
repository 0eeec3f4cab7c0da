"""The meaning of finding codes, and the advice for each."""

from __future__ import annotations

from reports.shared.texts import Texts
from schemas.facts.finding_codes import finding_codes


def meaning(code: str, t: Texts) -> str:
    """The meaning of a code; empty for an unknown code."""
    known = finding_codes().get(code)
    return known.meaning[t.lang] if known else ""


def advice(code: str, t: Texts) -> str:
    """The advice for a code; empty for an unknown code."""
    known = finding_codes().get(code)
    return known.advice[t.lang] if known else ""
