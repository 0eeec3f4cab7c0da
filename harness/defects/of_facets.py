"""Messages with one defect of the layout or the schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.defects.defect import DefectiveMessage, finding_name, found_in
from harness.defects.facet_damage import KINDS as MORE
from harness.defects.of_rules import STEP
from harness.suites.refuse.damage.damage import Kind
from harness.suites.refuse.damage.registry import KINDS as DAMAGE
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType

FOLDER = Path(__file__).parent
_MOST_TRIES = 40


@dataclass(frozen=True)
class Facet:
    """A defect of the layout or the schema, and the only finding that it causes."""

    name: str
    release: str
    code: str
    what: dict[str, str]

    @property
    def kind(self) -> Kind:
        """The damage that causes it."""
        return (DAMAGE[self.release] | MORE[self.release])[self.name]


@cache
def facets() -> tuple[Facet, ...]:
    """The defects of the layout and the schema."""
    return tuple(
        Facet(
            row["facet"],
            row["release"],
            row["code"],
            row.in_languages("what"),
        )
        for row in tables.rows("facets", FOLDER)
    )


def of_facet(facet: Facet, message: MessageType, seed: int, index: int) -> DefectiveMessage | None:
    """A message with the defect, or None if the message type does not allow it."""
    if not facet.kind.applies(message):
        return None
    draw = Draw(seed, f"{message.name}/{facet.release}/{facet.name}", index)
    for attempt in range(_MOST_TRIES):
        place = index + attempt * STEP
        specimen = Specimen(message, seed, place)
        found = facet.kind.make(specimen, draw)
        if found is None:
            continue
        clean, findings = specimen.plain[facet.release], found_in(found.data, facet.release)
        if [finding_name(fault) for fault in findings] == [facet.code] and not found_in(
            clean, facet.release
        ):
            parts = (message, facet.release, place, clean, found.data, tuple(findings))
            return DefectiveMessage(facet.name, "", *parts)
    return None
