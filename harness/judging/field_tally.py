"""Counts how each field fared per message type: kept, lost, cut, changed, invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

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


class _Fate(NamedTuple):
    """What becomes of a key: its name in a report, and its keys in the other release.

    `is_lost` tells whether the mapping loses it where it has none of these.
    """

    name: str
    others: tuple[str, ...]
    is_lost: bool
    may_be_cut: bool


class _Fates(dict[str, _Fate]):
    """The fates of the keys of a record, by key; each is made when it is first met."""

    def __init__(self, name: str, record: str, source: str) -> None:
        self.place, self.source = (name, record), source

    def __missing__(self, key: str) -> _Fate:
        name, record = self.place
        pair, others = _pairs(name).get(record, {}).get(key), tuple[str, ...]()
        if pair:
            others = pair.keys if self.source == "2.0" else (pair.field.name,)
        is_lost = not (pair and pair.field.rule.role == "constant")
        may_be_cut = bool(pair and pair.field.rule.cut)
        self[key] = _Fate(label(name, record, key), others, is_lost, may_be_cut)
        return self[key]


@cache
def _fates(name: str, record: str, source: str) -> _Fates:
    return _Fates(name, record, source)


class FieldTally:
    """Counts the fate of each field, per suite and direction of a message type."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, str], dict[str, Counter[str]]] = {}

    def add(self, case: Case, specimen: Specimen, found: list[Difference]) -> None:
        """Count the values of a compared case."""
        place = (case.message, case.suite, case.direction)
        counts = self.counts.setdefault(place, {kind: Counter() for kind in FIDELITY})
        for content in specimen.content.walk():
            _count(content, case, counts)
        for item in found:
            if kind := FIELD_COUNTS.get(item.code):
                name = label(case.message, item.record, item.key)
                counts[kind][name] += 1
                counts["kept"][name] -= kind != "invented"

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


def _count(content: Content, case: Case, counts: dict[str, Counter[str]]) -> None:
    """Count what must be kept of a record, and what the mapping itself loses or cuts."""
    fates, sides = _fates(case.message, content.record, case.route[0]), content.values.of
    expected = sides[EXPECTED[case.route[1]]]
    lost, cut = counts["lost_by_mapping"], counts["cut_by_mapping"]
    counts["kept"].update([fates[key].name for key in sides[EXPECTED[case.route[-1]]]])
    for key, value in sides[SOURCE[case.route[0]]].items():
        fate = fates[key]
        for other in fate.others:
            if other in expected:
                if fate.may_be_cut and len(expected[other]) < len(value):
                    cut[fate.name] += 1
                break
        else:
            if fate.is_lost:
                lost[fate.name] += 1
