"""What must be removed from a record together: elements of 2.1 and their fields in 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generators.content.derive import pairs_by_record
from generators.planning.plan import only_20
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.records import COMMENT, Field
from schemas.facts.simple_types import NOT_BLANK, SimpleType
from schemas.mapping.field_pairs import Mapped
from schemas.xml.layout import Group, Leaf, layout, leaves

# Keys of a record's nodes in either release.
Part = frozenset[str]


@cache
def parts(name: str) -> dict[str, tuple[Part, ...]]:
    """Return what can be removed from each record of a message type, the largest parts first."""
    message, pairs = catalogue().one(name), pairs_by_record(name)
    found: dict[str, list[Part]] = {record: [] for record in message.records}
    for record, keys in _optional(name):
        found[record].append(_with_fields(keys, pairs[record], name))
    for record, slots in only_20(name).items():
        found[record] += [frozenset({slot.field.name}) for slot in slots]
    comment = message.records.get(COMMENT)
    for record in comment.comments_on if comment else ():
        found[record] += [frozenset({key}) for key in _comment_only_20(name)]
    return {
        record: tuple(sorted(dict.fromkeys(listed), key=len, reverse=True))
        for record, listed in found.items()
    }


def _comment_only_20(name: str) -> list[str]:
    """Return the keys of a comment's 2.0-only fields."""
    return [f"{COMMENT}/{slot.field.name}" for slot in only_20(name).get(COMMENT, ())]


def _with_fields(keys: Part, pairs: tuple[Mapped, ...], name: str) -> Part:
    """Extend elements with their 2.0 fields, and with the other elements of these fields."""
    found = set(keys)
    for pair in pairs:
        if not keys.isdisjoint(pair.keys):
            found |= {pair.field.name, *pair.keys}
            if pair.field.record == COMMENT:
                found |= set(_comment_only_20(name))
    return frozenset(found)


def _optional(name: str) -> Iterator[tuple[str, Part]]:
    """Yield the keys of all optional elements and groups, with their record."""

    def walk(group: Group, record: str) -> Iterator[tuple[str, Part]]:
        for member in group.members:
            if isinstance(member, Group) and member.record:
                yield from walk(member, member.record)
                continue
            keys = list(_keys(member, name, record))
            if member.element.optional and keys:
                yield record, frozenset(keys)
            if isinstance(member, Group):
                yield from walk(member, record)
            elif member.repeats:
                yield from ((record, frozenset({key})) for key in keys)

    root = layout(name)
    return walk(root, root.record)


def _keys(member: Leaf | Group, name: str, record: str) -> Iterator[str]:
    """Yield the keys of an element, or of all in a group except those of classes below it."""
    if isinstance(member, Group):
        for below in member.members:
            if isinstance(below, Leaf) or not below.record:
                yield from _keys(below, name, record)
    elif member.repeats:
        pairs = pairs_by_record(name)[record]
        yield from (key for pair in pairs for key in pair.keys if key.startswith(f"{member.key}["))
    else:
        yield member.key


@cache
def repeated(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the keys of each repeating element and of its fields, in order, by record."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for record, pairs in pairs_by_record(name).items():
        groups: dict[str, list[Mapped]] = {}
        for pair in pairs:
            if pair.keys[0].endswith("]"):
                groups.setdefault(pair.keys[0].partition("[")[0], []).append(pair)
        for group in groups.values():
            fields = tuple(pair.field.name for pair in group)
            found[record] = (
                *found.get(record, ()),
                tuple(pair.keys[0] for pair in group),
                fields,
            )
    return found


@dataclass(frozen=True)
class FreeText:
    """A text of any length from the least: its key, and its own key in each release."""

    key: str
    own: dict[str, str]
    least: int


@cache
def free_texts(name: str) -> dict[str, tuple[FreeText, ...]]:
    """Return the free texts of each record of a message type."""
    found: dict[str, list[FreeText]] = {record: [] for record in catalogue().one(name).records}
    for record, listed in leaves(name).items():
        fields = {pair.keys[0]: pair.field.name for pair in pairs_by_record(name)[record]}
        found[record] += [
            FreeText(
                key, {"2.0": fields.get(key, ""), "2.1": key}, leaf.element.type.min_length or 1
            )
            for key, leaf in listed.items()
            if leaf.element.type and _is_free(leaf.element, leaf.element.type)
        ]
    for record, slots in only_20(name).items():
        names = [slot.field.name for slot in slots if _is_text(slot.field)]
        found[record] += [FreeText(own, {"2.0": own, "2.1": ""}, 1) for own in names]
    return {record: tuple(listed) for record, listed in found.items()}


def _is_free(element: Element, kind: SimpleType) -> bool:
    is_plain = kind.base == "string" and kind.codelist is None and not element.pattern
    return is_plain and kind.pattern in ("", NOT_BLANK)


def _is_text(field: Field) -> bool:
    return not field.is_number and field.codelist is None
