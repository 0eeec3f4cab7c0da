"""What must hold of a reading and of a conversion, whatever the input."""

from __future__ import annotations

from harness.cli.shared.compare_messages import compare_messages
from harness.reference import converter as reference
from schemas.ei import read as ei_read
from schemas.errors import Refused
from schemas.facts.finding_codes import finding_codes
from schemas.message.fault import MOST_FAULTS
from schemas.message.parse_xml import parse
from schemas.reading import Reading
from schemas.xml import read as xml_read
from schemas.xml.validators import own
from tests.timing import soon

Outcome = bytes | tuple[str, str, str]


def judged(reading: Reading) -> None:
    """A reading has known faults, and what could not be read says why."""
    # The encoding of an XML document may be one more.
    assert len(reading.faults) <= MOST_FAULTS + 1
    for fault in reading.faults:
        assert fault.code in finding_codes()
        assert fault.evidence in tuple("ABCD")
    assert reading.root is not None or reading.faults


def is_valid(data: bytes) -> bool:
    """What lxml says of a 2.1 message, without the fast pattern."""
    parsed = parse(data)
    if parsed.root is None or parsed.faults:
        return False
    message, faults = xml_read.message_type(parsed.root)
    return message is not None and not faults and own().schema(message).validate(parsed.root)


def outcome(data: bytes, source: str, target: str) -> Outcome:
    """A conversion: a message, or the code, the reason and the place of a refusal."""
    try:
        return reference.convert(data, source, target)
    except Refused as refused:
        return refused.code, refused.what, refused.where


def converted(data: bytes, source: str, target: str) -> bytes | None:
    """The conversion of a message: without a fault and the same each time, or refused."""
    out = soon(outcome, data, source, target)
    assert outcome(data, source, target) == out
    if isinstance(out, tuple):
        code, reason, _ = out
        assert code in finding_codes()
        assert reason.strip()
        return None
    reading = (xml_read if target == "2.1" else ei_read).read(out)
    judged(reading)
    assert {fault.code for fault in reading.faults} <= _TOLERATED[target]
    return bytes(out)


# In 2.1 no schema adds up: the sums of a message are those that its sender made.
_TOLERATED = {"2.1": frozenset[str](), "2.0": frozenset({"EI-TOTAL"})}


def says_the_same(data: bytes, out: bytes) -> None:
    """A conversion differs from its source by what the mapping loses or cuts, and by no more."""
    for one, other in ((data, out), (out, data)):
        assert soon(compare_messages, one, other, "A", "B").differences == []
