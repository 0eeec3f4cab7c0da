"""Writes a content as a message: straight from prefabs where possible, otherwise by its tree."""

from __future__ import annotations

from contextlib import suppress

from generators.content.content import Content
from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20
from generators.prebuilt.fast.forms import NotPrebuilt
from generators.prebuilt.fast.write_20 import written_20
from generators.prebuilt.fast.write_21 import written_21
from schemas.ei import write as ei_write
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message import fast_switch
from schemas.message.node import Node
from schemas.xml import write as xml_write


def written(message: MessageType, content: Content, side: int) -> bytes:
    """Return a side of a content as the bytes of a message.

    In the expected 2.1 message a NUL marks an element where any value will do. Raises Refused if a
    value is missing or does not fit.
    """
    in_20 = side in (SOURCE_20, EXPECTED_20)
    if fast_switch.IS_ON:
        with suppress(NotPrebuilt):
            return (written_20 if in_20 else written_21)(message, content, side)
    tree = content.node(side)
    if in_20:
        return ei_write.write(message, tree)
    filled = filled_keys(message.name) if side == EXPECTED_21 else {}
    return xml_write.write(message, _with_any(tree, filled) if filled else tree)


def _with_any(node: Node, filled: dict[str, frozenset[str]]) -> Node:
    """Return a copy of a tree with ANY where any value will do."""
    result = Node(node.record, node.copied() | dict.fromkeys(filled.get(node.record, ()), ANY))
    result.children = [_with_any(child, filled) for child in node.children]
    return result
