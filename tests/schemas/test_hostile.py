"""Bytes that nobody would send by accident: faults or a refusal, soon, and never a crash."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.reference import converter as reference
from schemas.errors import Refused
from tests.paths import GOLDEN
from tests.schemas.ei_edit import CONVERTED, TYPES
from tests.schemas.hostile_tasks import RELEASE, TASKS
from tests.timing import LARGEST, soon

QUICK = settings(max_examples=100, deadline=None, derandomize=True)


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
            to = chance.randrange(len(wounded) + 1)
            wounded[to:to] = part
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
        soon(TASKS[task], data)


@pytest.mark.parametrize("task", TASKS)
def test_a_million_random_bytes_give_faults_and_no_crash(task: str) -> None:
    chance = random.Random(task)
    for size in (1, 10, 100, 1_000, 10_000, 100_000, LARGEST):
        soon(TASKS[task], chance.randbytes(size))


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
