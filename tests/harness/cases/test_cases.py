"""Cases: one stable id each, from which the case can be made again, and no other text is one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.cases.case import Case
from harness.suites.broken.as_it_stands import is_broken
from harness.suites.migration import kinds as gates
from harness.suites.refuse.kinds import refusals
from harness.suites.registry import SUITES as REGISTRY
from harness.suites.registry import cases_of, named_suites, parse
from harness.suites.registry import select as suites
from harness.suites.retour.kinds import kinds
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue

SUITES = [
    "schema",
    "convert",
    "roundtrip",
    "refuse",
    "retour",
    "rules",
    "migration",
    "state",
    "size",
]
# In these suites a type has its broken messages once in a cycle.
ROUTED = ("convert", "roundtrip")
ALL = list(catalogue().messages.values())
# Typed by hand: these ids stand in reports and scripts of users, and may never change.
WMO301 = [
    "WMO301.schema.2.0-2.1.s1.n0",
    "WMO301.schema.2.1-2.0.s1.n0",
    "WMO301.convert.2.0-2.1.s1.n0",
    "WMO301.convert.2.1-2.0.s1.n0",
    "WMO301.roundtrip.2.0-2.1-2.0.s1.n0",
    "WMO301.roundtrip.2.1-2.0-2.1.s1.n0",
    "WMO301.roundtrip.pair.2.0-2.1.s1.n0",
    "WMO301.roundtrip.pair.2.1-2.0.s1.n0",
    "WMO301.refuse.unknown-code.2.0-2.1.s1.n0",
    "WMO301.refuse.unknown-code.2.1-2.0.s1.n0",
    "WMO301.retour.clean.2.0-2.0.s1.n0",
    "WMO301.retour.born-long-ago.2.0-2.0.s1.n0",
    "WMO301.retour.clean.2.1-2.1.s1.n0",
    "WMO301.retour.born-long-ago.2.1-2.1.s1.n0",
    "WMO301.rules.2.0-2.1.s1.n0",
    "WMO301.rules.2.1-2.0.s1.n0",
    "WMO301.rules.birth-too-long-ago.2.0-2.1.s1.n0",
    "WMO301.rules.birth-too-long-ago.2.1-2.0.s1.n0",
    "WMO301.migration.send-declaration-before.2.0-2.0.s1.n0",
    "WMO301.migration.receive-long-before.2.0-2.0.s1.n0",
    "WMO301.migration.send-heen-after.2.1-2.1.s1.n0",
]
# The kinds of refusal and of answer take turns, and each of them has a case with every index.
ALSO = [
    "WMO301.refuse.wrong-release.2.0-2.1.s1.n0",
    "WMO301.refuse.wrong-release.2.1-2.0.s1.n0",
    "WMO301.convert.wrong-bsn.2.0-2.1.s1.n0",
    "WMO302.roundtrip.wrong-bsn.2.1-2.0-2.1.s1.n5",
    "JW304.convert.granted-more-than-declared.2.1-2.0.s-4.n12",
    "WMO301.rules.wrong-bsn.2.0-2.1.s1.n0",
    "WMO302.rules.wrong-bsn.2.1-2.0.s1.n5",
    "WMO301.refuse.truncated.2.0-2.1.s1.n0",
    "WMO301.refuse.truncated.2.1-2.0.s1.n0",
    "WMO301.refuse.empty.2.0-2.1.s1.n0",
    "WMO301.refuse.empty.2.1-2.0.s1.n0",
    "WMO301.refuse.not-a-message.2.0-2.1.s1.n0",
    "WMO301.refuse.not-a-message.2.1-2.0.s1.n0",
    "JW305.refuse.utf-16.2.1-2.0.s1.n7",
    "WMO301.retour.many-codes.2.1-2.1.s1.n0",
    "WMO303.retour.total.2.0-2.0.s1.n0",
    "JW307.retour.stop.2.1-2.1.s-4.n12",
    "WMO301.migration.mailbox.2.1-2.1.s1.n0",
    "WMO301.migration.send-partner-heen.2.0-2.0.s1.n0",
    "JW308.migration.receive-answer-late.2.1-2.0.s1.n7",
    "JW322.migration.receive-open-on.2.0-2.0.s-4.n12",
]
ID = WMO301[2]


def some_cases() -> list[Case]:
    places = [(1, 0), (1, 1), (2, 0), (-7, 999_999), (10**17, 5)]
    return [
        case
        for message in ALL
        for seed, index in places
        for case in cases_of(message, SUITES, seed, index)
    ]


def test_the_ids_stay_as_they_are() -> None:
    wmo301, jw321 = catalogue().one("WMO301"), catalogue().one("JW321")
    assert [case.id for case in cases_of(wmo301, SUITES, 1, 0)] == WMO301
    assert [case.id for case in cases_of(jw321, SUITES, 9, 12)] == [
        "JW321.refuse.not-converted.2.0-2.1.s9.n12",
        "JW321.retour.identified-by-start.2.0-2.0.s9.n12",
        "JW321.migration.receive-open-on-utc.2.0-2.0.s9.n12",
    ]


def test_every_kind_of_refusal_and_of_answer_has_a_case_with_every_index() -> None:
    assert [parse(case_id).id for case_id in ALSO] == ALSO


def test_no_two_cases_have_the_same_id() -> None:
    cases = some_cases()
    ids = [case.id for case in cases]
    others = [case for case in cases if not (case.suite in ROUTED and is_broken(case))]
    gate = [case for case in cases if case.suite == "migration"]
    # Of the 20 types 10 are answered, and converted with their answer; JW321 is answered in 2.0.
    # The two with the most kinds of message to answer (301) have two of them at each index, and
    # those that come next (303) have two in 2.0.
    assert len(others) - len(gate) == 5 * (20 * 12 + 2 + 10 * (2 + 2) + 1 + 2 * 2 + 2)
    # The gate is asked about all types in their releases, and about answers in the other one.
    ways = {(case.message, case.route, case.seed, case.index) for case in gate}
    assert len(ways) == 5 * (20 * 2 + 10 * 2 + 2)
    assert len(set(ids)) == len(ids)
    # Nor do two that differ in upper and lower case alone: an id is also the name of a folder.
    assert len({case_id.lower() for case_id in ids}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,80}", case_id) for case_id in ids)


def test_an_id_gives_its_case_again() -> None:
    for case in some_cases():
        assert parse(case.id) == case


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "WMO301",
        f" {ID}",
        f"{ID} ",
        f"{ID}\n",
        f"{ID}.n0",
        ID.lower(),
        ID.replace("WMO301", "WMO999"),
        ID.replace("convert", "speed"),
        ID.replace("convert", "refuse"),
        ID.replace("convert", "convert.empty"),
        ID.replace("2.0-2.1", "2.1-2.1"),
        ID.replace("2.0-2.1", "2.0-2.1-2.0"),
        ID.replace("2.0-2.1", "2.0-2.2"),
        ID.replace("s1", "s"),
        ID.replace("s1", "s+1"),
        ID.replace("s1", "s1.0"),
        ID.replace("s1", "s" + "9" * 40),
        ID.replace("n0", "n-1"),
        ID.replace("n0", "n" + "9" * 40),
        ID.replace("WMO301", "JW321"),
        ID.replace("WMO301.convert", "WMO301.refuse.not-converted"),
        ID.replace("WMO301.convert", "WMO301.refuse.too-many-repeats"),
        ID.replace("WMO301.convert", "WMO301.refuse.utf-16"),
        ID.replace("WMO301.convert", "WMO307.refuse.no-such-time"),
        "JW321.refuse.not-converted.2.1-2.0.s1.n0",
        "JW321.retour.clean.2.1-2.1.s1.n0",
        "JW321.retour.stop.2.0-2.0.s1.n0",
        "WMO301.retour.2.0-2.0.s1.n0",
        "WMO301.retour.clean.2.0-2.1.s1.n0",
        "WMO301.retour.many-codes.2.0-2.0.s1.n0",
        "WMO302.retour.clean.2.0-2.0.s1.n0",
        "WMO302.roundtrip.pair.2.0-2.1.s1.n0",
        "WMO301.roundtrip.clean.2.0-2.1.s1.n0",
        "WMO301.convert.pair.2.0-2.1.s1.n0",
        "WMO301.roundtrip.pair.2.0-2.1-2.0.s1.n0",
        "WMO301.migration.2.0-2.0.s1.n0",
        "WMO301.migration.mailbox.2.0-2.1.s1.n0",
        "WMO301.migration.mailbox.2.0-2.0-2.0.s1.n0",
        "WMO301.migration.send-declaration-on.2.1-2.1.s1.n0",
        "WMO301.migration.send-declaration-zones.2.0-2.0.s1.n0",
        "WMO301.migration.send-answer-late.2.0-2.1.s1.n0",
        "JW321.migration.mailbox.2.1-2.1.s1.n0",
        "../../etc/passwd",
        ID.replace("WMO301", "../WMO301"),
        "\0",
    ],
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        ID.replace("s1", "s01"),
        ID.replace("n0", "n00"),
        ID.replace("s1", "s-0"),
        ID.replace("s1", "s١"),
        ID.replace("n0", "n０"),
    ],
    ids=["s01", "n00", "s-0", "Arabic digit", "wide digit"],
)
def test_a_case_has_one_id_and_no_other_spelling_of_it(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_no_text_ends_in_anything_but_a_case_or_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(ID) - 1), st.characters(codec="ascii"))
def test_one_other_letter_makes_another_id_or_none(place: int, letter: str) -> None:
    text = ID[:place] + letter + ID[place + 1 :]
    try:
        case = parse(text)
    except UsageError:
        return
    assert case.id == text


def test_suites_come_in_their_own_order_once_each() -> None:
    assert suites("throughput,schema") == ["schema", "throughput"]
    assert suites("all,throughput") == [*SUITES, "throughput"]
    assert suites("all") == SUITES
    assert suites("refuse,schema") == ["schema", "refuse"]
    assert suites("convert, convert ,schema,all") == SUITES


@pytest.mark.parametrize("text", ["", ",", "schema,", "Schema", "quick", "schema convert"])
def test_an_unknown_suite_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        suites(text)


def test_each_suite_and_each_refusal_says_what_it_is_about_in_both_languages() -> None:
    assert [*named_suites()] == [*SUITES, "throughput"]
    texts = [
        *(REGISTRY[name].requirement for name in named_suites()),
        *(item.what for item in refusals()),
        *(item.what for item in kinds().values()),
        *(item.what for item in gates.kinds().values()),
    ]
    for text in texts:
        assert set(text) == {"en", "nl"}
        assert text["en"].endswith(".")
        assert text["nl"].endswith(".")
        assert text["en"] != text["nl"]
