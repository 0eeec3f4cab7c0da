"""Locates the return codes of a class, and lists the keys that a class has in each release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import CodeList
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.mapping.field_pairs import mapped
from schemas.message.node import Node
from schemas.xml.layout import leaves

_LIST = "RetourCode"


@dataclass(frozen=True)
class Slots:
    """The keys of a class that hold return codes.

    `keys` lists them where their number is fixed; otherwise `base` is the key of the repeating
    element.
    """

    keys: tuple[str, ...]
    base: str
    may_be_absent: bool
    evidence: str

    @property
    def room(self) -> int:
        """The number of codes that fit; 0 for no limit."""
        return len(self.keys)

    def of(self, node: Node) -> list[str]:
        """Return the codes of a class, in order."""
        if self.keys:
            return [node.get(key) for key in self.keys if node.get(key)]
        return [value for key, value in node.values.items() if key.partition("[")[0] == self.base]

    def key(self, place: int) -> str:
        """Return the key of a code; `place` counts from 1."""
        return self.keys[place - 1] if self.keys else f"{self.base}[{place}]"

    def put(self, node: Node, codes: Sequence[str]) -> None:
        """Write the codes of a class, as many as fit."""
        for place, code in enumerate(codes[: self.room or None], 1):
            node.values[self.key(place)] = code


def _fields(message: MessageType, record: str) -> Iterable[Field]:
    """Return the fields of a record; the header's include the trailer's."""
    codes = (HEADER, TRAILER) if record == HEADER else (record,)
    return [field for code in codes for field in message.records[code].fields if field.has_value]


@cache
def keys_of(name: str, release: str, record: str) -> dict[str, str]:
    """Return the key of each field of a record in a node of a release."""
    message = catalogue().one(name)
    if release == "2.0":
        return {field.name: field.name for field in _fields(message, record)}
    codes = (HEADER, TRAILER) if record == HEADER else (record,)
    return {pair.field.name: pair.keys[0] for code in codes for pair in mapped(name)[code]}


@cache
def all_keys(name: str, release: str, record: str) -> tuple[str, ...]:
    """Return the keys that a class can have in a release, without positions."""
    if release == "2.0":
        return tuple(keys_of(name, release, record))
    return tuple(leaves(name).get(record, ()))


@cache
def slots_of(name: str, release: str, record: str) -> Slots:
    """Return the return code slots of a class in a release."""
    message = catalogue().one(name)
    fields = [field for field in _fields(message, record) if _is_code(field.codelist)]
    fields = [field for field in fields if field.rule.role == "value"]
    if release == "2.0":
        grades = [field.evidence for field in fields]
        return Slots(tuple(field.name for field in fields), "", False, tables.weakest(*grades))
    for key, leaf in leaves(name)[record].items():
        if leaf.element.type and _is_code(leaf.element.type.codelist):
            above = message.elements[leaf.element.path.rpartition("/")[0]]
            return Slots((), key, above.optional, leaf.element.evidence)
    return Slots((), "", True, "A")


def _is_code(found: CodeList | None) -> bool:
    return found is not None and found.name == _LIST
