"""A message with a defect, and the findings that it causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge


@dataclass(frozen=True)
class DefectiveMessage:
    """A message with a defect, the `clean` message behind it, and the expected findings.

    `rule` is the broken rule, empty for a facet of the layout or schema. `earlier` are the messages
    before it in its set with their types, also for the clean one. A finding has its address in both
    releases, as far as known.
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
    """The findings of the layout or schema and the rules for a single message."""
    (found,) = found_in_set([data], release)
    return found


def found_in_set(messages: Sequence[bytes], release: str) -> list[list[Fault]]:
    """The findings for each message of a sequence."""
    judge, readings = RuleJudge(), [read(data, release) for data in messages]
    return [[*reading.faults, *(judge.faults(reading, release) or [])] for reading in readings]


def finding_name(fault: Fault) -> str:
    """The name of a finding in the tables: its rule, or else its code."""
    return fault.rule or fault.code
