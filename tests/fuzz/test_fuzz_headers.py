"""Whatever stands in a message, its header is read, and says what reading all of it says."""

from __future__ import annotations

from hypothesis import strategies as st

from schemas.ei import read as ei_read
from schemas.facts.finding_codes import finding_codes
from schemas.header.header import END_BYTES, START_BYTES, HeaderReading, header_of
from schemas.header.locations import places
from schemas.header.read import read_header
from schemas.xml import read as xml_read
from tests.fuzz.fuzzed import fuzzed
from tests.fuzz.inputs.ei_messages import likely_eis, odd_eis
from tests.fuzz.inputs.xml_messages import likely_xmls, odd_xmls
from tests.timing import soon

ANY = st.binary(max_size=3000) | st.text("0129\r\n <>", max_size=800).map(str.encode)


def read(data: bytes) -> HeaderReading:
    return read_header(data[:START_BYTES], data[-END_BYTES:])


@fuzzed(300, data=likely_eis() | odd_eis() | likely_xmls() | odd_xmls() | ANY)
def test_any_header_is_read_or_has_faults_that_are_known(data: bytes) -> None:
    reading = soon(read, data)
    assert reading.header or reading.faults
    assert {fault.code for fault in reading.faults} <= finding_codes().keys()


@fuzzed(200, data=likely_eis() | likely_xmls())
def test_the_header_of_a_message_without_a_fault_is_that_of_all_of_it(data: bytes) -> None:
    for release, reader in (("2.0", ei_read), ("2.1", xml_read)):
        whole = reader.read(data)
        if whole.faults or whole.message is None or whole.root is None:
            continue
        values = {
            place.role: whole.root.get(place.key).strip(" ")
            for place in places(whole.message.name, release)
        }
        for role in ("date", "retour date"):
            found = values.get(role, "").replace("-", "")
            if found:
                values[role] = f"{found[:4]}-{found[4:6]}-{found[6:]}"
        reading = read(data)
        assert not reading.faults
        assert reading.header == header_of(whole.message, release, values)
