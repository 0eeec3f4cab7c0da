"""How much of what messages can show a set of them reached, type by type."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generators.content import Content
from generators.plan import GroupSlot, LeafSlot, count_of, only_20, plan
from generators.specs import BOTH, Spec
from schemas.elements import Element
from schemas.mapping import mapped
from schemas.messages import MessageType, full_path
from schemas.records import HEADER, TRAILER
from schemas.totals import of as totals_of
from schemas.xml_layout import leaves

_FEATURES = Path(__file__).parent / "coverage.csv"


@dataclass(frozen=True)
class Feature:
    """A shape that messages should show, where the type has what it is about."""

    name: str
    kind: str
    target: str
    argument: str


@cache
def features() -> tuple[Feature, ...]:
    """The shapes on the list."""
    with _FEATURES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Feature(row["feature"], row["kind"], row["target"], row["argument"])
            for row in csv.DictReader(file)
        )


def _leaf_slots(slot: GroupSlot, record: str) -> Iterator[tuple[str, LeafSlot, bool]]:
    """The leaves of a plan with their record, and whether a group above may be absent."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            yield record, member, slot.may_be_absent and not slot.record
        else:
            inner = member.record or record
            for owner, leaf, absent in _leaf_slots(member, inner):
                above = member.may_be_absent and not member.record
                yield owner, leaf, absent or (above and owner == record)


@cache
def _computed(name: str) -> frozenset[str]:
    """The 2.0 names of what is added up rather than drawn."""
    found = set()
    for total in totals_of(name):
        for amount in filter(None, (total.total, total.minus_total)):
            found |= {amount.amount.name, amount.sign.name}
    return frozenset(found)


# What other draws decide, so that its ends cannot be drawn for themselves.
_DECIDED = re.compile(
    r".*(Datum|datum|tijd|Dagtekening|Bsn|Afzender|Ontvanger|Gemeente|Servicebureau|BtwIDNummer"
    r"|Aanbieder|ReferentieNummer|Bedrag|BtwPercentage|Nummer|Referentie\w*|FactuurNummer)"
)


def _ends(spec: Spec) -> Iterator[str]:
    if spec.fixed or spec.codes:
        yield from (f"= {code}" for code in spec.fixed or spec.codes)
    elif _DECIDED.fullmatch(spec.name):
        return
    elif spec.base == "integer":
        yield from (f"= {number}" for number in sorted({spec.lowest, spec.highest}))
    elif spec.base == "string" and spec.longest:
        yield from (f"length {length}" for length in sorted({spec.shortest, spec.longest}))


