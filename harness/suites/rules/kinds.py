"""The ways to break a rule in a message that is to be converted as it stands."""

from __future__ import annotations

from functools import cache

from generators.defects.plans import plans
from generators.defects.table import Defect, own_defects
from schemas.errors import TableError
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType, catalogue
from schemas.retour.pair import HEEN
from schemas.rules.tables import own_tables


@cache
def kinds_of(name: str) -> tuple[str, ...]:
    """The ways to break a rule that a message type has in both releases, so that it is converted.

    A return message comes with the faults of the message that it answers. What the layout of 2.0
    forbids as well must be refused, and a message by itself has no earlier ones.
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
    except TableError:
        return False


def what(kind: str) -> dict[str, str]:
    """The rule that is broken, in both languages."""
    rule = own_tables().rules[own_defects()[kind].rule]
    return {lang: f"{rule.name}: {rule.meaning[lang]}" for lang in rule.meaning}
