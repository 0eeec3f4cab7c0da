"""The cases of all rules, which three modules hold."""

from __future__ import annotations

from tests.schemas.rules import (
    history_cases,  # noqa: F401 - it adds its cases
    more_cases,  # noqa: F401 - it adds its cases
)
from tests.schemas.rules.cases import CASES, Case

__all__ = ["CASES", "named"]


def named(case: Case) -> str:
    return f"{case.rule}-{case.release}"
