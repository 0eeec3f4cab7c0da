"""Bytes that nobody would send by accident: faults or a refusal, soon, and never a crash."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest
from ei_edit import CONVERTED, GOLDEN, TYPES, cases
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import reference
from schemas import ei_read, xml_read
from schemas.errors import Refused
from schemas.faults import MOST_FAULTS
from schemas.finding_codes import finding_codes
from schemas.reading import Reading

LARGEST = 1_000_000
SECOND = 1.0
QUICK = settings(max_examples=100, deadline=None, derandomize=True)
CODES = frozenset(finding_codes())
Task = Callable[[bytes], object]


def _read_ei(data: bytes) -> None:
    _judge(ei_read.read(data))


def _read_xml(data: bytes) -> None:
    _judge(xml_read.read(data))


def _judge(reading: Reading) -> None:
    assert len(reading.faults) <= MOST_FAULTS + 1
    assert {fault.code for fault in reading.faults} <= CODES
    # What cannot be read at all says why.
    assert reading.root is not None or reading.faults


def _converted(data: bytes, source: str, target: str) -> bytes | Refused:
    try:
        return reference.convert(data, source, target)
    except Refused as refused:
        return refused


def _convert(source: str, target: str) -> Task:
    def convert(data: bytes) -> None:
        out = _converted(data, source, target)
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
    "ei_read": _read_ei,
    "xml_read": _read_xml,
    "convert 2.0": _convert("2.0", "2.1"),
    "convert 2.1": _convert("2.1", "2.0"),
}
RELEASE = {"ei_read": ".ei", "convert 2.0": ".ei", "xml_read": ".xml", "convert 2.1": ".xml"}


def _timed(task: Task, data: bytes) -> float:
    start = time.process_time()
    task(data)
    return time.process_time() - start


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """A message with one to four wounds: bits turned, parts cut, doubled, moved or put in."""
    wounded = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(wounded) + 1)
        part = wounded[at : at + chance.randrange(1, 700)]
        kind = chance.randrange(6)
        if kind == 0 and wounded:
            wounded[chance.randrange(len(wounded))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del wounded[at : at + len(part)]
        elif kind == 2:
            wounded[at:at] = part
        elif kind == 3:
            del wounded[at : at + len(part)]
            wounded[chance.randrange(len(wounded) + 1) :][:0] = part
        elif kind == 4:
            wounded[at:at] = chance.randbytes(chance.randrange(1, 40))
        else:
            del wounded[at:]
    return bytes(wounded)


def _messages(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(GOLDEN.glob(f"*{suffix}"))]


def _many(task: str, size: int, seed: int) -> Iterator[bytes]:
    """Wounded messages, of this size together."""
    chance = random.Random(f"{task} {seed}")
    valid = _messages(RELEASE[task])
    made = 0
    while made < size:
        data = _mutated(chance.choice(valid), chance)
        made += len(data)
        yield data


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("task", TASKS)
def test_half_a_million_bytes_of_wounded_messages_give_faults_and_no_crash(
    task: str, seed: int
) -> None:
    for data in _many(task, LARGEST // 2, seed):
        assert _timed(TASKS[task], data) < SECOND


@pytest.mark.parametrize("task", TASKS)
def test_a_million_random_bytes_give_faults_and_no_crash(task: str) -> None:
    chance = random.Random(task)
    for size in (1, 10, 100, 1_000, 10_000, 100_000, LARGEST):
        assert _timed(TASKS[task], chance.randbytes(size)) < SECOND


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("byte", [b"\0", b"0", b" ", b"\n", b"\r", b"\r\n", b"<", b"\xff", b"02\n"])
def test_a_million_bytes_of_the_same_give_faults_and_no_crash(task: str, byte: bytes) -> None:
    assert _timed(TASKS[task], byte * (LARGEST // len(byte))) < SECOND


@pytest.mark.parametrize("task", TASKS)
def test_a_valid_start_with_a_million_bytes_behind_it_gives_faults(task: str) -> None:
    chance = random.Random(task)
    for name in ("WMO301", "WMO305", "JW303"):
        start = (GOLDEN / f"{name}{RELEASE[task]}").read_bytes()[:2000]
        assert _timed(TASKS[task], start + chance.randbytes(LARGEST - len(start))) < SECOND
        assert _timed(TASKS[task], start * (LARGEST // len(start))) < SECOND


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
        assert _timed(_read_ei, data) < SECOND


# Parts of a 2.1 message that stand so often that an algorithm of the second order shows.
OFTEN = {
    "clients without anything": ("WMO305", "<wmo305:Clienten>", "<wmo305:Client/>", 8_000),
    "return codes, which are without limit": (
        *("WMO306", "<wmo306:RetourCodes>"),
        *("<wmo306:RetourCode>0200</wmo306:RetourCode>", 5_000),
    ),
    "elements that no schema has": ("WMO305", "<wmo305:Clienten>", "<x/>", 200_000),
    "elements within a value": ("WMO305", "<wmo305:Bsn>", "<x/>", 200_000),
    "comments": ("WMO305", "<wmo305:Clienten>", "<!---->", 100_000),
    "blanks": ("WMO305", "<wmo305:Clienten>", " ", 900_000),
    "letters in a value": ("WMO305", "<iwmo:Naam>", "x", 900_000),
    "line ends in a value": ("WMO305", "<iwmo:Naam>", "\n", 900_000),
    "characters by their number": ("WMO305", "<iwmo:Naam>", "&#9;", 200_000),
}  # fmt: skip
SECOND_ORDER = {
    "clients without anything": "the path of each fault is counted among all siblings",
    "return codes, which are without limit": "each code is put behind all that are there",
}


@pytest.mark.parametrize("what", cases(OFTEN, SECOND_ORDER))
def test_a_part_of_a_2_1_message_that_stands_very_often_is_judged_in_time(what: str) -> None:
    name, before, part, times = OFTEN[what]
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    data = text.replace(before, before + part * times, 1).encode()
    assert len(data) <= LARGEST
    assert _timed(_read_xml, data) < SECOND


@pytest.mark.parametrize("name", ["WMO301", "WMO305", "JW315"])
def test_a_valid_message_of_a_million_bytes_is_converted_in_time_and_comes_back(name: str) -> None:
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    own = name.lower()
    start, end = text.index(f"<{own}:Client>"), text.index(f"</{own}:Clienten>")
    times = (LARGEST - len(text)) // (end - start)
    data = (text[:start] + text[start:end] * times + text[end:]).encode()
    assert LARGEST * 0.9 < len(data) <= LARGEST
    assert _timed(TASKS["convert 2.1"], data) < SECOND
    back = reference.convert(data, "2.1", "2.0")
    assert _timed(TASKS["convert 2.0"], back) < SECOND
    clients = (GOLDEN / f"{name}.ei").read_bytes().count(b"\n02")
    assert back.count(b"\n02") == clients * times


@pytest.mark.parametrize("name", CONVERTED)
def test_every_release_is_refused_as_the_other(name: str) -> None:
    ei, xml = ((GOLDEN / f"{name}{suffix}").read_bytes() for suffix in (".ei", ".xml"))
    for data, source, target in ((xml, "2.0", "2.1"), (ei, "2.1", "2.0")):
        with pytest.raises(Refused) as refused:
            reference.convert(data, source, target)
        assert refused.value.code in ("EI-TYPE", "XML-SYNTAX")


@pytest.mark.parametrize("pair", [("2.0", "2.0"), ("2.1", "2.1"), ("", "2.1"), ("2.1", "2.2")])
def test_other_releases_are_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        reference.convert(b"", *pair)
    assert refused.value.code == "OUT-RELEASE"


@QUICK
@given(data=st.binary(max_size=2000), task=st.sampled_from(sorted(TASKS)))
def test_any_few_bytes_give_faults_and_no_crash(data: bytes, task: str) -> None:
    TASKS[task](data)


@QUICK
@given(
    name=st.sampled_from(TYPES),
    number=st.integers(0, 30),
    column=st.integers(0, 400),
    text=st.text(st.characters(max_codepoint=255), min_size=1, max_size=30),
)
def test_any_text_written_over_a_record_gives_faults_or_a_valid_message(
    name: str, number: int, column: int, text: str
) -> None:
    lines = (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1").split("\r\n")[:-1]
    line = lines[number % len(lines)]
    at = column % len(line)
    lines[number % len(lines)] = (line[:at] + text + line[at + len(text) :])[: len(line)]
    TASKS["convert 2.0"]("\r\n".join([*lines, ""]).encode("iso-8859-1"))


# What a sender may well put in a value, and what a control character does to a record.
LETTERS = st.sampled_from("ab1 é€ß'<&+-.")
CONTROLS = st.sampled_from("ab\t\n\r\x7f\x85\x9f")


def _with_value(name: str, place: int, text: str) -> bytes:
    parts = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8").split("</")
    leaves = [n for n, part in enumerate(parts[:-1]) if part.rpartition(">")[2].strip()]
    chosen = leaves[place % len(leaves)]
    escaped = "".join(f"&#{ord(letter)};" for letter in text)
    parts[chosen] = f"{parts[chosen].rpartition('>')[0]}>{escaped}"
    return "</".join(parts).encode()


@QUICK
@given(name=st.sampled_from(CONVERTED), place=st.integers(0, 200), text=st.text(LETTERS))
def test_any_text_as_a_value_of_2_1_gives_faults_or_a_valid_message(
    name: str, place: int, text: str
) -> None:
    TASKS["convert 2.1"](_with_value(name, place, text))


@QUICK
@given(name=st.sampled_from(CONVERTED), place=st.integers(0, 200), text=st.text(CONTROLS))
def test_any_control_character_of_2_1_gives_faults_or_a_valid_message(
    name: str, place: int, text: str
) -> None:
    TASKS["convert 2.1"](_with_value(name, place, text))
