"""Which kinds of record follow each other in a 2.0 message that is right, as a pattern."""

from __future__ import annotations

import re
from functools import cache

from schemas.facts.elements import UNBOUNDED
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record


def _own(message: MessageType, record: Record) -> str:
    """A record with its comments and all below it, in the order of the layout."""
    comment = message.records.get(COMMENT)
    comments = f"(?:{COMMENT})*+" if comment and record.code in comment.comments_on else ""
    below = (item for item in message.records.values() if item.parent == record.code)
    # Of records of one rank this is one of the orders that are right.
    ordered = sorted(below, key=lambda item: item.rank)
    return record.code + comments + "".join(_repeated(message, item) for item in ordered)


def _repeated(message: MessageType, record: Record) -> str:
    most = "" if record.highest == UNBOUNDED else record.highest
    return f"(?:{_own(message, record)}){{{record.lowest},{most}}}+"


@cache
def order_pattern(name: str) -> re.Pattern[str]:
    """The pattern of the codes of all records of a message, one behind the other."""
    message = catalogue().one(name)
    return re.compile(_own(message, message.records[HEADER]) + TRAILER)
