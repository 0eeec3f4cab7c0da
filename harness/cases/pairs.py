"""Cases that also involve the return message of their message type."""

from __future__ import annotations

from dataclasses import replace

from harness.cases.case import Case
from schemas.facts.catalogue import catalogue


def with_pair(case: Case) -> Case:
    """The case, restricted to software that claims both message types of the pair."""
    return replace(case, pair=catalogue().one(case.message).pair)
