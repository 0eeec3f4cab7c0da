"""Cases that take the return message of their message type too."""

from __future__ import annotations

from dataclasses import replace

from harness.cases.case import Case
from schemas.facts.message_types import catalogue


def with_pair(case: Case) -> Case:
    """The case, which is asked of software that claims both message types of its pair."""
    return replace(case, pair=catalogue().one(case.message).pair)
