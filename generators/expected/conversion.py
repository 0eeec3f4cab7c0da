"""Derives the expected conversion of a given message, valid or not.

This is the oracle for messages that were not generated, such as those with a defect. It follows the
rows of the mapping, shares no code with the converter, and repairs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from generators.content.content import Content
from generators.content.sides import Values
from generators.expected.from_20 import values_21
from generators.expected.from_21 import values_20
from schemas.facts.message_types import MessageType
from schemas.message.node import Node


def conversion(message: MessageType, root: Node, source: str) -> Content:
    """Return a content with the message in its own release and as expected in the other.

    Raises Refused for what the other release cannot express.
    """
    return _from_20(message, root) if source == "2.0" else _from_21(message, root, {})


def _from_20(message: MessageType, node: Node) -> Content:
    values = Values((node.copied(), {}, {}, values_21(message, node.record, node.values)))
    content = Content(node.record, values=values)
    content.children = [_from_20(message, child) for child in node.children]
    return content


def _from_21(message: MessageType, node: Node, above: Mapping[str, str]) -> Content:
    made = values_20(message, node.record, node.values, above)
    content = Content(node.record, values=Values(({}, node.copied(), made.values, {}), made.cut))
    content.children = [_from_21(message, child, made.above) for child in node.children]
    return content
