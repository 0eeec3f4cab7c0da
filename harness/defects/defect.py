"""What a message with a defect is, and that it has that defect and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.releases.read_write import read
from schemas.rules.evaluate import Judge


@dataclass(frozen=True)
class DefectiveMessage:
    """A message with a defect, the `clean` one that it was made from, and what must be found.

    `rule` is the rule that it breaks; empty for a facet of the layout or the schema. `earlier` are
    the messages before it in its set, with their types, and before the clean one too. Of a finding
    the address in the other release stands beside its own, as far as it is known.
    """

    defect: str
    rule: str
    message: MessageType
    release: str
    index: int
    clean: bytes
    data: bytes
    findings: tuple[Fault, ...]
    earlier: tuple[tuple[MessageType, bytes], ...] = ()


def found_in(data: bytes, release: str) -> list[Fault]:
    """What the layout or the schema, and the rules, say of a message by itself."""
    (found,) = found_in_set([data], release)
    return found


def found_in_set(messages: Sequence[bytes], release: str) -> list[list[Fault]]:
    """What is said of each of some messages that come one after the other."""
    judge, readings = Judge(), [read(data, release) for data in messages]
    return [[*reading.faults, *(judge.faults(reading, release) or [])] for reading in readings]


def finding_name(fault: Fault) -> str:
    """A finding as the tables name it: its code, or the rule."""
    return fault.rule or fault.code
