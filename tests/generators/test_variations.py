"""The first messages of each type show every variation, in both releases, and stay rule-abiding."""

from __future__ import annotations

from itertools import product

import pytest

from generators.content.sides import SOURCE
from generators.coverage.coverage import Coverage
from generators.coverage.shown import can_show
from generators.message import generate
from generators.variation.covering_plan import COVERED, of_type, planned
from generators.variation.table import variations
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from tests.sampling import sampled

CONVERTED = [item.name for item in catalogue().messages.values() if item.root]
LISTED = {item.name for item in variations()}


@pytest.mark.parametrize("release", ["both", "2.0", "2.1"])
@pytest.mark.parametrize("seed", sampled([1, 2, 3]))
@pytest.mark.parametrize("name", CONVERTED)
def test_the_default_run_of_each_type_shows_every_variation(
    name: str, seed: int, release: str
) -> None:
    message = catalogue().one(name)
    coverage = Coverage(message, release)
    for index in range(COVERED):
        coverage.add(generate(message, seed, index, release), index)
    assert [item for item in coverage.missing() if item in LISTED] == []


@pytest.mark.parametrize("name", ["WMO303", "JW303", "JW304"])
def test_a_birth_is_on_the_list_where_2_0_has_no_field_for_its_use(name: str) -> None:
    message = catalogue().one(name)
    births = [item for item in variations() if "born" in item.name]
    assert len(births) > 10
    assert all(can_show(message, "2.0", item) for item in births)


def test_what_2_0_has_no_field_for_is_not_on_its_list() -> None:
    message = catalogue().one("WMO315")
    ends = [item for item in variations() if item.name.startswith("end ")]
    assert ends
    assert not any(can_show(message, "2.0", item) for item in ends)


def test_every_variation_is_shown_by_some_type() -> None:
    shown = {item.name for name in CONVERTED for item in of_type(name, "both")}
    assert shown == LISTED


@pytest.mark.parametrize("name", CONVERTED)
def test_the_first_message_shows_no_variation_and_each_of_the_others_a_few(name: str) -> None:
    counts = [len(planned(name, "both", index)) for index in range(COVERED)]
    assert counts[0] == 0
    assert max(counts) <= 4
    assert sum(counts) == len(of_type(name, "both"))


@pytest.mark.parametrize("name", CONVERTED)
def test_later_messages_show_variations_in_turn_but_seldom(name: str) -> None:
    later = [planned(name, "both", index) for index in range(COVERED, COVERED + 2400)]
    assert {item.name for listed in later for item in listed} == {
        item.name for item in of_type(name, "both")
    }
    assert sum(map(bool, later)) == 150


@pytest.mark.parametrize("name", ["WMO301", "WMO303", "JW304", "JW307", "WMO315"])
def test_varied_messages_are_valid_and_break_no_rule(name: str) -> None:
    message, judge = catalogue().one(name), RuleJudge()
    for index in range(COVERED):
        content = generate(message, 4, index)
        for release, side in SOURCE.items():
            reading = read(written(message, content, side), release)
            assert not reading.faults, (index, release, reading.faults)
            assert not judge.faults(reading, release), (index, release)


def test_a_varied_message_in_one_release_has_no_other_side() -> None:
    content = generate(catalogue().one("WMO305"), 1, 3, "2.0")
    assert content.values.source_20
    assert not content.values.source_21
    assert not content.values.expected_21


@pytest.mark.parametrize("name", ["WMO301", "JW301"])
def test_the_first_of_some_addresses_stays_of_a_kind_that_a_rule_asks_for(name: str) -> None:
    message, twins = catalogue().one(name), 0
    for seed, index in product(range(1, 9), range(COVERED)):
        listed = planned(name, "both", index)
        if not any("addresses alike" in item.name for item in listed):
            continue
        for item in generate(message, seed, index).walk():
            own = [child for child in item.children if "/Contactgegevens/" in child.path]
            found = [child.values.source_21 for child in own]
            if found:
                twins += 1
                assert found[0]["Soort"] in ("01", "02", "03"), (seed, index)
    assert twins
