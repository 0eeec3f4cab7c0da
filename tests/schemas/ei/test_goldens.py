"""Valid 2.0 messages: no fault is found in them, and what is read is written back unchanged."""

from __future__ import annotations

import pytest

from harness.reference import converter as reference
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from tests.paths import GOLDEN
from tests.schemas.ei_edit import CR_LF, TYPES, Ei


def _line(number: int, text: str) -> str:
    return f"98{1:012}{number:04}{text:<140}".ljust(310)


def _commented(*texts: str) -> Ei:
    """WMO303 with these lines as the comment on its first client, in place of the one it has."""
    ei = Ei("WMO303")
    ei.records[2:3] = [_line(number, text) for number, text in enumerate(texts, 1)]
    more = len(texts) - 1
    return ei if not more else ei.count(21, f"{3 + more:06}{10 + more:07}")


def test_there_is_a_golden_message_of_every_type() -> None:
    assert set(TYPES) == set(catalogue().messages)
    assert len(TYPES) == 22


@pytest.mark.parametrize("name", TYPES)
def test_a_valid_message_of_every_type_has_no_fault(name: str) -> None:
    reading = ei_read.read(Ei(name).data())
    assert reading.faults == []
    assert reading.message is catalogue().one(name)


@pytest.mark.parametrize("name", TYPES)
def test_what_is_read_is_written_back_byte_for_byte(name: str) -> None:
    data = (GOLDEN / f"{name}.ei").read_bytes()
    reading = ei_read.read(data)
    assert reading.message
    assert reading.root
    assert ei_write.write(reading.message, reading.root) == data


@pytest.mark.parametrize("name", TYPES)
def test_a_message_with_lf_alone_is_written_back_with_cr_lf(name: str) -> None:
    data = Ei(name).data()
    reading = ei_read.read(data.replace(b"\r\n", b"\n"))
    assert reading.message
    assert reading.root
    assert ei_write.write(reading.message, reading.root) == data


@pytest.mark.parametrize("name", ["JW321", "JW322"])
def test_a_message_that_stays_ei_is_read_and_not_converted(name: str) -> None:
    with pytest.raises(Refused, match=f"{name} is not converted") as refused:
        reference.convert(Ei(name).data(), "2.0", "2.1")
    assert refused.value.code == "OUT-NOT-CONVERTED"


@pytest.mark.parametrize("code", ["416", "448"])
def test_a_declaration_and_an_invoice_are_the_same_message_type(code: str) -> None:
    ei = Ei("WMO303")
    ei.records[0] = f"01{code}{ei.records[0][5:]}"
    reading = ei_read.read(ei.data())
    assert reading.faults == []
    assert reading.message is catalogue().one("WMO303")


# The cuts of a comment: each line but the last counts 140 characters in full.
COMMENTS = {
    "a space as the 140th character": ["x" * 139, "y"],
    "a space as the 141st character": ["x" * 140, " y"],
    "spaces on both sides of the cut": ["x" * 138, "  y"],
    "a space at the start": [" x"],
    "one line of 140 characters": ["x" * 140],
    "a line of 140 characters and one of one": ["x" * 140, "y"],
    "three lines, the middle one ending in a space": ["x" * 140, "y" * 139, "z" * 140],
}


@pytest.mark.parametrize("what", COMMENTS)
def test_the_lines_of_a_comment_are_joined_with_every_space(what: str) -> None:
    lines = COMMENTS[what]
    ei = _commented(*lines)
    reading = ei_read.read(ei.data())
    assert reading.faults == []
    assert reading.message
    assert reading.root
    *full, last = lines
    text = "".join(line.ljust(140) for line in full) + last
    assert reading.root.children[0].values["VRIJE TEKST"] == text
    assert ei_write.write(reading.message, reading.root) == ei.data()


@pytest.mark.parametrize("what", COMMENTS)
def test_a_comment_is_the_same_after_the_way_there_and_back(what: str) -> None:
    data = _commented(*COMMENTS[what]).data()
    there = reference.convert(data, "2.0", "2.1")
    assert reference.convert(there, "2.1", "2.0") == data


def test_the_golden_messages_end_every_record_with_cr_lf() -> None:
    for name in TYPES:
        text = (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1")
        assert text.count("\n") == text.count("\r") == text.count(CR_LF)
        assert text.endswith(CR_LF)
