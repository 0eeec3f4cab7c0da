"""Valid messages with one value that the other release cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, copied
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER
from schemas.facts.together import together
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node
from schemas.releases.read_write import write

# The values of a field and its element that one release allows and the other cannot hold.
Values = Callable[[MessageType, Mapped, Element], Sequence[str]]
# By record and name of a value: its field, and the values that it can take.
Places = dict[tuple[str, str], tuple[Mapped, Sequence[str]]]


@cache
def pairs_of(name: str) -> dict[str, tuple[Mapped, ...]]:
    """The mapped fields by record; those of the last record are with the header's."""
    pairs = dict(mapped(name))
    pairs[HEADER] = (*pairs[HEADER], *pairs.pop(TRAILER))
    return pairs


def _can_change(pair: Mapped) -> bool:
    rule = pair.field.rule
    return rule.role != "constant" and rule.argument != MESSAGE_CODE


def places_of(release: str, values: Values, name: str) -> Places:
    """The places in messages of a type and release that allow such values."""
    message = catalogue().one(name)
    return {
        (code, pair.field.name if release == "2.0" else key): (pair, found)
        for code, pairs in pairs_of(name).items()
        for pair in filter(_can_change, pairs)
        for key, element in zip(pair.keys, pair.elements, strict=True)
        if (found := values(message, pair, element))
    }


def on_values(release: str, values: Values) -> Kind:
    """A kind of damage to any one value of a release that allows it."""

    @cache
    def places(name: str) -> Places:
        return places_of(release, values, name)

    def make(specimen: Specimen, draw: Draw) -> Damaged | None:
        known = places(specimen.message.name)
        tree = copied(specimen.trees[release])
        found = [
            (node, name, *known[node.record, name])
            for node in tree.walk()
            for name in node.values
            if (node.record, name) in known
        ]
        if not found:
            return None
        node, name, pair, choice = draw.pick(found)
        node.values[name] = draw.pick(choice)
        return Damaged(write(specimen.message, tree, release), pair.evidence)

    return Kind(make, lambda message: bool(places(message.name)))


def _repeated(name: str) -> dict[str, dict[str, list[Mapped]]]:
    """By record, the fields that share a repeating element."""
    found: dict[str, dict[str, list[Mapped]]] = {}
    for code, pairs in pairs_of(name).items():
        for pair in pairs:
            if pair.keys[0].endswith("]"):
                element = pair.keys[0].partition("[")[0]
                found.setdefault(code, {}).setdefault(element, []).append(pair)
    return found


def _codes_of_both(pair: Mapped) -> list[str]:
    listed = pair.field.codelist
    assert listed is not None
    return sorted(listed.valid("2.0").keys() & listed.valid("2.1").keys())


def _too_often(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Repeat an element once more than 2.0 has fields for."""
    known, tree = _repeated(specimen.message.name), copied(specimen.trees["2.1"])
    nodes = [node for node in tree.walk() if node.record in known]
    if not nodes:
        return None
    node = draw.pick(nodes)
    element, pairs = draw.pick(list(known[node.record].items()))
    codes = _codes_of_both(pairs[0])
    start = draw.between(0, len(codes) - 1)
    for place in range(len(pairs) + 1):
        node.values[f"{element}[{place + 1}]"] = codes[(start + place) % len(codes)]
    return Damaged(write(specimen.message, tree, "2.1"), pairs[0].evidence)


def _key_of(name: str) -> tuple[str, Mapped] | None:
    """The record that others name as their owner, and the field by which they do."""
    for record in catalogue().one(name).records.values():
        if record.key:
            owner, _, field = record.by_name[record.key].rule.argument.partition("/")
            return owner, next(p for p in pairs_of(name)[owner] if p.field.name == field)
    return None


def _key_twice(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Give two owners the same key, so that their records are ambiguous."""
    found = _key_of(specimen.message.name)
    tree = copied(specimen.trees["2.1"])
    nodes = [node for node in tree.walk() if found and node.of(found[0])]
    if not found or not nodes:
        return None
    (owner, pair), node = found, draw.pick(nodes)
    owners = node.of(owner)
    if len(owners) == 1:
        node.children.append(copied(owners[0]))
    for item in node.of(owner):
        item.values[pair.keys[0]] = owners[0].values[pair.keys[0]]
    return Damaged(write(specimen.message, tree, "2.1"), pair.evidence)


def _is_half(message: MessageType, pair: Mapped) -> bool:
    """Whether 2.0 requires another field together with this one."""
    record = message.records[pair.field.record]
    groups = together(message.name).get(record.code, ())
    return any(pair.field in fields for fields, _ in groups) or any(
        field.rule.absent_with == pair.field.name for field in record.fields
    )


@cache
def needed(name: str) -> dict[tuple[str, str], tuple[Mapped, frozenset[str]]]:
    """The fields that are optional in 2.0 and required in 2.1, each with those of its group."""
    message, found = catalogue().one(name), {}
    for code, pairs in pairs_of(name).items():
        for pair in pairs:
            group, _, last = pair.keys[0].rpartition("/")
            required = not pair.elements[0].optional and pair.field.may_be_absent
            if len(pair.keys) > 1 or last.endswith("]") or not required:
                continue
            others = frozenset(
                other.field.name
                for other in pairs
                if other is not pair and group and other.keys[0].startswith(f"{group}/")
            )
            free = pair.field.rule.role == "value" and not pair.field.zero_is_value
            if free and not _is_half(message, pair) and (others or not group):
                found[code, pair.field.name] = pair, others
    return found


def _left_out(specimen: Specimen, draw: Draw) -> Damaged | None:
    known, tree = needed(specimen.message.name), copied(specimen.trees["2.0"])
    found: list[tuple[Node, str, Mapped]] = []
    for node in tree.walk():
        for name in node.values:
            pair, others = known.get((node.record, name), (None, frozenset()))
            if pair and (not others or not others.isdisjoint(node.values)):
                found.append((node, name, pair))
    if not found:
        return None
    node, name, pair = draw.pick(found)
    del node.values[name]
    return Damaged(write(specimen.message, tree, "2.0"), pair.evidence)


REPEATED = Kind(_too_often, lambda message: bool(_repeated(message.name)))
KEY_TWICE = Kind(_key_twice, lambda message: _key_of(message.name) is not None)
LEFT_OUT = Kind(_left_out, lambda message: bool(needed(message.name)))
