"""Resolves the elements that expressions name to keys of nodes, for each release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.simple_types import SimpleType
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node
from schemas.rules.registers.history import Key, State
from schemas.xml.layout import leaves

# The nodes from the header down to the class under evaluation.
Chain = tuple[Node, ...]
Evaluator = Callable[[Chain, State], Any]
KeyEvaluator = Callable[[Chain, State], Key]
TEXT, NUMBER, DATE, BOOL = "text", "number", "date", "yes or no"


@dataclass(frozen=True)
class ElementRef:
    """A resolved reference to an element.

    `depth` is the index of its node in a chain, `key` its key in that node's values, and `kind` its
    value type. `field` is its 2.0 field, if it has one.
    """

    depth: int
    record: str
    key: str
    kind: str
    evidence: str
    field: Field | None
    run: Evaluator


def _kind(type_: SimpleType) -> str:
    if type_.base == "date":
        return DATE
    return NUMBER if type_.is_number else TEXT


def _pairs(name: str, record: str) -> Iterator[Mapped]:
    for code in (HEADER, TRAILER) if record == HEADER else (record,):
        yield from mapped(name).get(code, ())


@cache
def element_ref(name: str, release: str, record: str, key: str) -> ElementRef | None:
    """Resolve a key in a record of a message type; None if the release has no such element."""
    message = catalogue().one(name)
    if message.root is None:
        own = message.records[record].by_name.get(key) if release == "2.0" else None
        return _of_field(own, record, key, None) if own else None
    if release == "2.1":
        leaf = leaves(name).get(record, {}).get(key)
        if leaf is None or leaf.element.type is None:
            return None
        grade = tables.weakest(leaf.element.evidence, leaf.element.type.evidence)
        return ElementRef(-1, record, key, _kind(leaf.element.type), grade, None, missing)
    pair = next((item for item in _pairs(name, record) if item.keys == (key,)), None)
    return _of_field(pair.field, record, pair.field.name, pair) if pair else None


def _of_field(own: Field, record: str, key: str, pair: Mapped | None) -> ElementRef:
    kind = _kind(pair.elements[0].type) if pair and pair.elements[0].type else TEXT
    return ElementRef(-1, record, key, kind, own.evidence, own, missing)


def missing(_: Chain, __: State) -> None:
    """Evaluator of an element that the release does not have."""
    return


def at_depth(ref: ElementRef, depth: int) -> ElementRef:
    """Bind an element to the node at a depth of the chain."""
    key = ref.key

    def text(chain: Chain, _: State) -> str | None:
        return chain[depth].values.get(key)

    def number(chain: Chain, _: State) -> int | None:
        found = chain[depth].values.get(key)
        return int(found) if found is not None and found.isascii() and found.isdigit() else None

    run: Evaluator = number if ref.kind == NUMBER else text
    if ref.field is not None and ref.field.rule.map:
        run = _coded(ref, depth)
    return ElementRef(depth, ref.record, key, ref.kind, ref.evidence, ref.field, run)


def _coded(ref: ElementRef, depth: int) -> Evaluator:
    """Evaluator that maps a 2.0 code to its 2.1 code."""
    assert ref.field is not None
    known = {row.code_20: row.code_21 for row in ref.field.rule.map}
    key = ref.key

    def run(chain: Chain, _: State) -> str | None:
        found = chain[depth].values.get(key)
        return None if found is None else known.get(found, found)

    return run
