"""The input of a case that must be refused."""

from __future__ import annotations

from harness.cases import Case
from harness.damage.kinds import Damaged, made
from harness.damage.table import KINDS
from harness.exchange import Exchange
from harness.sweep.table import swept


def damaged(case: Case, exchange: Exchange) -> Damaged:
    """The input of a case, made from its message or from the first that it can be made from."""
    release = case.route[0]
    if case.is_swept:
        return swept(exchange.message, release, case.kind, case.seed)
    return made(KINDS[release][case.kind], case.kind, release, exchange)
