"""The classes of a message type, each at every position where it occurs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER

ROOT = "Bericht"


@dataclass(frozen=True)
class Placement:
    """A class at one position: the records and the class names from the header down."""

    records: tuple[str, ...]
    names: tuple[str, ...]

    def named(self, where: str) -> bool:
        """Whether a class name, or one with its owner (`Relatie/Contact`), refers to it."""
        wanted = tuple(where.split("/"))
        return self.names[-len(wanted) :] == wanted


def _class_name(path: str, record: str) -> str:
    return path.rpartition("/")[2] or record


@cache
def placements(name: str) -> tuple[Placement, ...]:
    """Return the classes of a message type, header first; a class with two owners occurs twice."""
    message = catalogue().one(name)
    found = [Placement((HEADER,), (ROOT,))]
    for above in found:
        for record in message.records.values():
            label = _class_name(record.container, record.code)
            if record.parent == above.records[-1]:
                found.append(Placement((*above.records, record.code), (*above.names, label)))
            elif (
                record.keyed_container
                and _owner(message, record.key, record.code) == (above.records[-1])
            ):
                label = _class_name(record.keyed_container, record.code)
                found.append(Placement((*above.records, record.code), (*above.names, label)))
    return tuple(found)


def _owner(message: MessageType, key: str, record: str) -> str:
    return message.field(record, key).rule.argument.partition("/")[0]
