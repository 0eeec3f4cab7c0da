"""Pattern for the order of the records in a valid 2.0 message."""

from __future__ import annotations

import re
from functools import cache

from schemas.facts.catalogue import catalogue
from schemas.facts.elements import UNBOUNDED
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record


def _own(message: MessageType, record: Record) -> str:
    """Return the pattern of a record with its comments and all records below it."""
    comment = message.records.get(COMMENT)
    comments = f"(?:{COMMENT})*+" if comment and record.code in comment.comments_on else ""
    below = (item for item in message.records.values() if item.parent == record.code)
    # Records of equal rank may come in any order; this pattern accepts one.
    ordered = sorted(below, key=lambda item: item.rank)
    return record.code + comments + "".join(_repeated(message, item) for item in ordered)


def _repeated(message: MessageType, record: Record) -> str:
    most = "" if record.highest == UNBOUNDED else record.highest
    return f"(?:{_own(message, record)}){{{record.lowest},{most}}}+"


@cache
def order_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern for the concatenated codes of all records."""
    message = catalogue().one(name)
    return re.compile(_own(message, message.records[HEADER]) + TRAILER)
