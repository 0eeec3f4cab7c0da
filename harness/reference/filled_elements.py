"""The 2.1 elements without a 2.0 field: those to fill in, and the one to leave out."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.facts.fills import HeaderCode, Only21
from schemas.facts.records import HEADER
from schemas.message.node import Node


def filled(item: Only21, node: Node, root: Node) -> str:
    """The value of an element to fill in, from the 2.0 values of the record and the header."""
    known = {f"{HEADER}/{name}": value for name, value in root.values.items()}
    known |= node.links
    text = item.template
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def is_left_out(code: HeaderCode, values: Mapping[str, str]) -> bool:
    """Whether the element of the header code is left out: it would hold only this code."""
    alone = f"{code.key}[2]" not in values and values.get(f"{code.key}[1]") == code.value
    return code.optional_21 and alone
