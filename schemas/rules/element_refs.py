"""The elements that expressions name, as the nodes of each release hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas.facts import table_rows as tables
from schemas.facts.message_types import catalogue
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.simple_types import SimpleType
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node
from schemas.rules.registers.history import Key, State
from schemas.xml.layout import leaves

# The nodes from the header down to the class that is judged.
Chain = tuple[Node, ...]
Run = Callable[[Chain, State], Any]
KeyRun = Callable[[Chain, State], Key]
TEXT, NUMBER, DATE, BOOL = "text", "number", "date", "yes or no"


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


def _kind(type_: SimpleType) -> str:
    if type_.base == "date":
        return DATE
    return NUMBER if type_.is_number else TEXT


def _pairs(name: str, record: str) -> Iterator[Mapped]:
    for code in (HEADER, TRAILER) if record == HEADER else (record,):
        yield from mapped(name).get(code, ())


@cache
def spot_of(name: str, release: str, record: str, key: str) -> Spot | None:
    """The element of a key in a record of a message type, or None where a release lacks it."""
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


def at_depth(spot: Spot, depth: int) -> Spot:
    """The element in a class so deep."""
    key = spot.key

    def text(chain: Chain, _: State) -> str | None:
        return chain[depth].values.get(key)

    def number(chain: Chain, _: State) -> int | None:
        found = chain[depth].values.get(key)
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
        found = chain[depth].values.get(key)
        return None if found is None else known.get(found, found)

    return run
