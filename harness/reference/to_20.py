"""Converts a 2.1 tree to a 2.0 tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from harness.reference import convert_value as mapping
from harness.reference.dropped_fields import dropped_20
from schemas.ei.links import half
from schemas.errors import Refused
from schemas.facts import fills
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Record
from schemas.facts.together import Together, together
from schemas.mapping.field_pairs import mapped
from schemas.message.node import Node

_Step = tuple[str, tuple[str, ...], mapping.Convert]


@dataclass(frozen=True)
class _Plan:
    """How to convert one kind of record; `held` are the elements that have a 2.0 field."""

    steps: tuple[_Step, ...]
    held: frozenset[str]
    records: tuple[Record, ...]
    together: Together


@cache
def _plans(name: str) -> dict[str, _Plan]:
    """The plans of a message type; the fields of the last record come from the header."""
    message, pairs = catalogue().one(name), dict(mapped(name))
    pairs[HEADER] = (*pairs[HEADER], *pairs.pop(TRAILER))
    plans = {}
    for code, found in pairs.items():
        records = (code, TRAILER) if code == HEADER else (code,)
        plans[code] = _Plan(
            steps=tuple(
                (pair.field.name, pair.keys, mapping.to_20(message, pair))
                for pair in found
                if pair.field.rule.role != "constant"
            ),
            held=frozenset(key for pair in found for key in pair.keys),
            records=tuple(message.records[record] for record in records),
            together=together(name).get(code, ()),
        )
    return plans


def _node(plans: dict[str, _Plan], node: Node, above: dict[str, str]) -> Node:
    plan, known = plans[node.record], node.values
    values: dict[str, str] = {}
    for name, keys, convert in plan.steps:
        for key in keys:
            if key in known:
                if (found := known[key]) and (value := convert(found)):
                    values[name] = value
                break
    for key in known:
        # An element that repeats more often than 2.0 has fields for must not be lost silently.
        if key.endswith("]") and key not in plan.held:
            raise Refused("OUT-REPEATED", f"record {node.record} has no field for {key}")
    if plan.together:
        _refuse_halves(plan.together, values)
    above = above | {f"{node.record}/{name}": value for name, value in values.items()}
    for record in plan.records:
        values |= dropped_20(record, values, above)
    result = Node(node.record, values, node.line)
    result.children = [_node(plans, child, above) for child in node.children]
    return result


def _refuse_halves(groups: Together, values: dict[str, str]) -> None:
    for fields, _ in groups:
        if found := half(fields, values):
            missing, present = found
            what = f"{missing.name} of record {missing.record} must be filled, as {present.name} is"
            raise Refused("OUT-REQUIRED", what)


def tree_20(message: MessageType, root: Node) -> Node:
    """The 2.0 tree of a 2.1 tree; raises Refused for what 2.0 cannot hold."""
    result = _node(_plans(message.name), root, {})
    code = fills.header_code(message.name)
    if code:
        result.values.setdefault(code.field, code.value)
    return result
