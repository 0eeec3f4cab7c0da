"""Identifies the fields and elements that hold money."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType, full_path
from schemas.facts.records import Field, Record

# How the rule of an amount begins, and the code list of its sign.
_UNIT, _SIGN = "eurocents", "DebetCredit"


def is_money(name: str, place: str) -> bool:
    """Whether a location in a message type is an amount, its sign, or the group of both.

    `place` is a record and its field in 2.0, or a path from the root without positions in 2.1.
    """
    return place in _places(name)


@cache
def _places(name: str) -> frozenset[str]:
    message = catalogue().messages.get(name)
    return frozenset(_of(message)) if message else frozenset()


def _of(message: MessageType) -> Iterator[str]:
    for record in message.records.values():
        for field in record.fields:
            if field.rule.phrase.startswith(_UNIT) or _is_sign(field):
                yield f"{record.code} {field.name}"
                yield from _paths(message, record, field)


def _paths(message: MessageType, record: Record, field: Field) -> Iterator[str]:
    root = message.root
    for path in field.paths if root else ():
        whole = f"/{root.name if root else ''}/{full_path(record, path)}"
        yield whole
        if _is_sign(field):
            yield whole.rpartition("/")[0]


def _is_sign(field: Field) -> bool:
    return field.codelist is not None and field.codelist.name == _SIGN
