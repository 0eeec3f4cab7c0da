"""The coverage list: everything that messages of a type can contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.planning.plan import (
    FieldSlot,
    GroupSlot,
    LeafSlot,
    comment_slot,
    count_of,
    only_20,
    plan,
)
from generators.planning.rule_constraints import forbidden
from generators.planning.targets import matches
from generators.values.specs import Spec
from schemas.ei.layout import allowed_codes
from schemas.facts import table_rows as tables
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field, Record
from schemas.mapping.field_pairs import Mapped, mapped

_FOLDER = Path(__file__).parent
COUNT, LENGTH = "count", "length"
_KINDS = (COUNT, LENGTH, "match", "with")
# Values that other draws determine, so that their bounds cannot be drawn independently.
_DECIDED = re.compile(
    r".*(Datum|datum|tijd|Dagtekening|Bsn|Afzender|Ontvanger|Gemeente|Servicebureau|BtwIDNummer"
    r"|Aanbieder|ReferentieNummer|Bedrag|BtwPercentage|Nummer|Referentie\w*|Product/Code"
    r"|ProductCode)"
)


@dataclass(frozen=True)
class Feature:
    """Something that messages should show, if the type has its target."""

    name: str
    kind: str
    target: str
    argument: str


@dataclass(frozen=True)
class Item:
    """A value to watch: its label, its location, and which of its aspects are on the list."""

    label: str
    record: str
    key: str
    in_20: bool
    may_be_absent: bool
    codes: str
    element: Element | None
    ends: tuple[str, ...]


@cache
def features() -> tuple[Feature, ...]:
    """Return the features on the list."""
    return tuple(map(_feature, tables.rows("coverage", _FOLDER)))


def _feature(row: tables.Row) -> Feature:
    kind = row.one_of("kind", _KINDS)
    argument = str(row.number("argument")) if kind in (COUNT, LENGTH) else row["argument"]
    return Feature(row["feature"], kind, row["target"], argument)


def _leaf_slots(slot: GroupSlot, record: str, absent: bool) -> Iterator[tuple[str, LeafSlot, bool]]:
    """Yield the elements of a plan with their record, and whether a group of them is optional."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            yield record, member, absent
        elif member.record:
            yield from _leaf_slots(member, member.record, False)
        else:
            yield from _leaf_slots(member, record, absent or member.may_be_absent)


@cache
def _pairs(name: str) -> dict[tuple[str, str], tuple[Mapped, ...]]:
    """Return the fields of each element; a repeating one has several."""
    found: dict[tuple[str, str], tuple[Mapped, ...]] = {}
    for record, pairs in mapped(name).items():
        owner = HEADER if record == TRAILER else record
        for pair in pairs:
            for key in pair.keys:
                place = owner, key.partition("[")[0]
                found[place] = (*found.get(place, ()), pair)
    return found


def _ends(spec: Spec) -> tuple[str, ...]:
    if spec.fixed or spec.codes or _DECIDED.fullmatch(spec.name):
        return ()
    if spec.base == "integer":
        return tuple(f"= {number}" for number in sorted({spec.lowest, spec.highest}))
    if spec.base == "string" and spec.longest:
        return tuple(f"length {length}" for length in sorted({spec.shortest, spec.longest}))
    return ()


def _element_item(message: MessageType, record: str, leaf: LeafSlot, absent: bool) -> Item:
    element = message.elements[leaf.spec.name]
    listed = element.type.codelist if element.type else None
    return Item(
        label=f"2.1 {record} {leaf.key}",
        record=record,
        key=leaf.key,
        in_20=False,
        may_be_absent=leaf.spec.may_be_absent or absent,
        codes=listed.name if listed and leaf.spec.codes and not leaf.spec.fixed else "",
        element=element,
        ends=_ends(leaf.spec),
    )


