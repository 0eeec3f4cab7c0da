"""The rows of the elements of a 2.1 message, each with its field in 2.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.layout.addresses import element_anchor, field_anchor, record_anchor, record_of
from reports.layout.codes import codes_21
from reports.layout.mapping import FieldMapping
from reports.layout.model import ElementRow, Examples, Fate, Place
from reports.layout.words_21 import DERIVED, FILLED, LOST
from reports.shared.texts import Texts
from schemas.facts.elements import UNBOUNDED, Element
from schemas.facts.fills import Only21, only_21
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field, Record
from schemas.facts.table_rows import weakest


def class_place(message: MessageType, path: str) -> Place:
    """The place of a class."""
    return Place(path, element_anchor(message.name, path))


class ElementRows:
    """Makes the rows of a message type."""

    def __init__(
        self,
        message: MessageType,
        known: Mapping[Field, FieldMapping],
        examples: Examples,
        t: Texts,
    ) -> None:
        self.message = message
        self.examples = examples
        self.t = t
        self.by_path: dict[str, list[FieldMapping]] = {}
        for item in known.values():
            for place in item.to_21.places:
                self.by_path.setdefault(place.name, []).append(item)
        found = only_21(message.name).values() if message.root else ()
        self.only_21 = {item.path: item for items in found for item in items}
        records = message.records.values()
        self.classes = {path: r for r in records for path in (r.container, r.keyed_container)}
        self.keyed = {r.keyed_container: r for r in records if r.keyed_container}

    def rows(self) -> Iterator[ElementRow]:
        """The rows in document order, without that of the root."""
        assert self.message.root is not None
        for element in list(self.message.root.walk())[1:]:
            yield self._row(element)

    def _row(self, element: Element) -> ElementRow:
        kind = element.type
        prefix = self.message.standard if element.base else self.message.name.lower()
        highest = "*" if element.highest == UNBOUNDED else str(element.highest)
        to_20, from_20 = self._fates(element)
        return ElementRow(
            anchor=element_anchor(self.message.name, element.path),
            path=element.path,
            tag=f"{prefix}:{element.name}",
            depth=element.path.count("/"),
            times=f"{element.lowest}..{highest}",
            type=kind.name if kind else element.complex_name,
            base=kind.base if kind else "",
            facets=facets(element),
            codes=codes_21(element),
            example=self.examples.elements.get(element.path, ""),
            record=record_of(self.message, element.path),
            to_20=to_20,
            from_20=from_20,
            evidence=weakest(element.evidence, *([kind.evidence] if kind else [])),
        )

    def _fates(self, element: Element) -> tuple[Fate, Fate]:
        """What becomes of an element in 2.0, and what it is made of from 2.0."""
        if found := self.by_path.get(self._own_path(element.path)):
            return self._of_fields(found)
        if item := self.only_21.get(element.path):
            return self._of_only_21(item)
        record = self.classes.get(element.path)
        if record is not None:
            return self._of_class(record)
        words = (self.t("layout.group" if not element.type else "layout.21.none"),)
        fate = Fate(DERIVED, words, (), element.evidence)
        return fate, fate

    def _own_path(self, path: str) -> str:
        """The path by which the mapping names an element, whose class may stand at two places."""
        for keyed, record in self.keyed.items():
            if path.startswith(f"{keyed}/"):
                return record.container + path.removeprefix(keyed)
        return path

    def _of_fields(self, found: list[FieldMapping]) -> tuple[Fate, Fate]:
        name = self.message.name
        places = tuple(
            Place(f"{item.field.record} {item.field.name}", field_anchor(name, item.field))
            for item in found
        )
        first = found[0]
        grade = weakest(*(item.to_21.evidence for item in found))
        return (
            Fate(first.from_21.kind, first.from_21.words, places, grade),
            Fate(first.to_21.kind, first.to_21.words, places, grade),
        )

    def _of_only_21(self, item: Only21) -> tuple[Fate, Fate]:
        t = self.t
        lost = Fate(LOST, (t("layout.20.lost"),), (), item.evidence)
        if not item.template:
            return lost, Fate(DERIVED, (t("layout.21.stays_absent"),), (), item.evidence)
        words = (t("layout.21.filled_any", template=item.template),)
        return lost, Fate(FILLED, words, (), item.evidence)

    def _of_class(self, record: Record) -> tuple[Fate, Fate]:
        words = (self.t("layout.class", record=record.code, name=record.name),)
        place = Place(record.code, record_anchor(self.message.name, record.code))
        fate = Fate(DERIVED, words, (place,), record.evidence)
        return fate, fate


def facets(element: Element) -> dict[str, str]:
    """The facets of an element by their name in XML Schema; its own restrict its type's."""
    kind = element.type
    if kind is None:
        return {}
    highest = kind.highest if element.highest_value is None else element.highest_value
    limits = {
        "minLength": kind.min_length,
        "maxLength": kind.max_length,
        "minInclusive": kind.lowest,
        "maxInclusive": highest,
    }
    found = {name: str(value) for name, value in limits.items() if value is not None}
    patterns = dict.fromkeys(item for item in (kind.pattern, element.pattern) if item)
    return found | ({"pattern": " & ".join(patterns)} if patterns else {})
