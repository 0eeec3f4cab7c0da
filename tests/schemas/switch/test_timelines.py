"""The switch of releases: decided as the published deadlines say.

`switch_20_21.csv` was written from the deadlines: declarations through 28 May 2017, other
heenberichten through 6 June 17:00, return messages read through 8 June 13:00, nothing until 12 June
13:00, then 2.1 alone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import TableError, UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.table_rows import rows as table_rows
from schemas.switch.overrides import Override
from schemas.switch.tables import load_rules, moments_of
from schemas.switch.timeline import Switch, moment, switch
from tests.schemas.switch.by_hand import decisions
from tests.schemas.tables_edit import Tables

NATIONAL = switch("2.0", "2.1")


ROWS = decisions()


def word(about: Switch, name: str, release: str, direction: str, at: str, *parties: str) -> str:
    return about.decide(catalogue().one(name), release, direction, moment(at), parties).word


def override(deadline: str, local: str, partner: str = "0344") -> Override:
    return Override(partner, deadline, datetime.fromisoformat(local), "agreed", "a test")


def test_the_table_has_every_type_both_directions_and_all_rules() -> None:
    assert len(ROWS) >= 200
    assert len({tuple(row.values()) for row in ROWS}) == len(ROWS)
    assert {row["message"] for row in ROWS} == set(catalogue().messages)
    assert {row["rule"] for row in ROWS} == {rule.name for rule in NATIONAL.rules}


@pytest.mark.parametrize("message", sorted(catalogue().messages))
def test_every_moment_of_the_table_is_decided_as_it_says(message: str) -> None:
    kind = catalogue().one(message)
    for row in (row for row in ROWS if row["message"] == message):
        at, direction, release = moment(row["moment"]), row["direction"], row["release"]
        found = NATIONAL.decide(kind, release, direction, at, (), row["answers"])
        assert (found.word, found.rule.name) == (row["decision"], row["rule"]), row


# Message, release, direction, moment, grade: what is decided in a minute is a reading of it.
GRADES = [
    ("WMO301", "2.0", "send", "2017-06-06T17:00:00+02:00", "A"),
    ("WMO301", "2.0", "send", "2017-06-06T17:00:30+02:00", "D"),
    ("WMO301", "2.0", "send", "2017-06-06T17:01:00+02:00", "A"),
    ("WMO303", "2.0", "send", "2017-05-28T23:59:30+02:00", "A"),
    ("WMO302", "2.0", "receive", "2017-06-08T13:00:00+02:00", "A"),
    ("WMO302", "2.0", "send", "2017-06-08T13:00:00+02:00", "D"),
    ("JW322", "2.0", "receive", "2017-06-08T13:00:00+02:00", "D"),
    ("JW321", "2.0", "send", "2017-06-13T13:00:00+02:00", "C"),
    ("JW321", "2.0", "send", "2017-06-09T13:00:00+02:00", "A"),
    # Blocked before and after it, so that nothing hangs on how the minute is read.
    ("WMO301", "2.0", "send", "2017-06-08T13:00:00+02:00", "A"),
    ("WMO301", "2.1", "send", "2017-06-12T13:00:00+02:00", "A"),
]


@pytest.mark.parametrize(("name", "release", "direction", "at", "grade"), GRADES)
def test_a_decision_says_how_well_it_is_known(
    name: str, release: str, direction: str, at: str, grade: str
) -> None:
    found = NATIONAL.decide(catalogue().one(name), release, direction, moment(at))
    assert found.evidence == grade


def test_a_deadline_that_was_moved_holds_for_that_partner_alone() -> None:
    later = switch("2.0", "2.1", [override("heen", "2017-06-07T12:00")])
    at = "2017-06-07T12:00:00+02:00"
    assert word(later, "WMO301", "2.0", "send", at, "0344", "98025566") == "allow"
    assert word(later, "WMO301", "2.0", "send", "2017-06-07T12:01:00+02:00", "0344") == "block"
    assert word(later, "WMO301", "2.0", "send", at, "0345", "98025566") == "block"
    # It is of another deadline.
    assert word(later, "WMO303", "2.0", "send", at, "0344") == "block"


def test_a_deadline_can_be_earlier_and_be_that_of_an_aanbieder() -> None:
    earlier = switch("2.0", "2.1", [override("retour", "2017-06-07T17:00", "98025566")])
    at = "2017-06-07T17:01:00+02:00"
    assert word(earlier, "JW304", "2.0", "receive", at, "0344", "98025566") == "block"
    assert word(earlier, "JW304", "2.0", "receive", at, "0344") == "allow"


def test_of_two_agreements_the_earliest_counts() -> None:
    both = switch(
        "2.0",
        "2.1",
        [
            override("heen", "2017-06-07T12:00"),
            override("heen", "2017-06-05T12:00", "98025566"),
        ],
    )
    assert word(both, "WMO305", "2.0", "send", "2017-06-06T09:00:00+02:00", "0344") == "allow"
    for parties in (("0344", "98025566"), ("98025566", "0344")):
        assert word(both, "WMO305", "2.0", "send", "2017-06-06T09:00:00+02:00", *parties) == "block"


def test_the_agreement_is_named_where_it_decided_and_nowhere_else() -> None:
    agreed = override("heen", "2017-06-07T12:00")
    about = switch("2.0", "2.1", [agreed])
    kind = catalogue().one("WMO307")
    used = {
        at: about.decide(kind, "2.0", "send", moment(f"{at}:00+02:00"), ("0344",)).override
        for at in ("2017-06-06T17:00", "2017-06-06T17:01", "2017-06-07T12:01", "2017-06-09T12:00")
    }
    assert list(used.values()) == [None, agreed, None, None]


@pytest.mark.parametrize(
    ("deadline", "local"),
    [("freeze", "2017-06-07T12:00"), ("open", "2017-06-07T12:00"), ("heen", "2017-06-08T13:01")],
)
def test_the_freeze_holds_for_everyone(deadline: str, local: str) -> None:
    with pytest.raises(UsageError) as error:
        switch("2.0", "2.1", [override(deadline, local)])
    assert error.value.code == "USE-OVERRIDE"


# In winter, and on both sides of the night in which summer time begins.
OTHERS = [
    ("2.1", "2.2", "WMO303", "send", "2018-03-18T22:00:00Z", "allow"),
    ("2.1", "2.2", "WMO303", "send", "2018-03-18T22:01:00Z", "block"),
    ("2.1", "2.2", "WMO301", "send", "2018-03-27T15:00:00Z", "allow"),
    ("2.1", "2.2", "WMO301", "send", "2018-03-27T15:01:00Z", "block"),
    ("2.2", "2.3", "WMO303", "send", "2019-03-17T22:01:00Z", "block"),
    ("2.2", "2.3", "JW302", "receive", "2019-03-28T12:00:00Z", "allow"),
    ("2.2", "2.3", "JW302", "receive", "2019-03-28T12:01:00Z", "block"),
    ("3.0", "3.1", "WMO303", "send", "2022-03-23T22:01:00Z", "block"),
    ("3.0", "3.1", "WMO303", "receive", "2022-03-31T11:01:00Z", "block"),
    # Of the first switch no deadline of sending is known: the freeze alone holds.
    ("1.0", "2.0", "WMO303", "send", "2015-12-31T07:00:00Z", "allow"),
    ("1.0", "2.0", "WMO303", "send", "2015-12-31T07:01:00Z", "block"),
]


@pytest.mark.parametrize(("source", "target", "name", "direction", "at", "decided"), OTHERS)
def test_the_other_switches_are_rows_too(
    source: str, target: str, name: str, direction: str, at: str, decided: str
) -> None:
    about = switch(source, target)
    assert word(about, name, source, direction, at) == decided
    opening = about.moments["open"].behind
    for days, old, new in ((-1, "block", "block"), (1, "block", "allow")):
        at = (opening + timedelta(days=days, hours=12)).isoformat()
        assert word(about, "WMO301", source, "send", at) == old
        assert word(about, "WMO301", target, "send", at) == new


# Typed by hand: what is known of the switches of which the freeze is not known from end to end.
PARTS = {
    ("2.4", "3.0"): {
        "declaration": "2020-12-21T22:00:00+00:00",
        "retour": "2020-12-31T12:00:00+00:00",
        "freeze": "2020-12-31T12:00:00+00:00",
    },
    ("3.1", "3.2"): {},
}


@pytest.mark.parametrize("releases", PARTS)
def test_a_switch_that_is_known_in_part_decides_nothing(releases: tuple[str, str]) -> None:
    (row,) = [
        row
        for row in table_rows("timelines")
        if (row["from_release"], row["to_release"]) == releases
    ]
    known = {item.name: item.minute.isoformat() for item in moments_of(row)}
    assert known == PARTS[releases]
    with pytest.raises(UsageError) as error:
        switch(*releases)
    assert error.value.code == "USE-SWITCH"
    assert (
        "no open is published" in error.value.what or "no freeze is published" in error.value.what
    )


def test_each_switch_of_one_release_to_the_next_has_a_row() -> None:
    rows = [(row["from_release"], row["to_release"]) for row in table_rows("timelines")]
    releases = ["1.0", "2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2"]
    assert rows == list(pairwise(releases))


@pytest.mark.parametrize(
    ("release", "direction", "at"),
    [
        ("2.2", "send", datetime(2017, 6, 1, tzinfo=UTC)),
        ("2.0", "lees", datetime(2017, 6, 1, tzinfo=UTC)),
        ("2.0", "send", datetime(2017, 6, 1)),
    ],
)
def test_what_is_no_question_is_refused(release: str, direction: str, at: datetime) -> None:
    with pytest.raises(UsageError):
        NATIONAL.decide(catalogue().one("WMO301"), release, direction, at)


@pytest.mark.parametrize(
    "text", ["", "2017-06-08", "2017-06-08T13:00:00", "13:00+02:00", "0001-01-01T00:00+14:00"]
)
def test_a_moment_has_a_day_a_time_and_a_zone(text: str) -> None:
    with pytest.raises(UsageError):
        moment(text)


def test_there_is_no_switch_but_those_of_the_table() -> None:
    with pytest.raises(UsageError):
        switch("2.0", "2.2")


@given(
    st.sampled_from(sorted(catalogue().messages)),
    st.sampled_from(["2.0", "2.1"]),
    st.sampled_from(["send", "receive"]),
    st.datetimes(timezones=st.timezones()),
)
def test_any_moment_is_decided_and_the_freeze_lets_nothing_pass(
    name: str, release: str, direction: str, at: datetime
) -> None:
    found = NATIONAL.decide(catalogue().one(name), release, direction, moment(at.isoformat()))
    assert found.word in ("allow", "warn", "block")
    start, end = moment("2017-06-08T11:01:00Z"), moment("2017-06-12T11:00:00Z")
    if start <= at < end:
        assert found.word == "block"


# What is changed in the table of rules, the start of the row that is named, the code.
WRONG = {
    "an unknown decision": ("SWITCH-PAIR,block", "SWITCH-PAIR,stop", "TABLE-VALUE"),
    "an unknown direction": (",send,declaration,", ",sent,declaration,", "TABLE-VALUE"),
    "a number that no type has": ("SWITCH-HEEN,block,301", "SWITCH-HEEN,block,399", "TABLE-RULE"),
    "a moment that is not there": (",send,heen,", ",send,pinksteren,", "TABLE-RULE"),
    "a rule that stands twice": ("SWITCH-OPEN,allow", "SWITCH-LATE,allow", "TABLE-RULE"),
    "a grade that is none": (
        "van formaat; alleen de freeze geldt ervoor.,C",
        "x,E",
        "TABLE-EVIDENCE",
    ),
    "nothing left for the last": (
        "SWITCH-OPEN,allow,any,any",
        "SWITCH-OPEN,allow,any,yes",
        "TABLE-RULE",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_rule_that_is_not_in_order_is_refused_at_its_row(tmp_path: Path, what: str) -> None:
    old, new, code = WRONG[what]
    tables = Tables(tmp_path)
    tables.change("switch_rules", old, new)
    with pytest.raises(TableError) as error:
        load_rules(tables.folder)
    assert error.value.code == code
    assert error.value.where == tables.row_of("switch_rules", new)
