"""The table of records that are alike: a converter keeps each of them, though rules forbid some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.planning.plan import GroupSlot, class_slots
from generators.values.specs import BOTH
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType


@dataclass(frozen=True)
class Alike:
    """Records of one name that are alike, and by language what is alike.

    `unique` is the element that must keep them apart, as 2.0 refers to it; empty if none must.
    """

    name: str
    record: str
    unique: str
    what: Mapping[str, str]


@cache
def all_alike() -> Mapping[str, Alike]:
    """Return the kinds of records that are alike, by name."""
    return {
        row["kind"]: Alike(row["kind"], row["record"], row["unique"], row.in_languages("what"))
        for row in tables.rows("alike", Path(__file__).parent)
    }


@cache
def slot_of(kind: str, message: MessageType) -> GroupSlot | None:
    """Return the plan of the class of which a message has several alike, or None if it has none."""
    if message.root is None:
        return None
    record = all_alike()[kind].record
    slots = class_slots(message.name, BOTH)
    return next(
        (one for one in slots if one.high > 1 and message.records[one.record].name == record), None
    )
