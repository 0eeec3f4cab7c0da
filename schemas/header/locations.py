"""Locates the sender, recipient, identification and date in the header of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.retour.pair import DATE, HEEN, IDENTIFICATION, Terms, terms
from schemas.xml.layout import leaves

GEMEENTE, AANBIEDER, IDENTIFICATIE = "gemeente", "aanbieder", "identification"
DAGTEKENING = "date"
RETOUR_IDENTIFICATIE, RETOUR_DAGTEKENING = "retour identification", "retour date"
# Shared by a heenbericht and its return message; a message without them cannot be paired.
KEY = (GEMEENTE, AANBIEDER, IDENTIFICATIE)
DATES = (DAGTEKENING, RETOUR_DAGTEKENING)
# The roles of `retour.csv` for the values that only a return message has.
_OWN = {IDENTIFICATION: RETOUR_IDENTIFICATIE, DATE: RETOUR_DAGTEKENING}


@dataclass(frozen=True)
class Place:
    """The location of a header value: its field name in 2.0 or its path in 2.1."""

    role: str
    key: str
    evidence: str


@cache
def places(name: str, release: str) -> tuple[Place, ...]:
    """Return the locations of the header values of a message type in a release.

    They follow `headers.csv` and `retour.csv`; raises TableError if a row names an unknown field.
    """
    message = catalogue().one(name)
    heen = name if message.role == HEEN else message.pair
    found = {**_shared(message, release), **_dated(terms(heen, release), message)}
    return tuple(Place(role, key, _grade(message, release, key)) for role, key in found.items())


def _shared(message: MessageType, release: str) -> dict[str, str]:
    """Return the key of each value that identifies a pair."""
    keys = terms(message.name if message.role == HEEN else message.pair, release)
    known = keys.keys(message, HEADER)
    found = {}
    for row in tables.rows("headers"):
        if not any(message.name.endswith(number) for number in row["messages"].split()):
            continue
        if row["role"] not in KEY or row["field"] not in known:
            raise TableError("TABLE-FIELD", "no such role or field", row.where)
        found[row["role"]] = known[row["field"]]
    return found


def _dated(pair: Terms, message: MessageType) -> Mapping[str, str]:
    """Return the keys of the dates and, for a return message, of its own identification."""
    own = {item.role: item for item in pair.own[HEADER] if item.role in _OWN}
    found = {DAGTEKENING: own[DATE].sources[0]}
    if message.role != HEEN:
        found |= {_OWN[role]: item.key for role, item in own.items()}
    return found


def _grade(message: MessageType, release: str, key: str) -> str:
    if release == "2.0":
        return message.field(HEADER, key).evidence
    return leaves(message.name)[HEADER][key].element.evidence


@cache
def evidence(name: str, release: str, roles: tuple[str, ...] = KEY) -> str:
    """Return the weakest evidence grade of some header locations."""
    return tables.weakest(*(item.evidence for item in places(name, release) if item.role in roles))
