"""A message of every code has each one of the long lists, at each element that has one."""

from __future__ import annotations

from collections import defaultdict

import pytest

from generators.message import with_every_code
from generators.planning.plan import class_slots, leaves
from harness.suites.size.kinds import sizes
from schemas.facts.catalogue import catalogue
from schemas.mapping.field_pairs import mapped
from tests.generators.facts import CONVERTED

LONG = 20
Said = defaultdict[tuple[str, str], set[str]]


def _said(name: str) -> tuple[Said, Said]:
    """What a message says at each element of 2.1 by class, and at each field of 2.0 by record."""
    said: tuple[Said, Said] = defaultdict(set), defaultdict(set)
    for item in with_every_code(catalogue().one(name), 1, 39).walk():
        for key, value in item.values.source_21.items():
            said[0][item.path, key.partition("[")[0]].add(value)
        for key, value in item.values.source_20.items():
            said[1][item.record, key.partition(" (")[0]].add(value)
    return said


@pytest.mark.parametrize("name", ["WMO302", "WMO304", "JW301", "JW315"])
def test_each_code_of_2_1_stands_at_each_element_below_the_header(name: str) -> None:
    message, (said, _) = catalogue().one(name), _said(name)
    asked = 0
    for path, element in message.elements.items():
        listed = element.type.codelist if element.type else None
        codes = {*filter(element.accepts, listed.valid("2.1"))} if listed else set()
        if len(codes) > LONG and not path.startswith("Header/"):
            asked += 1
            found = [said[owner, path.removeprefix(f"{owner}/")] for owner, _ in list(said)]
            assert any(codes <= one for one in found), path
    assert asked


@pytest.mark.parametrize("name", ["WMO302", "WMO304", "JW308"])
def test_each_return_code_that_2_0_alone_has_stands_in_each_record(name: str) -> None:
    _, said = _said(name)
    asked = 0
    for record, pairs in mapped(name).items():
        for pair in pairs:
            listed = pair.field.codelist
            if record in ("01", "99") or not listed or not pair.field.rule.fallback:
                continue
            asked += 1
            codes = {*listed.valid("2.0")} - {*listed.valid("2.1")}
            assert codes <= said[record, pair.field.name.partition(" (")[0]], pair.field.name
    assert asked


def test_every_type_with_a_long_list_is_asked() -> None:
    found = [
        name
        for name in CONVERTED
        if any(
            len(leaf.spec.codes) > LONG
            for slot in class_slots(name, "both")
            for leaf in leaves(slot)
        )
    ]
    assert [*sizes()["every-code"].messages] == found


def test_the_same_seed_gives_the_same_message() -> None:
    message = catalogue().one("JW315")
    once, again, other = (with_every_code(message, seed, 39) for seed in (1, 1, 2))
    assert [item.values.of for item in once.walk()] == [item.values.of for item in again.walk()]
    assert [item.values.of for item in once.walk()] != [item.values.of for item in other.walk()]
