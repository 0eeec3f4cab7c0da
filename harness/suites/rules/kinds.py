"""The rule violations that a converted message can have."""

from __future__ import annotations

from functools import cache

from generators.defects.table import own_defects
from harness.suites.broken.kinds import can_have
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.rules.tables import own_tables


@cache
def kinds_of(name: str) -> tuple[str, ...]:
    """The defects that a message type can have in both releases.

    A return message gets the defects of its heenbericht. Left out are defects that violate the 2.0
    layout, which must be refused, and those that need earlier messages.
    """
    message = catalogue().one(name)
    return tuple(
        defect.name
        for defect in own_defects().values()
        if set(RELEASES) <= set(defect.releases)
        and not (defect.earlier or defect.also_20)
        and all(can_have(defect, message, release) for release in RELEASES)
    )


def what(kind: str) -> dict[str, str]:
    """The rule that a kind breaks, by language."""
    rule = own_tables().rules[own_defects()[kind].rule]
    return {lang: f"{rule.name}: {rule.meaning[lang]}" for lang in rule.meaning}
