"""Whatever stands in a 2.1 message, it is read, judged and converted, or refused with a reason."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from harness.judging.tree_diff import same
from schemas.xml import read as xml_read
from schemas.xml import write as xml_write
from tests.fuzz.fuzzed import fuzzed
from tests.fuzz.held import converted, is_valid, judged, outcome, says_the_same
from tests.fuzz.inputs.xml_messages import likely_xmls, odd_xmls
from tests.timing import soon

ANY = st.binary(max_size=3000) | st.text('<>/a:"=& \n?![]-', max_size=300).map(str.encode)


@fuzzed(400, data=likely_xmls() | odd_xmls() | ANY)
def test_any_2_1_message_is_read_with_faults_that_are_known(data: bytes) -> None:
    reading = soon(xml_read.read, data)
    judged(reading)
    assert reading.faults or is_valid(data)


@fuzzed(400, data=likely_xmls() | odd_xmls())
def test_what_is_read_without_a_fault_says_the_same_when_it_is_written_again(data: bytes) -> None:
    reading = xml_read.read(data)
    if reading.faults:
        return
    assert reading.message
    assert reading.root
    again = xml_read.read(xml_write.write(reading.message, reading.root))
    assert again.faults == []
    assert again.root
    assert same(reading.root, again.root)


@fuzzed(400, data=likely_xmls() | odd_xmls() | ANY)
def test_any_2_1_message_is_converted_without_a_fault_or_refused(data: bytes) -> None:
    if out := converted(data, "2.1", "2.0"):
        says_the_same(data, out)


@fuzzed(400, data=likely_xmls())
def test_what_2_0_holds_of_a_2_1_message_goes_to_2_1_and_comes_back(data: bytes) -> None:
    held = outcome(data, "2.1", "2.0")
    if isinstance(held, tuple):
        return
    there = outcome(held, "2.0", "2.1")
    if isinstance(there, tuple):
        # In 2.1 no schema adds up, and a required text may be empty, which 2.0 takes for absent.
        is_empty = re.search(rb">\s*</", data)
        assert there[0] == "EI-TOTAL" or (there[0] == "OUT-REQUIRED" and is_empty)
        return
    assert outcome(there, "2.1", "2.0") == held
