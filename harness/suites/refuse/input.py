"""The input of a case that must be refused."""

from __future__ import annotations

from harness.cases.case import Case
from harness.cases.exchange import Exchange
from harness.suites.refuse.damage.damage import Damaged, made
from harness.suites.refuse.damage.registry import KINDS
from harness.suites.refuse.sweep.registry import swept


def damaged(case: Case, exchange: Exchange) -> Damaged:
    """The input of a case, made from its message or from the first that it can be made from."""
    release = case.route[0]
    if case.is_swept:
        return swept(exchange.message, release, case.kind, case.seed)
    return made(KINDS[release][case.kind], case.kind, release, exchange)
