"""The kinds of broken input of a message type, and the index at which each is asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generators.defects.alike_table import all_alike, slot_of
from generators.defects.oddities import own_oddities
from generators.defects.plans import plans
from generators.defects.table import Defect, own_defects
from harness.cases.turns import ROUND
from reports.shared.texts import texts
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN
from schemas.rules.tables import own_tables, releases_of

_FOLDER = Path(__file__).parent
# Each kind is asked once in a round. The first indexes ask none, so that a short run stays short.
FIRST = 20


@cache
def not_asked() -> dict[str, tuple[str, ...]]:
    """The defects that the other release cannot hold, with the releases of their inputs.

    Raises TableError for an unknown defect or release.
    """
    found = {}
    for row in tables.rows("not_asked", _FOLDER):
        found[row.one_of("defect", own_defects())] = releases_of(row)
    return found


@cache
def kinds_of(name: str, release: str) -> tuple[str, ...]:
    """The defects, oddities and records alike that a message type can have in a release.

    A return message gets those of its heenbericht too. Left out are defects that need earlier
    messages.
    """
    message = catalogue().one(name)
    odd = (item.defect for item in own_oddities().values())
    found = [
        defect.name
        for defect in (*own_defects().values(), *odd)
        if release in defect.releases
        and release not in not_asked().get(defect.name, ())
        and not defect.earlier
        and can_have(defect, message, release)
    ]
    return (*found, *(kind for kind in all_alike() if slot_of(kind, message)))


def can_have(defect: Defect, message: MessageType, release: str) -> bool:
    """Whether a defect concerns a message type or its heenbericht, and has a place in it."""
    heen = message if message.role == HEEN else catalogue().one(message.pair)
    if {heen, message}.isdisjoint(defect.messages):
        return False
    try:
        return bool(plans(defect, message, release))
    except TableError as error:
        # A return message may lack what a defect of its heenbericht changes.
        if message in defect.messages or error.code != "TABLE-PATH":
            raise
        return False


def kinds_at(name: str, release: str, index: int) -> tuple[str, ...]:
    """The kinds that are asked at an index."""
    turn = index % ROUND - FIRST
    return kinds_of(name, release)[turn :: ROUND - FIRST] if turn >= 0 else ()


def defect_of(kind: str) -> Defect:
    """The defect of a kind."""
    odd = own_oddities().get(kind)
    return odd.defect if odd else own_defects()[kind]


def what(kind: str) -> Mapping[str, str]:
    """What is broken, odd or alike in the input of a kind, by language."""
    if alike := all_alike().get(kind):
        return alike.what
    if odd := own_oddities().get(kind):
        return odd.what
    rule = own_tables().rules[own_defects()[kind].rule]
    return {
        lang: texts(lang)("case.breaks", rule=rule.name, meaning=meaning)
        for lang, meaning in rule.meaning.items()
    }
