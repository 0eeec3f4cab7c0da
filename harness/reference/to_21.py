"""Converts a 2.0 tree to a 2.1 tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import call

from harness.reference import convert_value as mapping
from harness.reference.fast.write_21 import straight_21
from harness.reference.filled_elements import filled, is_left_out
from schemas.facts import fills
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.message.node import Node
from schemas.message.value_pick import MOST_KEPT, Pick, picker
from schemas.reading import Reading
from schemas.xml import write as xml_write

# Converts a field that maps to one of several elements; returns the key and the value.
_Split = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class _Shape:
    """How to convert a record in which certain fields are filled.

    `pick` takes the values for `keys`, in order, and `converts` has a function for each; `splits`
    choose their own keys. `apart` are repeating elements with an empty 2.0 field between filled
    ones.
    """

    keys: tuple[str, ...]
    pick: Pick
    converts: tuple[mapping.Convert, ...]
    splits: tuple[tuple[str, _Split], ...]
    apart: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class _Plan:
    """How to convert one kind of record."""

    single: tuple[tuple[str, str, mapping.Convert], ...]
    splits: tuple[tuple[str, _Split], ...]
    fills: tuple[fills.Only21, ...]
    repeated: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=MOST_KEPT)
def _shape(plan: _Plan, present: tuple[str, ...]) -> _Shape:
    """The steps for a record in which certain fields are filled."""
    single = [step for step in plan.single if step[0] in present]
    keys = tuple(key for _, key, _ in single)
    return _Shape(
        keys=keys,
        pick=picker([name for name, _, _ in single]),
        converts=tuple(convert for _, _, convert in single),
        splits=tuple(step for step in plan.splits if step[0] in present),
        apart=tuple(group for group in plan.repeated if _is_apart(group, keys)),
    )


def _plan(message: MessageType, record: str, pairs: Sequence[Mapped]) -> _Plan:
    pairs = [pair for pair in pairs if pair.field.rule.role != "constant"]
    single = [pair for pair in pairs if len(pair.keys) == 1]
    only_21 = fills.only_21(message.name).get(record, ())
    return _Plan(
        single=tuple((pair.field.name, pair.keys[0], mapping.value_21(pair)) for pair in single),
        splits=tuple(
            (pair.field.name, mapping.to_21(pair)) for pair in pairs if len(pair.keys) > 1
        ),
        fills=tuple(item for item in only_21 if item.template),
        repeated=_repeated(pair.keys[0] for pair in single),
    )


def _repeated(keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The keys of each repeating element, in order."""
    found: dict[str, list[str]] = {}
    for key in keys:
        if key.endswith("]"):
            found.setdefault(key.partition("[")[0], []).append(key)
    return tuple(tuple(sorted(group)) for group in found.values())


def _is_apart(group: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    """Whether a key is missing before another one."""
    found = [key in keys for key in group]
    return found != sorted(found, reverse=True)


def _close_up(values: dict[str, str], apart: tuple[tuple[str, ...], ...]) -> None:
    """Renumber repeating elements without gaps."""
    for keys in apart:
        found = [values.pop(key) for key in keys if key in values]
        values.update(zip(keys, found, strict=False))


@cache
def _plans(name: str) -> dict[str, _Plan]:
    """The plans of a message type; the fields of the last record are with the header's."""
    message, pairs = catalogue().one(name), dict(mapped(name))
    pairs[HEADER] = (*pairs[HEADER], *pairs.pop(TRAILER))
    return {code: _plan(message, code, found) for code, found in pairs.items()}


@cache
def _constants(name: str) -> dict[str, str]:
    """The 2.1 values that are the same in every message."""
    fields = [(pair.keys[0], pair.field.rule) for pair in mapped(name)[HEADER]]
    return {key: rule.back for key, rule in fields if rule.role == "constant"}


def _node(plans: Mapping[str, _Plan], node: Node, root: Node) -> Node:
    plan, known = plans[node.record], node.values
    shape = _shape(plan, tuple(known))
    found = map(call, shape.converts, shape.pick(known))
    values = dict(zip(shape.keys, found, strict=True))
    for name, split in shape.splits:
        key, value = split(known[name])
        values[key] = value
    if shape.apart:
        _close_up(values, shape.apart)
    for item in plan.fills:
        values[item.key] = filled(item, node, root)
    result = Node(node.record, values, node.line)
    if node.children:
        result.children = [_node(plans, child, root) for child in node.children]
    return result


def tree_21(message: MessageType, root: Node) -> Node:
    """The 2.1 tree of a 2.0 tree; raises Refused for what 2.1 cannot hold."""
    result = _node(_plans(message.name), root, root)
    result.values |= _constants(message.name)
    code = fills.header_code(message.name)
    if code and is_left_out(code, result.values):
        del result.values[f"{code.key}[1]"]
    return result


def message_21(reading: Reading) -> bytes:
    """The 2.1 message of a parsed 2.0 message; raises Refused for what 2.1 cannot hold."""
    if reading.rows and (data := straight_21(reading.rows)):
        return data
    assert reading.message
    assert reading.root
    return xml_write.write(reading.message, tree_21(reading.message, reading.root))
