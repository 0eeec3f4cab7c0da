"""What must hold of a reading and of a conversion, whatever the input."""

from __future__ import annotations

from fuzzed import soon

from harness import reference
from schemas import ei_read, xml_read
from schemas.errors import Refused
from schemas.faults import MOST_FAULTS
from schemas.finding_codes import finding_codes
from schemas.reading import Reading


def judged(reading: Reading) -> None:
    """A reading has known faults, each with a place; what could not be read says why."""
    assert len(reading.faults) <= MOST_FAULTS + 1
    for fault in reading.faults:
        assert fault.code in finding_codes()
        assert fault.evidence in "ABCD"
    assert reading.root is not None or reading.faults


def _attempt(data: bytes, source: str, target: str) -> bytes | tuple[str, str, str]:
    try:
        return reference.convert(data, source, target)
    except Refused as refused:
        return refused.code, refused.what, refused.where


def converted(data: bytes, source: str, target: str) -> bytes | None:
    """The conversion of a message: without a fault and the same each time, or refused."""
    out = soon(_attempt, data, source, target)
    assert _attempt(data, source, target) == out
    if isinstance(out, tuple):
        assert out[0] in finding_codes()
        assert out[1].strip()
        return None
    reading = (xml_read if target == "2.1" else ei_read).read(out)
    judged(reading)
    faults = reading.faults
    if source == "2.1":
        # In 2.1 no schema adds up: the sums are those that the sender made.
        faults = [fault for fault in faults if fault.code != "EI-TOTAL"]
    assert faults == []
    return bytes(out)
