"""What may be done with any bytes at all, and what must hold of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from ei_edit import GOLDEN

from harness.reference import converter as reference
from schemas.ei import read as ei_read
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.message.fault import MOST_FAULTS
from schemas.message.parse_xml import parse
from schemas.reading import Reading
from schemas.xml import read as xml_read
from schemas.xml.validators import own

LARGEST = 1_000_000
SECOND = 1.0
# So many seconds of a processor the anchor takes on a machine where a second is the bound.
ANCHOR = 0.03
CODES = frozenset(finding_codes())
Task = Callable[[bytes], object]


def read_ei(data: bytes) -> None:
    _judge(ei_read.read(data))


def read_xml(data: bytes) -> None:
    _judge(xml_read.read(data))


def _judge(reading: Reading) -> None:
    # The encoding of an XML document may be one more.
    assert len(reading.faults) <= MOST_FAULTS + 1
    assert {fault.code for fault in reading.faults} <= CODES
    # What cannot be read at all says why.
    assert reading.root is not None or reading.faults


def converted(data: bytes, source: str, target: str) -> bytes | Refused:
    """What a conversion gives: a message, or the refusal."""
    try:
        return reference.convert(data, source, target)
    except Refused as refused:
        return refused


def _convert(source: str, target: str) -> Task:
    def convert(data: bytes) -> None:
        out = converted(data, source, target)
        if isinstance(out, Refused):
            assert out.code in CODES
            assert out.what
        else:
            # What is not refused is a message of the other release, without a fault; but the sums
            # of a 2.1 message are those that its sender made.
            faults = (xml_read if target == "2.1" else ei_read).read(out).faults
            assert {fault.code for fault in faults} <= {"EI-TOTAL"}

    return convert


TASKS: dict[str, Task] = {
    "ei_read": read_ei,
    "xml_read": read_xml,
    "convert 2.0": _convert("2.0", "2.1"),
    "convert 2.1": _convert("2.1", "2.0"),
}
RELEASE = {"ei_read": ".ei", "convert 2.0": ".ei", "xml_read": ".xml", "convert 2.1": ".xml"}


def timed(task: Task, data: bytes) -> float:
    """The seconds that a task takes of a processor, whatever else the machine does.

    Where that is too long the machine may be slow: it is asked once more, and held to how fast the
    machine is at that moment. What is slow by itself stays slow on any machine.
    """
    taken = _seconds(task, data)
    if taken < SECOND:
        return taken
    return min(taken, _seconds(task, data)) / max(_anchor() / ANCHOR, 1.0)


def _seconds(task: Task, data: bytes) -> float:
    start = time.process_time()
    task(data)
    return time.process_time() - start


def _anchor() -> float:
    """The seconds of a processor that lxml needs to parse and validate a fixed message."""
    schema = own().schema(catalogue().one("WMO305"))
    return min(_seconds(lambda data: schema.validate(parse(data).root), _large()) for _ in range(3))


@cache
def _large() -> bytes:
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    start, end = text.index("<wmo305:Client>"), text.index("</wmo305:Clienten>")
    times = (LARGEST - len(text)) // (end - start)
    return (text[:start] + text[start:end] * times + text[end:]).encode()
