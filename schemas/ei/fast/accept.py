"""Accepts most valid 2.0 messages quickly, with patterns and checks derived from the tables.

A message that is not accepted is not necessarily wrong: the full reader then looks at each field
and reports faults. In an accepted message the full reader would find no fault.
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
from schemas.ei.layout import TEXT
from schemas.ei.lines import CODE, ENCODING
from schemas.ei.record_templates import LINE_END
from schemas.facts.catalogue import catalogue
from schemas.reading import AcceptedRecords

# Longer messages are left to the full reader.
_MOST_BYTES = 16_000_000
_PRINTABLE = "".join(re.findall(TEXT, bytes(range(256)).decode(ENCODING))).encode(ENCODING)


@dataclass(frozen=True)
class _Acceptor:
    """Compiled patterns of a message type; `length` is that of a line with its line end."""

    length: int
    order: Callable[[str], object]
    lines: dict[str, Callable[[str, int], re.Match[str] | None]]
    links: Links


@cache
def _acceptor(name: str) -> _Acceptor:
    message = catalogue().one(name)
    return _Acceptor(
        length=message.record_length + len(LINE_END),
        order=order_pattern(name).fullmatch,
        lines={
            code: re.compile(line_pattern(message, record)).match
            for code, record in message.records.items()
        },
        links=links(name),
    )


def accepted(data: bytes) -> AcceptedRecords | None:
    """Return the records of a message without faults, or None if only the full reader can tell."""
    if len(data) > min(_MOST_BYTES, ei_lines.MOST_BYTES):
        return None
    text = data.decode(ENCODING)
    message = catalogue().by_code.get(text[CODE])
    if message is None:
        return None
    acceptor = _acceptor(message.name)
    starts = range(0, len(text), acceptor.length)
    codes = [text[start : start + 2] for start in starts]
    # The patterns take any character, so these are looked at first.
    if data.translate(None, _PRINTABLE) != LINE_END.encode() * len(codes):
        return None
    if len(text) % acceptor.length or not acceptor.order("".join(codes)):
        return None
    lines = acceptor.lines
    matches = [lines[code](text, start) for code, start in zip(codes, starts, strict=True)]
    rows = [match.groups() for match in matches if match]
    if len(rows) < len(codes):
        return None
    return AcceptedRecords(message, text, codes, rows) if acceptor.links.hold(codes, rows) else None
