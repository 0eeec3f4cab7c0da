"""Fields of 2.0 with anything in them: faults or a refusal, or a valid 2.1 message; no crash."""

from __future__ import annotations

import random

import pytest

from schemas.ei import read as ei_read
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.xml import read as xml_read
from tests.schemas.ei_edit import TYPES, Ei, places
from tests.schemas.hostile_tasks import CODES, converted

NASTY = ["0", "9", "1", " ", "\xa0", "A", "-", "\x85", "é", "'", "<", "&"]


def _odd(old: str, chance: random.Random) -> str:
    """Another value of the same length."""
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice(NASTY) * len(old)
    if kind == 1:
        return "".join(chance.choices(NASTY, k=len(old)))
    if kind == 2:
        return "".join(chance.choices("0123456789", k=len(old)))
    at = chance.randrange(len(old))
    return old[:at] + chance.choice(NASTY) + old[at + 1 :]


@pytest.mark.parametrize("name", TYPES)
def test_a_field_with_anything_in_it_gives_faults_or_a_valid_2_1_message(name: str) -> None:
    chance = random.Random(name)
    records = catalogue().one(name).records
    for _ in range(100):
        ei = Ei(name)
        for _ in range(chance.randint(1, 2)):
            number = chance.randrange(len(ei.records))
            line = ei.records[number]
            field = chance.choice(records[line[:2]].fields[1:])
            odd = _odd(line[field.start - 1 : field.end], chance)
            ei.records[number] = f"{line[: field.start - 1]}{odd}{line[field.end :]}"
        out = converted(ei.data(), "2.0", "2.1")
        if isinstance(out, Refused):
            assert out.code in CODES
        else:
            assert xml_read.read(out).faults == []


# Digits of ISO 8859-1 that are no numbers, where a number is counted with.
NOT_NUMBERS = {
    "the number of a record": ("WMO305", 3, 14),
    "the number of a record in a return message": ("WMO306", 3, 14),
    "an amount": ("WMO303", 4, 200),
    "a total": ("WMO303", 12, 40),
    "a count": ("WMO303", 12, 8),
    "the number of a comment": ("WMO303", 3, 14),
    "a key": ("WMO303", 4, 20),
}


@pytest.mark.parametrize("what", NOT_NUMBERS)
def test_a_superscript_in_a_number_is_a_fault_and_no_crash(what: str) -> None:
    name, record, column = NOT_NUMBERS[what]
    for digit in "¹²³":
        found = places(ei_read.read(Ei(name).put(record, column, digit).data()))
        assert "EI-NUMERIC" in {place[0] for place in found}
