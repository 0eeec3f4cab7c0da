"""Where an expression stands: a class of a message type in a release, and what it can name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from schemas import tables
from schemas.errors import TableError
from schemas.mapping import Mapped, mapped
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import HEADER, TRAILER, Field
from schemas.rules.history import Key, State
from schemas.simple_types import SimpleType
from schemas.xml_layout import leaves

# The nodes from the header down to the class that is judged.
Chain = tuple[Node, ...]
Run = Callable[[Chain, State], Any]
KeyRun = Callable[[Chain, State], Key]
ROOT = "Bericht"
TEXT, NUMBER, DATE, BOOL = "text", "number", "date", "yes or no"


@dataclass(frozen=True)
class Placement:
    """A class at its place: the records and the names of the classes from the header down."""

    records: tuple[str, ...]
    names: tuple[str, ...]

    def named(self, where: str) -> bool:
        """Whether it is meant by a name, or by one with its owner (`Relatie/Contact`)."""
        wanted = tuple(where.split("/"))
        return self.names[-len(wanted) :] == wanted


def _class_name(path: str, record: str) -> str:
    return path.rpartition("/")[2] or record


@cache
def placements(name: str) -> tuple[Placement, ...]:
    """The classes of a message type, the header first; a class with two owners stands twice."""
    message = catalogue().one(name)
    found = [Placement((HEADER,), (ROOT,))]
    for above in found:
        for record in message.records.values():
            label = _class_name(record.container, record.code)
            if record.parent == above.records[-1]:
                found.append(Placement((*above.records, record.code), (*above.names, label)))
            elif (
                record.keyed_container
                and _owner(message, record.key, record.code) == (above.records[-1])
            ):
                label = _class_name(record.keyed_container, record.code)
                found.append(Placement((*above.records, record.code), (*above.names, label)))
    return tuple(found)


def _owner(message: MessageType, key: str, record: str) -> str:
    return message.field(record, key).rule.argument.partition("/")[0]


@dataclass(frozen=True)
class Spot:
    """An element that an expression names: its node, its key there, its type and its evidence."""

    depth: int
    record: str
    key: str
    kind: str
    evidence: str
    field: Field | None
    run: Run


@dataclass
class Shared:
    """What the scopes of a book have in common: what was compiled at which place, and keys."""

    registers: Mapping[str, str]
    compiled: dict[object, Any] = field(default_factory=dict)
    keys: dict[tuple[Run, ...], KeyRun] = field(default_factory=dict)


@dataclass
class Scope:
    """What an expression of a row can name.

    `evidence` gathers the grades of what it names, `named` the record and the key there.
    """

    message: MessageType
    release: str
    placement: Placement
    where: str
    shared: Shared
    evidence: list[str] = field(default_factory=list)
    named: set[tuple[str, str]] = field(default_factory=set)

    def below(self, placement: Placement) -> Scope:
        """The same at another class; what is named there counts here too."""
        return Scope(
            self.message,
            self.release,
            placement,
            self.where,
            self.shared,
            self.evidence,
            self.named,
        )

    def error(self, code: str, what: str) -> TableError:
        """An error at the row that the expression stands in."""
        where = f"{self.message.name} {'/'.join(self.placement.names)} in {self.release}"
        return TableError(code, f"{what} ({where})", self.where)

    def depth_of(self, name: str) -> int:
        """How deep the nearest class of a name stands, of this one and those above it."""
        names = self.placement.names
        for depth in range(len(names) - 1, -1, -1):
            if names[depth] == name:
                return depth
        raise self.error("TABLE-PATH", f"no class {name} here or above")

    def find(self, path: str) -> Spot | None:
        """The element of a path, or None where this release has no place for it."""
        owner, colon, key = path.rpartition(":")
        depth = self.depth_of(owner) if colon else len(self.placement.names) - 1
        if key.startswith("Header/"):
            depth = 0
        record = self.placement.records[depth]
        elsewhere = key in leaves(self.message.name).get(record, {}) if self.message.root else False
        found = _spot(self.message.name, self.release, record, key)
        if found is None and not elsewhere:
            raise self.error("TABLE-PATH", f"no element {path}")
        return _at(found, depth) if found else None

    def spot(self, path: str) -> Spot:
        """The element of a path; raises TableError where this release has no place for it."""
        found = self.find(path)
        if found is None:
            raise self.error("TABLE-PATH", f"{path} has no place in this release")
        self.evidence.append(found.evidence)
        self.named.add((found.record, found.key))
        mark = (self.message.name, self.release, self.placement, path)
        shared: Spot = self.shared.compiled.setdefault(mark, found)
        return shared

    def classes(self, name: str, top: bool = False) -> list[Placement]:
        """The classes of a name below this one, or anywhere in the message."""
        above = () if top else self.placement.records
        found = [
            item
            for item in placements(self.message.name)
            if item.named(name) and item.records[: len(above)] == above
        ]
        found = [item for item in found if len(item.records) > len(above)]
        if not found:
            raise self.error("TABLE-PATH", f"no class {name} below")
        return found

    def grade(self) -> str:
        """The weakest of the facts that were named."""
        return tables.weakest(*self.evidence)


def _kind(type_: SimpleType) -> str:
    if type_.base == "date":
        return DATE
    return NUMBER if type_.is_number else TEXT


def _pairs(name: str, record: str) -> Iterator[Mapped]:
    for code in (HEADER, TRAILER) if record == HEADER else (record,):
        yield from mapped(name).get(code, ())


@cache
def _spot(name: str, release: str, record: str, key: str) -> Spot | None:
    message = catalogue().one(name)
    if message.root is None:
        own = message.records[record].by_name.get(key) if release == "2.0" else None
        return _of_field(own, record, key, None) if own else None
    if release == "2.1":
        leaf = leaves(name).get(record, {}).get(key)
        if leaf is None or leaf.element.type is None:
            return None
        grade = tables.weakest(leaf.element.evidence, leaf.element.type.evidence)
        return Spot(-1, record, key, _kind(leaf.element.type), grade, None, missing)
    pair = next((item for item in _pairs(name, record) if item.keys == (key,)), None)
    return _of_field(pair.field, record, pair.field.name, pair) if pair else None


def _of_field(own: Field, record: str, key: str, pair: Mapped | None) -> Spot:
    kind = _kind(pair.elements[0].type) if pair and pair.elements[0].type else TEXT
    return Spot(-1, record, key, kind, own.evidence, own, missing)


def missing(_: Chain, __: State) -> None:
    """What an element gives that is never there."""
    return


def _at(spot: Spot, depth: int) -> Spot:
    key = spot.key

    def text(chain: Chain, _: State) -> str | None:
        return chain[depth].own.get(key)

    def number(chain: Chain, _: State) -> int | None:
        found = chain[depth].own.get(key)
        return int(found) if found is not None and found.isascii() and found.isdigit() else None

    run: Run = number if spot.kind == NUMBER else text
    if spot.field is not None and spot.field.rule.map:
        run = _coded(spot, depth)
    return Spot(depth, spot.record, key, spot.kind, spot.evidence, spot.field, run)


def _coded(spot: Spot, depth: int) -> Run:
    """The code that 2.1 has for one of 2.0."""
    assert spot.field is not None
    known = {row.code_20: row.code_21 for row in spot.field.rule.map}
    key = spot.key

    def run(chain: Chain, _: State) -> str | None:
        found = chain[depth].own.get(key)
        return None if found is None else known.get(found, found)

    return run
