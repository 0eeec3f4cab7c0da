"""All defective messages of some message types, and the defects that cannot be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generators.defects.table import Defect, own_defects
from harness.defects.defect import DefectiveMessage
from harness.defects.of_facets import FOLDER, facets, of_facet
from harness.defects.of_rules import of_rule
from reports.shared.texts import LANGUAGES, texts
from schemas.facts import table_rows as tables
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.rules.evaluate import CODE
from schemas.rules.tables import own_tables

# Offset that keeps the identifications apart from those of messages without a defect.
FIRST = 500_000_000


@dataclass(frozen=True)
class NotMade:
    """A defect without a message, and the reason."""

    defect: str
    rule: str
    code: str
    message: str
    release: str
    why: dict[str, str]


def _no_place() -> dict[str, str]:
    return {lang: texts(lang)("defects.no_place") for lang in sorted(LANGUAGES)}


def defects_of(
    message: MessageType, releases: Sequence[str], seed: int
) -> Iterator[DefectiveMessage | NotMade]:
    """The defects that a message type can have, in the order of the tables."""
    index = FIRST
    for defect in own_defects().values():
        if message in defect.messages:
            index += 1
            yield from _of_rule(defect, message, releases, seed, index)
    for facet in facets():
        if facet.release in releases and (message.root or facet.release == "2.0"):
            index += 1
            parts = (facet.name, "", facet.code, message.name, facet.release)
            yield of_facet(facet, message, seed, index) or NotMade(*parts, _no_place())
    yield from _never(message, releases)


def _of_rule(
    defect: Defect, message: MessageType, releases: Sequence[str], seed: int, index: int
) -> Iterator[DefectiveMessage | NotMade]:
    made = of_rule(defect, message, releases, seed, index)
    for release in releases:
        if release in made:
            yield made[release]
        elif release in defect.releases and (message.root or release == "2.0"):
            yield NotMade(defect.name, defect.rule, CODE, message.name, release, _no_place())


@cache
def reasons() -> dict[tuple[str, str], dict[str, str]]:
    """Why a rule or finding has no defect in a release."""
    return {
        (row["what"], release): row.in_languages("why")
        for row in tables.rows("not_made", FOLDER)
        for release in row["releases"].split()
    }


def _never(message: MessageType, releases: Sequence[str]) -> Iterator[NotMade]:
    """The rules and findings of a message type for which no defect is made."""
    judged = {
        (item.rule.name, release)
        for item in own_tables().judgements
        if message in item.messages
        for release in item.releases
    }
    for (what, release), why in reasons().items():
        exists = release in releases and (message.root or release == "2.0")
        if exists and what in finding_codes():
            yield NotMade("", "", what, message.name, release, why)
        elif exists and (what, release) in judged:
            yield NotMade("", what, CODE, message.name, release, why)
