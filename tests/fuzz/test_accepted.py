"""What the fast pattern accepts is valid for lxml, whatever was done to the message.

`make fuzz` goes on for longer; each thing it once found is a test of its own below.
"""

from __future__ import annotations

import os
import random
import re
import time

import pytest

from generators.message import generate
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.xml import write as xml_write
from schemas.xml.fast.accept import accepted
from tests.fuzz.fuzzed import SESSION, target
from tests.fuzz.held import is_valid
from tests.fuzz.inputs.changed_messages import mutant
from tests.generators.unvaried import unvaried

CONVERTED = [kind for kind in catalogue().messages.values() if kind.root]
LEAST_MUTANTS = 12_000
SEED = int(os.environ.get("IKEUR_FUZZ_SEED", "1"))


def texts(message: MessageType, count: int) -> list[str]:
    releases = ("both", "2.1")
    return [
        xml_write.write(message, generate(message, SEED, n, releases[n % 2]).source_21).decode()
        for n in unvaried(message.name, count)
    ]


@pytest.mark.parametrize("message", CONVERTED, ids=lambda kind: kind.name)
def test_valid_messages_are_accepted_at_once(message: MessageType) -> None:
    for text in texts(message, 40):
        assert accepted(text.encode()) is message


@pytest.mark.fuzz
def test_no_mutant_is_accepted_that_lxml_finds_invalid() -> None:
    chance, messages = random.Random(SEED), {m.name: texts(m, 12) for m in CONVERTED}
    names, begin, yes = list(messages), time.monotonic(), 0
    with target("test_no_mutant_is_accepted_that_lxml_finds_invalid") as tally:
        while tally.tried < LEAST_MUTANTS or time.monotonic() - begin < SESSION.share:
            others = messages[chance.choice(names)]
            text = mutant(chance, chance.choice(others), others)
            data = text.encode("utf-8", "surrogatepass")
            tally.tried += 1
            if accepted(data):
                yes += 1
                assert is_valid(data), data
        # The changes are small enough that many messages stay valid.
        assert yes > tally.tried // 50


def test_a_message_with_other_prefixes_is_accepted_and_one_that_mixes_them_is_not() -> None:
    (text,) = texts(catalogue().one("WMO305"), 1)
    other = text.replace("wmo305:", "b:").replace("xmlns:wmo305", "xmlns:b")
    other = other.replace("iwmo:", "a:").replace("xmlns:iwmo", "xmlns:a")
    assert accepted(other.encode()) is catalogue().one("WMO305")
    assert is_valid(other.encode())
    assert accepted(other.replace("</b:Bericht>", "</a:Bericht>").encode()) is None
    swapped = text.replace("iwmo:Naam>", "wmo305:Naam>")
    assert swapped != text
    assert accepted(swapped.encode()) is None
    assert not is_valid(swapped.encode())


def test_no_code_holds_the_sign_that_stands_for_an_entity() -> None:
    kinds = {item.type for kind in CONVERTED if kind.root for item in kind.root.walk()}
    lists = [kind.codelist for kind in kinds if kind and kind.codelist]
    assert lists
    assert not any('"' in code for codes in lists for code in codes.valid("2.1"))


@pytest.mark.parametrize("day", ["0001-01-01", "2000-02-29", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_accepted(day: str) -> None:
    (text,) = texts(catalogue().one("WMO305"), 1)
    data = re.sub("(Dagtekening>)[0-9-]+<", rf"\g<1>{day}<", text).encode()
    assert day.encode() in data
    assert accepted(data)
    assert is_valid(data)


@pytest.mark.parametrize("character", [*"\0\v\f\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_forbids_is_accepted_nowhere(character: str) -> None:
    (text,) = texts(catalogue().one("WMO305"), 1)
    named = text.replace("</iwmo:Naam>", f"{character}</iwmo:Naam>", 1)
    between = text.replace("<iwmo:Naam>", f"{character}<iwmo:Naam>", 1)
    assert accepted(text.encode())
    for other in (named, between):
        assert other != text
        assert accepted(other.encode()) is None


@pytest.mark.parametrize("text", ["&", "&amp", "&quot;", "&ltamp;", "&&amp;amp;", "a]]>"])
def test_what_is_no_common_entity_is_left_to_the_parser(text: str) -> None:
    (message,) = texts(catalogue().one("WMO305"), 1)
    other = re.sub("(<iwmo:Naam>)[^<]+", lambda found: found[1] + text, message)
    assert accepted(other.encode()) is None
