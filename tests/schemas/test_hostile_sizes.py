"""Up to a million bytes: every call ends in time, with faults or a refusal."""

from __future__ import annotations

import random

import pytest

from harness.reference import converter as reference
from schemas.facts.catalogue import catalogue
from schemas.xml import read as xml_read
from schemas.xml.validators import own
from tests.paths import GOLDEN
from tests.schemas.hostile_tasks import RELEASE, TASKS, read_ei, read_xml
from tests.schemas.xml_edit import changed
from tests.timing import LARGEST, soon


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("byte", [b"\0", b"0", b" ", b"\n", b"\r", b"\r\n", b"<", b"\xff", b"02\n"])
def test_a_million_bytes_of_the_same_give_faults_and_no_crash(task: str, byte: bytes) -> None:
    soon(TASKS[task], byte * (LARGEST // len(byte)))


@pytest.mark.parametrize("task", TASKS)
def test_a_valid_start_with_a_million_bytes_behind_it_gives_faults(task: str) -> None:
    chance = random.Random(task)
    for name in ("WMO301", "WMO305", "JW303"):
        start = (GOLDEN / f"{name}{RELEASE[task]}").read_bytes()[:2000]
        soon(TASKS[task], start + chance.randbytes(LARGEST - len(start)))
        soon(TASKS[task], start * (LARGEST // len(start)))


def _repeat(text: str, part: str, times: int) -> bytes:
    assert text.count(part) >= 1
    return text.replace(part, part * times, 1).encode("iso-8859-1")


@pytest.mark.parametrize("name", ["WMO301", "WMO303", "WMO305", "JW321"])
def test_a_record_that_stands_thousands_of_times_is_judged_in_time(name: str) -> None:
    text = (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1")
    lines = text.split("\r\n")
    for line in dict.fromkeys(lines[:-1]):
        times = (LARGEST - len(text)) // (len(line) + 2)
        data = _repeat(text, f"{line}\r\n", times)
        soon(read_ei, data)


# Parts of a 2.1 message that stand so often that an algorithm of the second order shows.
OFTEN = {
    "clients without anything": ("WMO305", "<wmo305:Clienten>", "<wmo305:Client/>", 8_000),
    "return codes, which are without limit": (
        *("WMO306", "<wmo306:RetourCodes>"),
        *("<wmo306:RetourCode>0200</wmo306:RetourCode>", 8_000),
    ),
    "elements that no schema has": ("WMO305", "<wmo305:Clienten>", "<x/>", 200_000),
    "elements within a value": ("WMO305", "<wmo305:Bsn>", "<x/>", 200_000),
    "comments": ("WMO305", "<wmo305:Clienten>", "<!---->", 100_000),
    "blanks": ("WMO305", "<wmo305:Clienten>", " ", 900_000),
    "letters in a value": ("WMO305", "<iwmo:Naam>", "x", 900_000),
    "line ends in a value": ("WMO305", "<iwmo:Naam>", "\n", 900_000),
    "characters by their number": ("WMO305", "<iwmo:Naam>", "&#9;", 200_000),
}  # fmt: skip


@pytest.mark.parametrize("what", OFTEN)
def test_a_part_of_a_2_1_message_that_stands_very_often_is_judged_in_time(what: str) -> None:
    name, before, part, times = OFTEN[what]
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    data = text.replace(before, before + part * times, 1).encode()
    assert len(data) <= LARGEST
    soon(read_xml, data)


def test_a_hundred_thousand_attributes_are_judged_in_time() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(90_000))
    data = changed("<wmo305:Product>", f"<wmo305:Product {attributes}>").encode()
    assert len(data) <= LARGEST
    soon(read_xml, data)


def test_of_a_hundred_thousand_attributes_one_is_told_and_few_are_kept() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(90_000))
    data = changed("<wmo305:Product>", f"<wmo305:Product {attributes}>").encode()
    faults = xml_read.read(data).faults
    assert [(fault.code, fault.xml and fault.xml.path) for fault in faults] == [
        ("XML-ATTRIBUTE", "/Bericht/Clienten/Client[1]/StartProducten/StartProduct[1]/Product")
    ]
    assert len(own().schema(catalogue().one("WMO305")).error_log) < 100


@pytest.mark.parametrize("name", ["WMO301", "WMO305", "JW315"])
def test_a_valid_message_of_a_million_bytes_is_converted_in_time_and_comes_back(name: str) -> None:
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    own = name.lower()
    start, end = text.index(f"<{own}:Client>"), text.index(f"</{own}:Clienten>")
    times = (LARGEST - len(text)) // (end - start)
    data = (text[:start] + text[start:end] * times + text[end:]).encode()
    assert LARGEST * 0.9 < len(data) <= LARGEST
    soon(TASKS["convert 2.1"], data)
    back = reference.convert(data, "2.1", "2.0")
    soon(TASKS["convert 2.0"], back)
    clients = (GOLDEN / f"{name}.ei").read_bytes().count(b"\n02")
    assert back.count(b"\n02") == clients * times
