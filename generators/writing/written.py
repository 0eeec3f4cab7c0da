"""Writes a content as a message."""

from __future__ import annotations

from generators.content.content import Content
from generators.content.sides import EXPECTED_20, EXPECTED_21, SOURCE_20
from generators.writing.write_20 import written_20
from schemas.ei import write as ei_write
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.xml import write as xml_write


def written(message: MessageType, content: Content, side: int) -> bytes:
    """Return a side of a content as the bytes of a message.

    In the expected 2.1 message a NUL marks an element where any value will do. Raises Refused if a
    value is missing or does not fit.
    """
    if side in (SOURCE_20, EXPECTED_20):
        # What does not fit is written by value, for the reason.
        return written_20(message, content, side) or ei_write.write(message, content.node(side))
    filled = filled_keys(message.name) if side == EXPECTED_21 else {}
    tree = content.node(side)
    for node in tree.walk() if filled else ():
        node.values |= dict.fromkeys(filled.get(node.record, ()), ANY)
    return xml_write.write(message, tree)
