"""Measures how much of a message type's coverage list a set of messages reached."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.coverage.items import Feature, Item, applies, codes, features, items
from generators.coverage.shown import can_show, shows
from generators.notation.plan import notation_of, rewritten
from generators.notation.table import Notation, notations
from generators.planning.targets import matches
from generators.values.specs import BOTH
from generators.variation.covering_plan import of_type
from generators.writing.written import written
from schemas.ei.layout import ei_date
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType


class Coverage:
    """The part of the list for a release (`2.0`, `2.1` or `both`) that messages reached."""

    def __init__(self, message: MessageType, release: str) -> None:
        self.message = message
        self.release = release if message.root is not None else "2.0"
        self.features = [item for item in features() if applies(message, self.release, item)]
        self.items: dict[str, list[Item]] = {}
        self.wanted: dict[str, bool] = {}
        for item in items(message, self.release):
            self.items.setdefault(item.record, []).append(item)
            self.wanted[f"{item.label} present"] = False
            if item.may_be_absent:
                self.wanted[f"{item.label} absent"] = False
            self.wanted |= {f"{item.label} {end}": False for end in item.ends}
        self.wanted |= dict.fromkeys(codes(message, self.release), False)
        self.wanted |= {feature.name: False for feature in self.features}
        planned = of_type(message.name, BOTH if self.release == "2.0" else self.release)
        self.variations = [item for item in planned if can_show(message, self.release, item)]
        self.wanted |= {item.name: False for item in self.variations}
        self.releases = RELEASES if self.release == "both" else (self.release,)
        self.wanted |= {
            _label(item): False for item in notations() if item.release in self.releases
        }

    def add(self, content: Content, index: int) -> None:
        """Count another message; its notation is that of the index."""
        for node in content.walk():
            for item in self.items.get(node.record, ()):
                self._watch(item, node.values.source_20 if item.in_20 else node.values.source_21)
        self._count(content)
        for variation in self.variations:
            if not self.wanted[variation.name]:
                self.wanted[variation.name] = shows(self.message, self.release, content, variation)
        for release in self.releases:
            self._watch_notation(content, notation_of(self.message, release, index))

    def _watch_notation(self, content: Content, notation: Notation) -> None:
        """Note a notation that can be seen in a message."""
        if not self.wanted[_label(notation)]:
            plain = written(self.message, content, SOURCE[notation.release])
            is_seen = rewritten(self.message, notation, plain) != plain
            self.wanted[_label(notation)] = is_seen or notation.is_plain

    def _hit(self, name: str) -> None:
        if name in self.wanted:
            self.wanted[name] = True

    def _watch(self, item: Item, values: dict[str, str]) -> None:
        found = [values[item.key]] if item.key in values else _repeated(values, item.key)
        self._hit(f"{item.label} {'present' if found else 'absent'}")
        for value in found:
            self._hit(f"{item.label} = {value}")
            self._hit(f"{item.label} length {len(value)}")
            if item.codes:
                self._hit(f"{item.codes} {value}")
            if item.element is not None:
                self._watch_features(item, _as_21(item, value), values)

    def _watch_features(self, item: Item, value: str, values: dict[str, str]) -> None:
        for feature in self.features:
            if feature.kind == "count" or self.wanted[feature.name] or item.element is None:
                continue
            if matches(item.element, feature.target) and _shows(feature, item.key, value, values):
                self.wanted[feature.name] = True

    def _count(self, content: Content) -> None:
        kinds = {record.name: record for record in self.message.records.values()}
        for feature in self.features:
            if feature.kind != "count" or self.wanted[feature.name]:
                continue
            kind = kinds[feature.target]
            counts = [
                Counter(child.record for child in node.children)[kind.code]
                for node in content.walk()
                if node.record == kind.parent
            ]
            self.wanted[feature.name] = int(feature.argument) in counts

    @property
    def total(self) -> int:
        """The number of items on the list."""
        return len(self.wanted)

    @property
    def reached(self) -> int:
        """The number of items reached."""
        return sum(self.wanted.values())

    def missing(self) -> list[str]:
        """Return the items not reached."""
        return [name for name, met in self.wanted.items() if not met]

    def to_json(self) -> dict[str, Any]:
        """Return the coverage as a JSON object."""
        return {
            "message": self.message.name,
            "release": self.release,
            "total": self.total,
            "reached": self.reached,
            "missing": self.missing(),
        }


def _label(notation: Notation) -> str:
    return f"{notation.release} notation {notation.name}"


def _repeated(values: dict[str, str], key: str) -> list[str]:
    found, place = [], 1
    while (value := values.get(f"{key}[{place}]")) is not None:
        found.append(value)
        place += 1
    return found


def _as_21(item: Item, value: str) -> str:
    """Return a value in 2.1 notation, which the features are written in."""
    kind = item.element.type if item.element else None
    if not item.in_20 or kind is None:
        return value
    if kind.base == "date":
        return ei_date(value)
    if kind.base == "time":
        return f"{value[:2]}:{value[2:4]}:{value[4:]}"
    return (value.lstrip("0") or "0") if kind.is_number else value


def _shows(feature: Feature, key: str, value: str, values: dict[str, str]) -> bool:
    if feature.kind == "length":
        return len(value) == int(feature.argument)
    if feature.kind == "match":
        return re.fullmatch(feature.argument, value) is not None
    name, _, wanted = feature.argument.partition("=")
    # Related values are in the same group; 2.0 has its field names in capitals.
    group = key.split("/")[0] if "/" in key else ""
    return any(
        other.startswith(group) and other.upper().endswith(name.upper()) and text == wanted
        for other, text in values.items()
    )
