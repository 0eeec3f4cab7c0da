"""A content as a message: by ready-made texts where it has them, or else by its tree."""

from __future__ import annotations

from generators.content.content import Content
from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20
from generators.prebuilt.forms import NotReady
from generators.prebuilt.write_20 import written_20
from generators.prebuilt.write_21 import written_21
from schemas.ei import write as ei_write
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml import write as xml_write


def written(message: MessageType, content: Content, side: int) -> bytes:
    """A side of a content as a message.

    What 2.1 must become has a NUL where any value will do. Raises Refused where a value does not
    fit, or is missing.
    """
    in_20 = side in (SOURCE_20, EXPECTED_20)
    try:
        return (written_20 if in_20 else written_21)(message, content, side)
    except NotReady:
        tree = content.node(side)
    if in_20:
        return ei_write.write(message, tree)
    filled = filled_keys(message.name) if side == EXPECTED_21 else {}
    return xml_write.write(message, _with_any(tree, filled) if filled else tree)


def _with_any(node: Node, filled: dict[str, frozenset[str]]) -> Node:
    """A copy of a tree that tells where any value will do."""
    result = Node(node.record, node.copied() | dict.fromkeys(filled.get(node.record, ()), ANY))
    result.children = [_with_any(child, filled) for child in node.children]
    return result
