"""A 2.0 tree as a 2.1 tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from schemas import fills, mapping
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import HEADER, TRAILER

# How a field goes to 2.1: its name, then the key that takes it as it is, or else a table of codes
# and the function for what the table lacks.
_Convert = Callable[[str], tuple[str, str]]
_Step = tuple[str, str, Mapping[str, tuple[str, str]], _Convert]


@dataclass(frozen=True)
class _Plan:
    """What to do for one kind of record."""

    steps: tuple[_Step, ...]
    fills: tuple[fills.Only21, ...]
    repeated: tuple[tuple[str, ...], ...]


def _step(message: MessageType, pair: mapping.Mapped) -> _Step:
    convert = mapping.to_21(pair)
    if mapping.direct_21(pair):
        return pair.field.name, pair.keys[0], {}, convert
    return pair.field.name, "", mapping.table_21(message, pair), convert


def _plan(message: MessageType, record: str, pairs: Sequence[mapping.Mapped]) -> _Plan:
    steps = [_step(message, pair) for pair in pairs if pair.field.rule.role != "constant"]
    only_21 = fills.only_21(message.name).get(record, ())
    return _Plan(
        tuple(steps),
        tuple(item for item in only_21 if item.template),
        _repeated(key for pair in pairs for key in pair.keys),
    )


def _repeated(keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The keys of each element that repeats, in order."""
    found: dict[str, list[str]] = {}
    for key in keys:
        if key.endswith("]"):
            found.setdefault(key.partition("[")[0], []).append(key)
    return tuple(tuple(sorted(group)) for group in found.values())


def _close_up(values: dict[str, str], repeated: tuple[tuple[str, ...], ...]) -> None:
    """Let what repeats stand together, where 2.0 has left one of its fields empty."""
    for keys in repeated:
        found = [values.pop(key) for key in keys if key in values]
        values.update(zip(keys, found, strict=False))


@cache
def _plans(name: str) -> dict[str, _Plan]:
    """The plans of a message type; the last record's fields go with the header's."""
    message, pairs = catalogue().one(name), dict(mapping.mapped(name))
    pairs[HEADER] = (*pairs[HEADER], *pairs.pop(TRAILER))
    return {code: _plan(message, code, found) for code, found in pairs.items()}


@cache
def _constants(name: str) -> dict[str, str]:
    """The values of 2.1 that are the same in every message."""
    fields = [(pair.keys[0], pair.field.rule) for pair in mapping.mapped(name)[HEADER]]
    return {key: rule.back for key, rule in fields if rule.role == "constant"}


def _node(plans: Mapping[str, _Plan], node: Node, root: Node) -> Node:
    plan, known = plans[node.record], node.values.get
    values: dict[str, str] = {}
    for name, key, table, convert in plan.steps:
        raw = known(name)
        if raw is None:
            continue
        if key:
            values[key] = raw
        else:
            found, value = table.get(raw) or convert(raw)
            values[found] = value
    if plan.repeated:
        _close_up(values, plan.repeated)
    for item in plan.fills:
        values[item.key] = item.fill(node, root)
    result = Node(node.record, values, node.line)
    if node.children:
        result.children = [_node(plans, child, root) for child in node.children]
    return result


def tree_21(message: MessageType, root: Node) -> Node:
    """The 2.1 tree of a 2.0 tree; raises Refused for what 2.1 cannot hold."""
    result = _node(_plans(message.name), root, root)
    result.values |= _constants(message.name)
    code = fills.header_code(message.name)
    if code and code.leave_out(result.values):
        del result.values[f"{code.key}[1]"]
    return result
