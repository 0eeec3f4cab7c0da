"""What the rules say of messages that come one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.message.fault import Fault
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from tests.schemas.rules.cases import Message
from tests.schemas.rules.edited import ei, xml


def readings(messages: Sequence[Message], release: str) -> Iterator[tuple[Reading, str]]:
    """Some messages as they are read, each with the release that it names or that of the case."""
    for name, edits, *named in messages:
        own = named[0] if named else release
        yield read(ei(name, edits) if own == "2.0" else xml(name, edits), own), own


def judged(messages: Sequence[Message], release: str) -> list[list[Fault]]:
    """What the rules say of each of some messages that come one after the other."""
    judge, found = RuleJudge(), []
    for reading, own in readings(messages, release):
        faults = judge.faults(reading, own)
        assert faults is not None, [str(fault) for fault in reading.faults]
        # In 2.0 the layout has a word about totals too.
        assert {fault.code for fault in reading.faults} <= {"EI-TOTAL"}
        found.append(faults)
    return found


def place(fault: Fault) -> object:
    if fault.xml:
        assert fault.xml.line > 1
        return fault.xml.path
    assert fault.ei
    return (fault.ei.number, fault.ei.record, fault.ei.field, fault.ei.start, fault.ei.end)
