"""Counts how each field fared per message type: kept, lost, cut, changed, invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from generators.content.content import Content
from generators.content.sides import EXPECTED, SOURCE
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.content import FIELD_COUNTS
from harness.judging.tree_diff import Difference
from reports.events.events import FIDELITY, FieldsCounted
from schemas.facts.catalogue import catalogue
from schemas.facts.records import HEADER, TRAILER
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node

# The mapped pair by record, and by field name or element key.
_Pairs = dict[str, dict[str, Mapped]]


@cache
def _pairs(name: str) -> _Pairs:
    found: _Pairs = {}
    for record, pairs in mapped(name).items():
        owner = HEADER if record == TRAILER else record
        for pair in pairs:
            for key in (pair.field.name, *pair.keys):
                found.setdefault(owner, {})[key] = pair
    return found


# The fields of some types are counted at a time; an answer may have any key.
@lru_cache(maxsize=4096)
def label(name: str, record: str, key: str) -> str:
    """The name of a field in a report: its record and its 2.0 name, or else its 2.1 name."""
    pair = _pairs(name).get(record, {}).get(key)
    if pair:
        return f"{record} {pair.field.name}"
    only_20 = key in catalogue().one(name).records[record].by_name
    return f"{record} {key}" if only_20 else f"{record} {key.partition('[')[0]} (2.1)"


class FieldTally:
    """Counts the fate of each field, per suite and direction of a message type."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, str], dict[str, Counter[str]]] = {}

    def add(self, case: Case, specimen: Specimen, found: list[Difference]) -> None:
        """Count the values of a compared case."""
        place = (case.message, case.suite, case.direction)
        counts = self.counts.setdefault(place, {kind: Counter() for kind in FIDELITY})
        _count(specimen.expected[case.route[-1]], case.message, counts["kept"])
        for item in found:
            if kind := FIELD_COUNTS.get(item.code):
                name = label(case.message, item.record, item.key)
                counts[kind][name] += 1
                counts["kept"][name] -= kind != "invented"
        for content in specimen.content.walk():
            _by_mapping(content, case, counts)

    def merge(self, counted: Sequence[FieldsCounted]) -> None:
        """Add the counts of another tally."""
        for item in counted:
            place = (item.message, item.suite, item.direction)
            counts = self.counts.setdefault(place, {kind: Counter() for kind in FIDELITY})
            for name, found in item.fields.items():
                for kind, number in found.items():
                    counts[kind][name] += number

    def events(self) -> Iterator[FieldsCounted]:
        """Yield the counts so far, and reset them."""
        for (message, suite, direction), counts in self.counts.items():
            names = sorted(set().union(*counts.values()))
            fields = {
                name: {kind: counts[kind][name] for kind in FIDELITY if counts[kind][name] > 0}
                for name in names
            }
            yield FieldsCounted(message, suite, direction, fields)
        self.counts.clear()


def _count(node: Node, name: str, counter: Counter[str]) -> None:
    for key in node.values:
        counter[label(name, node.record, key)] += 1
    for child in node.children:
        _count(child, name, counter)


def _by_mapping(content: Content, case: Case, counts: dict[str, Counter[str]]) -> None:
    """Count what the mapping itself loses or cuts."""
    from_20 = case.route[0] == "2.0"
    source = content.values.of[SOURCE[case.route[0]]]
    kept = content.values.of[EXPECTED[case.route[1]]]
    pairs = _pairs(case.message).get(content.record, {})
    for key, value in source.items():
        pair = pairs.get(key)
        others = () if pair is None else pair.keys if from_20 else (pair.field.name,)
        found = [kept[other] for other in others if other in kept]
        if not found and not (pair and pair.field.rule.role == "constant"):
            counts["lost_by_mapping"][label(case.message, content.record, key)] += 1
        elif found and pair and pair.field.rule.cut and len(found[0]) < len(value):
            counts["cut_by_mapping"][label(case.message, content.record, key)] += 1
