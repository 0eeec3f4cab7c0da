"""The input of a case that must be refused."""

from __future__ import annotations

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, damage_message
from harness.suites.refuse.damage.registry import KINDS
from harness.suites.refuse.kinds import AT
from harness.suites.refuse.sweep.registry import swept


def damaged(case: Case, specimen: Specimen) -> Damaged:
    """The input of a case, made from its message or from the first that it can be made from."""
    release = case.route[0]
    if is_swept(case):
        return swept(specimen.message, release, case.kind, case.seed)
    return damage_message(KINDS[release][case.kind], case.kind, release, specimen)


def is_swept(case: Case) -> bool:
    """Whether it is one of the sweep: a kind of input that must be refused, at one place."""
    return AT in case.kind
