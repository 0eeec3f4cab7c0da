"""The reference converter: one more system under test, driven by the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from schemas import ei_read, ei_write, fills, mapping, xml_read, xml_write
from schemas.errors import Refused
from schemas.faults import Fault
from schemas.finding_codes import finding_codes
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import HEADER, TRAILER

Converter = Callable[[str], tuple[str, str]]


@cache
def _forward(name: str) -> dict[str, tuple[tuple[str, Converter], ...]]:
    """For each record the functions from its fields to keys and values of 2.1."""
    return {
        code: tuple(
            (pair.field.name, mapping.to_21(pair))
            for pair in pairs
            if pair.field.rule.role != "constant"
        )
        for code, pairs in mapping.mapped(name).items()
    }


@cache
def _constants(name: str) -> dict[str, str]:
    """The values of 2.1 that are the same in every message."""
    pairs = mapping.mapped(name)[HEADER]
    return {
        pair.keys[0]: pair.field.rule.back for pair in pairs if pair.field.rule.role == "constant"
    }


def _parts(node: Node) -> tuple[str, ...]:
    """The records whose values stand in a node: the header holds those of the last one too."""
    return (HEADER, TRAILER) if node.record == HEADER else (node.record,)


def _node_21(message: MessageType, node: Node, root: Node) -> Node:
    values: dict[str, str] = {}
    for part in _parts(node):
        for name, convert in _forward(message.name)[part]:
            raw = node.values.get(name)
            if raw is not None:
                key, value = convert(raw)
                values[key] = value
    for item in fills.only_21(message.name).get(node.record, ()):
        if item.template:
            values[item.key] = item.fill(node, root)
    result = Node(node.record, values, node.line)
    result.children = [_node_21(message, child, root) for child in node.children]
    return result


def tree_21(message: MessageType, root: Node) -> Node:
    """The 2.1 tree of a 2.0 tree; raises Refused for what 2.1 cannot hold."""
    result = _node_21(message, root, root)
    result.values |= _constants(message.name)
    code = fills.header_code(message.name)
    if code and code.leave_out(result.values):
        del result.values[f"{code.key}[1]"]
    return result


@cache
def _back(name: str) -> dict[str, tuple[tuple[str, tuple[str, ...], mapping.Convert], ...]]:
    """For each record the functions from the values of 2.1 to its fields."""
    message = catalogue().one(name)
    return {
        code: tuple(
            (pair.field.name, pair.keys, mapping.to_20(message, pair))
            for pair in pairs
            if pair.field.rule.role != "constant"
        )
        for code, pairs in mapping.mapped(name).items()
    }


def _node_20(message: MessageType, node: Node, above: dict[str, str]) -> Node:
    values: dict[str, str] = {}
    for part in _parts(node):
        for name, keys, convert in _back(message.name)[part]:
            found = next((node.values[key] for key in keys if key in node.values), "")
            if found and (value := convert(found)):
                values[name] = value
    _refuse_fourth(message, node)
    above = above | {f"{node.record}/{name}": value for name, value in values.items()}
    for part in _parts(node):
        values |= mapping.dropped_20(message.records[part], values, above)
    result = Node(node.record, values, node.line)
    result.children = [_node_20(message, child, above) for child in node.children]
    return result


def _refuse_fourth(message: MessageType, node: Node) -> None:
    """Refuse what repeats more often in 2.1 than 2.0 has fields for."""
    held = {
        key for part in _parts(node) for _, keys, _ in _back(message.name)[part] for key in keys
    }
    for key in node.values:
        if key.endswith("]") and key not in held:
            raise Refused("OUT-REPEATED", f"record {node.record} has no field for {key}")


def tree_20(message: MessageType, root: Node) -> Node:
    """The 2.0 tree of a 2.1 tree; raises Refused for what 2.0 cannot hold."""
    result = _node_20(message, root, {})
    code = fills.header_code(message.name)
    if code:
        result.values.setdefault(code.field, code.value)
    return result


def _refuse_faults(faults: Iterable[Fault]) -> None:
    codes = finding_codes()
    for fault in faults:
        if not codes[fault.code].tolerated:
            what = f"{fault.actual!r} where {fault.expected} was expected"
            raise Refused(fault.code, what, fault.where)


def _refuse_type(message: MessageType) -> None:
    if not message.convertible:
        what = f"{message.name} is not converted: it stays {message.format_21} in 2.1"
        raise Refused("OUT-NOT-CONVERTED", what)


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from one release (`2.0`, `2.1`) to the other.

    Raises Refused, with a reason, for what cannot be read or cannot be held by the target.
    """
    if (source, target) not in (("2.0", "2.1"), ("2.1", "2.0")):
        raise Refused("OUT-RELEASE", f"no conversion from {source} to {target}")
    reading = ei_read.read(data) if source == "2.0" else xml_read.read(data)
    if reading.message:
        _refuse_type(reading.message)
    _refuse_faults(reading.faults)
    if reading.message is None or reading.root is None:
        raise Refused("OUT-TYPE", f"not a message of {source}")
    if source == "2.0":
        return xml_write.write(reading.message, tree_21(reading.message, reading.root))
    return ei_write.write(reading.message, tree_20(reading.message, reading.root))
