"""`ikeur generate --coverage` measures what it says, reaches all of it, and can fall short."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable

import pytest

from generators.content.content import Content
from generators.coverage.coverage import Coverage
from generators.message import generate
from schemas.facts.catalogue import catalogue
from tests.generators.facts import CONVERTED, Row, elements, rows, simple_types, standard
from tests.sampling import sampled

FIVE = ["WMO301", "WMO304", "WMO316", "JW302", "JW322"]
RELEASES = ["both", "2.1", "2.0"]
WITHIN = 2000
# What a business rule forbids is not asked: CS050 leaves 1 to 4 and 6.
FORBIDDEN = {"WMO301": {("codelists/NaamGebruik.csv", "5")}}
Ikeur = Callable[..., tuple[int, str]]


def coverage(message: str, release: str) -> Coverage:
    return Coverage(catalogue().one(message), release)


@pytest.mark.parametrize("message", sampled(FIVE, 2))
@pytest.mark.parametrize("release", RELEASES)
def test_within_2000_messages_all_of_the_list_is_reached(message: str, release: str) -> None:
    kind, found = catalogue().one(message), coverage(message, release)
    assert found.total > 100
    assert found.reached == 0
    for index in range(WITHIN):
        found.add(generate(kind, 1, index, release), index)
        # What was reached stays reached.
        if index % 50 == 49 and not found.missing():
            break
    assert found.missing() == []
    assert found.reached == found.total


def test_the_command_measures_2000_messages_and_exits_0_at_100_percent(ikeur: Ikeur) -> None:
    args = ("--coverage", "--messages", "WMO316", "--count", WITHIN)
    code, said = ikeur("generate", *args)
    assert code == 0
    assert "(100.0 %)" in said


def test_the_command_tells_what_few_messages_did_not_reach_and_exits_1(ikeur: Ikeur) -> None:
    code, said = ikeur("generate", "--coverage", "--messages", "WMO305,JW322", "--count", 2)
    assert code == 1
    assert "not reached: " in said
    code, said = ikeur("generate", "--coverage", "--messages", "WMO305", "--count", 2, "--json")
    assert code == 1
    (told,) = json.loads(said)
    assert told["message"] == "WMO305"
    assert len(told["missing"]) == told["total"] - told["reached"] > 0


def test_messages_of_one_shape_do_not_reach_100_percent() -> None:
    for message in FIVE:
        for release in RELEASES:
            found = coverage(message, release)
            once = generate(catalogue().one(message), 1, 3, release)
            for _ in range(3):
                found.add(once, 3)
            assert found.reached < found.total
            # What one message shows it does not also lack.
            present = {name for name in found.wanted if name.endswith(" present")}
            absent = {f"{name.removesuffix(' present')} absent" for name in present}
            assert set(found.missing()) & (present | absent)


LACKS: list[tuple[str, str, Callable[[Content], bool], str]] = [
    ("WMO301", "both", lambda item: item.record == "03", "3 relaties"),
    ("WMO301", "2.1", lambda item: item.source_21.get("Communicatie/Taal", "") != "", "Taal"),
    ("WMO304", "both", lambda item: "BTW-BEDRAG" in item.source_20.values, "btw amount"),
    ("JW302", "2.0", lambda item: item.record == "12", "12"),
    ("JW322", "2.0", lambda item: item.record == "16", "ZORGACTIVITEIT"),
    ("JW322", "2.0", lambda item: "VRIJE TEKST" in item.source_20.values, "VRIJE TEKST"),
]


@pytest.mark.parametrize(("message", "release", "has", "named"), LACKS)
def test_a_shape_that_never_comes_is_missed_by_name(
    message: str, release: str, has: Callable[[Content], bool], named: str
) -> None:
    found, taken = coverage(message, release), 0
    for index in range(400):
        made = generate(catalogue().one(message), 1, index, release)
        if not any(has(item) for item in made.walk()):
            found.add(made, index)
            taken += 1
    assert 5 < taken < 400
    assert [name for name in found.missing() if named in name]


def codes(message: str, kind: Row) -> set[str]:
    """The codes of the list of a type that 2.1 may use, read from the table itself."""
    name = kind["codelist"].removesuffix(".csv")
    return {
        row["code"]
        for row in rows(name)
        if row["in_21"] != "no" and standard(message) in row["standard"].split()
    }


@pytest.mark.parametrize("message", ["WMO301", "WMO304", "WMO316", "JW302"])
def test_within_2000_messages_every_code_of_every_list_is_used(message: str) -> None:
    kinds = {path: simple_types().get(item.kind) for path, item in elements(message).items()}
    lists = {path: kind for path, kind in kinds.items() if kind and kind["codelist"]}
    wanted = {
        (kind["codelist"], code)
        for path, kind in lists.items()
        if not path.endswith("/BerichtCode")
        for code in codes(message, kind)
    } - FORBIDDEN.get(message, set())
    records = {
        row["record"]: row["xml21_container"]
        for row in rows("records")
        if row["message"] == message
    }
    used = set()
    for index in range(WITHIN):
        for node in generate(catalogue().one(message), 1, index, "2.1").walk():
            for key, value in node.source_21.values.items():
                path = f"{records[node.record]}/{key.partition('[')[0]}".strip("/")
                kind = lists.get(path)
                if kind:
                    used.add((kind["codelist"], value))
        if index % 50 == 49 and not wanted - used:
            break
    assert len(wanted) > 20
    assert sorted(wanted - used) == []


@pytest.mark.long
@pytest.mark.parametrize("message", ["WMO301", "JW322"])
def test_memory_does_not_grow_with_the_number_of_messages(message: str) -> None:
    kind, found = catalogue().one(message), coverage(message, "both")
    # What is made once and used again is made by now.
    for index in range(3000):
        found.add(generate(kind, 1, index), index)

    def held_after(first: int, count: int) -> int:
        for index in range(first, first + count):
            found.add(generate(kind, 1, index), index)
        gc.collect()
        return sys.getallocatedblocks()

    early = held_after(3000, 100)
    late = held_after(3100, 600)
    # A message is hundreds of objects: not even one of each is left behind.
    assert late - early < 600


@pytest.mark.parametrize("message", ["WMO301", "JW303", "JW321"])
def test_comments_are_on_the_list_of_2_0_too(message: str) -> None:
    names = coverage(message, "2.0").wanted
    assert [name for name in names if "VRIJE TEKST" in name or "comment" in name]


@pytest.mark.parametrize("named", ["140", "leap day", "midnight"])
def test_the_shapes_of_the_list_are_on_that_of_2_0_too(named: str) -> None:
    names = [*coverage("WMO301", "2.0").wanted, *coverage("WMO303", "2.0").wanted]
    assert [name for name in names if named in name]


def test_every_converted_type_has_a_list_for_each_release() -> None:
    for message in CONVERTED:
        assert {coverage(message, release).release for release in RELEASES} == set(RELEASES)
    assert {coverage("JW321", release).release for release in RELEASES} == {"2.0"}