@dataclass
class Coverage:
    """What messages of a type reached of the list for a release."""

    message: MessageType
    release: str
    wanted: dict[str, bool] = field(init=False)
    features: list[Feature] = field(init=False)

    def __post_init__(self) -> None:
        self.features = [item for item in features() if self._applies(item)]
        names = [*self._field_items(), *(item.name for item in self.features)]
        self.wanted = dict.fromkeys(names, False)

    def _elements(self) -> dict[tuple[str, str], Element]:
        if self.message.root is None:
            return {}
        return {
            (record, key): leaf.element
            for record, found in leaves(self.message.name).items()
            for key, leaf in found.items()
        }

    def _applies(self, item: Feature) -> bool:
        records = [record.name for record in self.message.records.values()]
        if item.kind == "count":
            if item.target not in records:
                return False
            code = next(r.code for r in self.message.records.values() if r.name == item.target)
            low, high = count_of(self.message, code)
            return low <= int(item.argument) <= high
        if item.kind == "with" and not self._has(item.argument.partition("=")[0]):
            return False
        return self._has(item.target)

    def _has(self, target: str) -> bool:
        # In 2.0 alone the values are those of fields, which the items of each field cover.
        return self.release != "2.0" and any(
            _is(element, key, target) for (_, key), element in self._elements().items()
        )

    def _field_items(self) -> Iterator[str]:
        if self.message.root is not None:
            for record, leaf, absent in _leaf_slots(plan(self.message.name, self.release), HEADER):
                spec = leaf.spec
                name = spec.name.partition("/Contact/")[2] or spec.name
                label = f"{record} {leaf.key}" if name else leaf.key
                yield f"{label} present"
                if spec.may_be_absent or absent:
                    yield f"{label} absent"
                yield from (f"{label} {end}" for end in _ends(spec))
        if self.release != "2.1":
            yield from self._only_20_items()

    def _only_20_items(self) -> Iterator[str]:
        for record, slots in only_20(self.message.name).items():
            for slot in slots:
                if record == TRAILER or slot.field.name in _computed(self.message.name):
                    continue
                label = f"{record} {slot.field.name}"
                yield f"{label} present"
                if slot.spec.may_be_absent:
                    yield f"{label} absent"
                yield from (f"{label} = {code}" for code in slot.spec.codes)

    def add(self, content: Content) -> None:
        """Count one more message."""
        for item in content.walk():
            self._add_values(item)
        self._add_counts(content)

    def _hit(self, name: str) -> None:
        if name in self.wanted:
            self.wanted[name] = True

    def _add_values(self, item: Content) -> None:
        values = self._values(item)
        for key, value in values.items():
            plain = key.partition("[")[0]
            label = f"{item.record} {plain}"
            self._hit(f"{label} present")
            self._hit(f"{label} = {value}")
            self._hit(f"{label} length {len(value)}")
            self._add_features(item.record, plain, value, values)
        for slot in only_20(self.message.name).get(item.record, ()):
            name = slot.field.name
            value = item.v20.get(name, "")
            self._hit(f"{item.record} {name} {'present' if value else 'absent'}")
            self._hit(f"{item.record} {name} = {value}")
        for key in self._keys().get(item.record, ()):
            if key not in values and f"{key}[1]" not in values:
                self._hit(f"{item.record} {key} absent")

    def _values(self, item: Content) -> dict[str, str]:
        """The values by key of 2.1; of 2.0 alone, its values under the keys they map to."""
        if self.release != "2.0":
            return item.v21
        found = {}
        for pair in self._pairs(item.record):
            if pair.field.name in item.v20:
                value = item.v20[pair.field.name]
                kind = pair.elements[0].type
                number = kind is not None and kind.is_number
                found[pair.keys[0]] = (value.lstrip("0") or "0") if number else value
        return found

    def _pairs(self, record: str) -> Iterator[Any]:
        if self.message.root is None:
            return
        pairs = mapped(self.message.name)
        yield from pairs.get(record, ())
        if record == HEADER:
            yield from pairs[TRAILER]

    def _keys(self) -> dict[str, list[str]]:
        if not hasattr(self, "_key_lists"):
            found: dict[str, list[str]] = {}
            for record, key in self._elements():
                found.setdefault(record, []).append(key)
            self._key_lists = found
        return self._key_lists

    def _add_features(self, record: str, key: str, value: str, values: dict[str, str]) -> None:
        element = self._elements_cached().get((record, key))
        if element is None:
            return
        for item in self.features:
            if item.kind == "count" or self.wanted[item.name] or not _is(element, key, item.target):
                continue
            if item.kind == "length":
                met = len(value) == int(item.argument)
            elif item.kind == "match":
                met = re.fullmatch(item.argument, value) is not None
            else:
                name, _, wanted = item.argument.partition("=")
                met = any(other.endswith(name) and text == wanted for other, text in values.items())
            if met:
                self.wanted[item.name] = True

    def _elements_cached(self) -> dict[tuple[str, str], Element]:
        if not hasattr(self, "_element_map"):
            self._element_map = self._elements()
        return self._element_map

    def _add_counts(self, content: Content) -> None:
        names = {record.name: record.code for record in self.message.records.values()}
        for item in self.features:
            if item.kind == "count" and not self.wanted[item.name]:
                code = names[item.target]
                parent = self.message.records[code].parent
                counts = [
                    Counter(child.record for child in node.children)[code]
                    for node in content.walk()
                    if node.record == parent
                ]
                self.wanted[item.name] = int(item.argument) in counts

    @property
    def total(self) -> int:
        """How many items the list has."""
        return len(self.wanted)

    @property
    def reached(self) -> int:
        """How many items were reached."""
        return sum(self.wanted.values())

    def missing(self) -> list[str]:
        """The items that were not reached."""
        return [name for name, met in self.wanted.items() if not met]

    def to_json(self) -> dict[str, Any]:
        """The coverage as a JSON object."""
        return {
            "message": self.message.name,
            "release": self.release,
            "total": self.total,
            "reached": self.reached,
            "missing": self.missing(),
        }


def _is(element: Element, key: str, target: str) -> bool:
    name = element.type.name if element.type else ""
    return name == target or f"/{key}".endswith(f"/{target}")


__all__ = ["BOTH", "Coverage", "Feature", "features", "full_path"]
