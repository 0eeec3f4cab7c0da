"""Checks on captured fields whether keyed records have an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.ei.fast.accept_fields import RecordValues, value_indexes
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import UNBOUNDED
from schemas.facts.message_types import MessageType
from schemas.facts.records import Record


@dataclass(frozen=True)
class Owned:
    """A record that belongs to an owner below the same parent, or to the parent itself.

    `key` is the index of the key, and `name` that of the owner's field that it refers to. A `blank`
    key means the parent. `least` and `most` bound the records of each owner.
    """

    record: Record
    key: int
    owner: str
    name: int
    blank: str
    least: int
    most: int

    def hold(self, codes: Sequence[str], rows: Sequence[RecordValues]) -> bool:
        """Whether each key refers to an owner of the same parent, and each has enough records."""
        own, parent, owner, key, name = (
            self.record.code, self.record.parent, self.owner, self.key, self.name,
        )  # fmt: skip
        counts: dict[str, int] = {}
        for code, row in zip(codes, rows, strict=True):
            if code == own:
                if row[key] not in counts:
                    return False
                counts[row[key]] += 1
            elif code == owner:
                if row[name] in counts:
                    return False
                counts[row[name]] = 0
            elif code == parent:
                if not self.enough(counts):
                    return False
                counts = {self.blank: 0}
        return self.enough(counts)

    def enough(self, counts: dict[str, int]) -> bool:
        """Whether the parent and each owner have an allowed number of records."""
        if not counts:
            return True
        own, *others = counts.values()
        in_bounds = not others or (self.least <= min(others) and max(others) <= self.most)
        return in_bounds and (own > 0 or self.record.lowest == 0)


def _owned(message: MessageType, record: Record) -> Owned:
    field, at = record.by_name[record.key], value_indexes(message.name)
    owner, _, name = field.rule.argument.partition("/")
    element = message.elements.get(record.keyed_container)
    return Owned(
        record=record,
        key=at[record.code][record.key],
        owner=owner,
        name=at[owner][name],
        blank=field.blank,
        least=element.lowest if element else 0,
        most=element.highest if element else UNBOUNDED,
    )


def owned(name: str) -> tuple[Owned, ...]:
    """Return the keyed records of a message type."""
    message = catalogue().one(name)
    return tuple(_owned(message, record) for record in message.records.values() if record.key)