def _mapped_item(record: str, pair: Mapped, leaf: LeafSlot, absent: bool) -> Item:
    field = pair.field
    return Item(
        label=f"2.0 {record} {field.name}",
        record=record,
        key=field.name,
        in_20=True,
        may_be_absent=field.may_be_absent and (leaf.spec.may_be_absent or absent),
        codes=field.codelist.name if field.codelist and not leaf.spec.fixed else "",
        element=pair.elements[0],
        ends=tuple(end for end in _ends(leaf.spec) if not field.is_number),
    )


def _field_item(record: str, slot: FieldSlot, owner: str = "") -> Item:
    """Return the item of a 2.0-only field; one of a comment belongs to the commented record."""
    field = slot.field
    listed = field.codelist.name if field.codelist else ""
    return Item(
        label=f"2.0 {record} {field.name}",
        record=owner or record,
        key=f"{record}/{field.name}" if owner else field.name,
        in_20=True,
        may_be_absent=slot.spec.may_be_absent,
        codes=listed,
        element=None,
        ends=(),
    )


def items(message: MessageType, release: str) -> Iterator[Item]:
    """Yield the values to watch; for `both` those of 2.1 and the 2.0-only ones."""
    if message.root is not None:
        pairs = _pairs(message.name)
        for record, leaf, absent in _leaf_slots(plan(message.name, release), HEADER, False):
            if release != "2.0":
                yield _element_item(message, record, leaf, absent)
                continue
            for pair in pairs.get((record, leaf.key), ()):
                if pair.field.rule.role in ("value", "comment-text"):
                    yield _mapped_item(record, pair, leaf, absent)
    if message.root is None and (comment := comment_slot(message.name)):
        owners = message.records[comment.field.record].comments_on
        yield from (_field_item(owner, comment) for owner in owners)
    if release != "2.1" or message.root is None:
        for record, slots in only_20(message.name).items():
            on = message.records[record].comments_on
            yield from (_field_item(record, slot, owner) for slot in slots for owner in on or ("",))


def codes(message: MessageType, release: str) -> Iterator[str]:
    """Yield the codes of each list that messages of a type can use, as `list code`."""
    if message.root is not None and release != "2.0":
        for _, leaf, _ in _leaf_slots(plan(message.name, release), HEADER, False):
            element = message.elements[leaf.spec.name]
            if element.type and element.type.codelist and not leaf.spec.fixed:
                yield from (f"{element.type.codelist.name} {code}" for code in leaf.spec.codes)
        if release == "2.1":
            return
    for record in message.records.values():
        for field in record.fields:
            wanted = release == "2.0" or message.root is None or not field.paths
            if wanted and field.codelist and field.rule.argument != "berichtcode":
                allowed = allowed_codes(message, field) or frozenset()
                banned = _banned(message, record, field)
                yield from (f"{field.codelist.name} {code}" for code in sorted(allowed - banned))


def _banned(message: MessageType, record: Record, field: Field) -> frozenset[str]:
    """Return the codes of a field that rules forbid."""
    paths = [f"{record.container}/{path}" for path in field.paths]
    return frozenset().union(*(forbidden(message.name, path) for path in paths))


def applies(message: MessageType, release: str, feature: Feature) -> bool:
    """Whether messages of a type can show a feature."""
    if feature.kind == "count":
        kinds = [item for item in message.records.values() if item.name == feature.target]
        if not kinds:
            return False
        low, high = count_of(message, kinds[0].code)
        return low <= int(feature.argument) <= high
    targets = [feature.target]
    elements = list(message.elements.values())
    if feature.kind == "with":
        name, _, code = feature.argument.partition("=")
        targets.append(name)
        elements = [item for item in elements if code not in forbidden(message.name, item.path)]
    if release == "2.0":
        pairs = [pair for found in mapped(message.name).values() for pair in found]
        said = {element.path for pair in pairs for element in pair.elements}
        elements = [element for element in elements if element.path in said]
    return all(any(matches(item, target) for item in elements) for target in targets)
