"""The input of a case that must be refused."""

from __future__ import annotations

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, damage_message
from harness.suites.refuse.damage.registry import KINDS
from harness.suites.refuse.kinds import AT
from harness.suites.refuse.sweep.registry import swept


def damaged(case: Case, specimen: Specimen) -> Damaged:
    """Make the damaged input of a case from its specimen, or from the first that allows it."""
    release = case.route[0]
    if is_swept(case):
        return swept(specimen.message, release, case.kind, case.seed)
    return damage_message(KINDS[release][case.kind], case.kind, release, specimen)


def is_swept(case: Case) -> bool:
    """Whether a case belongs to the sweep."""
    return AT in case.kind
