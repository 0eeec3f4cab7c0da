"""What a finding code means and what to do about it, in words."""

from __future__ import annotations

from reports.shared.texts import Texts
from schemas.facts.finding_codes import finding_codes


def meaning(code: str, t: Texts) -> str:
    """What a code means; nothing where the code is not in the table."""
    known = finding_codes().get(code)
    return known.meaning[t.lang] if known else ""


def advice(code: str, t: Texts) -> str:
    """What to do about a code; nothing where the code is not in the table."""
    known = finding_codes().get(code)
    return known.advice[t.lang] if known else ""
