"""The mapping of every 2.0 field of a message type, in words and with its places in 2.1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.layout.addresses import element_anchor
from reports.layout.model import Fate, Place
from reports.layout.words_20 import kind_20, words_20
from reports.layout.words_21 import evidence_of, kind_21, words_21
from reports.shared.texts import Texts
from schemas.facts.fills import HeaderCode, header_code
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, Field
from schemas.mapping.field_pairs import Mapped, mapped


@dataclass(frozen=True, eq=False)
class FieldMapping:
    """What a field becomes in 2.1, and how it is filled from 2.1."""

    field: Field
    pairs: tuple[Mapped, ...]
    to_21: Fate
    from_21: Fate


def mappings(message: MessageType, t: Texts) -> dict[Field, FieldMapping]:
    """The mapping of each field, in table order."""
    pairs: dict[Field, list[Mapped]] = {}
    for pair in _pairs(message):
        pairs.setdefault(pair.field, []).append(pair)
    header = header_code(message.name) if message.root else None
    return {
        field: _mapping(message, field, tuple(pairs.get(field, ())), header, t)
        for record in message.records.values()
        for field in record.fields
    }


def _pairs(message: MessageType) -> Iterator[Mapped]:
    for found in mapped(message.name).values() if message.root else ():
        yield from found


def _mapping(
    message: MessageType,
    field: Field,
    pairs: tuple[Mapped, ...],
    header: HeaderCode | None,
    t: Texts,
) -> FieldMapping:
    is_header = header is not None and (field.record, field.name) == (HEADER, header.field)
    own = header if is_header else None
    places = dict.fromkeys(element.path for pair in pairs for element in pair.elements)
    found = tuple(Place(path, element_anchor(message.name, path)) for path in places)
    grade = evidence_of(field, pairs, own)
    return FieldMapping(
        field=field,
        pairs=pairs,
        to_21=Fate(kind_21(field), words_21(message, field, pairs, own, t), found, grade),
        from_21=Fate(kind_20(field), words_20(message, field, pairs, own, t), found, grade),
    )
