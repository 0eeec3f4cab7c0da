"""Pairs each field of 2.0 with the element or elements of 2.1 that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType, full_path
from schemas.facts.records import COMMENT, Field, Record


@dataclass(frozen=True, eq=False)
class Mapped:
    """A field of 2.0 and its element or elements in 2.1; `keys` are those of a node."""

    field: Field
    keys: tuple[str, ...]
    elements: tuple[Element, ...]

    @property
    def evidence(self) -> str:
        """The weakest grade of the facts behind the pair."""
        grades = [element.evidence for element in self.elements]
        grades += [element.type.evidence for element in self.elements if element.type]
        return tables.weakest(self.field.evidence, *grades)

    def evidence_in(self, release: str) -> str:
        """The grade of the field in 2.0, or of the elements in 2.1."""
        if release == "2.0":
            return self.field.evidence
        types = [element.type.evidence for element in self.elements if element.type]
        return tables.weakest(*(element.evidence for element in self.elements), *types)


def _mapped(message: MessageType, record: Record, field: Field) -> Mapped:
    found = tuple(message.elements[full_path(record, path)] for path in field.paths)
    return Mapped(field, field.paths, found)


@cache
def mapped(name: str) -> dict[str, tuple[Mapped, ...]]:
    """Return the mapped fields of each record, including those of the comments on it."""
    message = catalogue().one(name)
    found: dict[str, tuple[Mapped, ...]] = {}
    for record in message.records.values():
        if record.code != COMMENT:
            fields = [field for field in record.fields if field.paths]
            found[record.code] = tuple(_mapped(message, record, field) for field in fields)
    comment = message.records.get(COMMENT)
    for field in comment.fields if comment else ():
        for code in comment.comments_on if comment and field.paths else ():
            on = message.records[code]
            found[code] = (*found[code], _mapped(message, on, field))
    return found
