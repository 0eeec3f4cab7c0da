"""Whatever stands in a 2.0 message, it is read, judged and converted, or refused with a reason."""

from __future__ import annotations

from hypothesis import strategies as st

from harness.cli.shared.compare_messages import compare_messages
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from tests.fuzz.fuzzed import fuzzed
from tests.fuzz.held import converted, judged, says_the_same
from tests.fuzz.inputs.ei_messages import likely_eis, odd_eis, twins
from tests.fuzz.inputs.ei_said_once import said_once
from tests.timing import soon

ANY = st.binary(max_size=3000) | st.text("0129\r\n ", max_size=800).map(str.encode)


@fuzzed(400, data=likely_eis() | odd_eis() | ANY)
def test_any_2_0_message_is_read_with_faults_that_are_known(data: bytes) -> None:
    judged(soon(ei_read.read, data))


@fuzzed(400, data=likely_eis())
def test_what_is_read_without_a_fault_is_written_again_to_the_byte(data: bytes) -> None:
    reading = ei_read.read(data)
    if reading.faults:
        return
    assert reading.message
    assert reading.root
    assert ei_write.write(reading.message, reading.root) == said_once(reading.message, data)


@fuzzed(400, data=likely_eis() | odd_eis() | ANY)
def test_any_2_0_message_is_converted_without_a_fault_or_refused(data: bytes) -> None:
    if out := converted(data, "2.0", "2.1"):
        says_the_same(data, out)


@fuzzed(400, messages=twins())
def test_two_messages_without_a_fault_are_told_apart_where_they_differ(
    messages: tuple[bytes, bytes],
) -> None:
    readings = [ei_read.read(data) for data in messages]
    if any(reading.faults for reading in readings):
        return
    one, other = (
        said_once(reading.message, data)
        for reading, data in zip(readings, messages, strict=True)
        if reading.message
    )
    told = soon(compare_messages, *messages, "A", "B").differences
    assert bool(told) == (one != other)
