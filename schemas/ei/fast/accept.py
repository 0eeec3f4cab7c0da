"""A fast yes for most valid 2.0 messages: patterns and checks that are made of the tables.

What is not accepted is not wrong: the reader that looks at each field judges it, and says where it
is wrong. What is accepted that reader finds no fault in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from schemas.ei import lines as ei_lines
from schemas.ei.fast.accept_fields import line_pattern
from schemas.ei.fast.accept_links import Links, links
from schemas.ei.fast.accept_order import order_pattern
from schemas.ei.lines import CODE, ENCODING
from schemas.ei.record_templates import LINE_END
from schemas.facts.message_types import MessageType, catalogue
from schemas.reading import Rows

# A longer message is left to the reader that looks at each field.
_MOST_BYTES = 16_000_000


@dataclass(frozen=True)
class _Acceptor:
    """What decides for a message type; `length` is that of a line with its end."""

    message: MessageType
    length: int
    order: Callable[[str], object]
    lines: dict[str, Callable[[str, int], re.Match[str] | None]]
    links: Links


@cache
def _acceptor(name: str) -> _Acceptor:
    message = catalogue().one(name)
    return _Acceptor(
        message=message,
        length=message.record_length + len(LINE_END),
        order=order_pattern(name).fullmatch,
        lines={
            code: re.compile(line_pattern(message, record)).match
            for code, record in message.records.items()
        },
        links=links(name),
    )


def accepted(data: bytes) -> Rows | None:
    """The records of a message without a fault, or None where only a closer look can tell."""
    if len(data) > min(_MOST_BYTES, ei_lines.MOST_BYTES):
        return None
    text = data.decode(ENCODING)
    message = catalogue().by_code.get(text[CODE])
    if message is None:
        return None
    acceptor = _acceptor(message.name)
    starts = range(0, len(text), acceptor.length)
    kinds = [text[start : start + 2] for start in starts]
    if len(text) % acceptor.length or not acceptor.order("".join(kinds)):
        return None
    lines = acceptor.lines
    matches = [lines[kind](text, start) for kind, start in zip(kinds, starts, strict=True)]
    rows = [match.groups() for match in matches if match]
    if len(rows) < len(kinds):
        return None
    return Rows(message, text, kinds, rows) if acceptor.links.hold(kinds, rows) else None
