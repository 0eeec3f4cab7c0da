"""The rule violations that a converted message can have."""

from __future__ import annotations

from functools import cache

from generators.defects.plans import plans
from generators.defects.table import Defect, own_defects
from schemas.errors import TableError
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN
from schemas.rules.tables import own_tables


@cache
def kinds_of(name: str) -> tuple[str, ...]:
    """The defects that a message type can have in both releases.

    A return message gets the defects of its heenbericht. Left out are defects that violate the 2.0
    layout, which must be refused, and those that need earlier messages.
    """
    message = catalogue().one(name)
    heen = message if message.role == HEEN else catalogue().one(message.pair)
    return tuple(
        defect.name
        for defect in own_defects().values()
        if not {heen, message}.isdisjoint(defect.messages)
        and set(RELEASES) <= set(defect.releases)
        and not (defect.earlier or defect.also_20)
        and _has_place(defect, message)
    )


def _has_place(defect: Defect, message: MessageType) -> bool:
    try:
        return all(plans(defect, message, release) for release in RELEASES)
    except TableError as error:
        # A return message may lack what a defect of its heenbericht changes.
        if message in defect.messages or error.code != "TABLE-PATH":
            raise
        return False


def what(kind: str) -> dict[str, str]:
    """The rule that a kind breaks, by language."""
    rule = own_tables().rules[own_defects()[kind].rule]
    return {lang: f"{rule.name}: {rule.meaning[lang]}" for lang in rule.meaning}
