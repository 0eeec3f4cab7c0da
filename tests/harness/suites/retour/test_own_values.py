"""What is asked of the identification and the date of an answer, and how sure it is."""

from __future__ import annotations

import pytest

from harness.reference.converter import respond
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from schemas.facts.catalogue import catalogue
from schemas.header.locations import places
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from tests.schemas.rules.edited import ei, xml

SUFFIX = {"2.0": ei, "2.1": xml}
DAY = "2017-06-01"
# Typed by hand from docs/retour.md: how sure it is that the date is not before that of the message.
# In 2.0 the date of a 303 stands at columns that are reconstructed.
BEFORE = {
    "WMO303": {"2.0": "D", "2.1": "C"},
    "JW305": {"2.0": "D", "2.1": "D"},
    "WMO301": {"2.0": "D", "2.1": "D"},
}
both = pytest.mark.parametrize("release", ["2.0", "2.1"])


def faults(name: str, release: str, own: dict[str, str], day: str = DAY) -> list[Fault]:
    """What is found in an answer with other values of its own, by their roles."""
    data = SUFFIX[release](name, {})
    retour = catalogue().one(catalogue().one(name).pair)
    root = read(respond(data, release, release), release).root
    assert isinstance(root, Node)
    keys = {item.role: item.key for item in places(retour.name, release)}
    root.values |= {keys[role]: value for role, value in own.items()}
    return retour_faults(read_heenbericht(data, release), write(retour, root, release), None, day)


def written(day: str, release: str) -> str:
    return day if release == "2.1" else day.replace("-", "")


def told(found: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.code, fault.evidence) for fault in found]


@both
@pytest.mark.parametrize("name", BEFORE)
def test_an_answer_is_not_dated_before_its_message(name: str, release: str) -> None:
    early = {"retour date": written("2016-01-01", release)}
    assert told(faults(name, release, early)) == [("RETOUR-DATE", BEFORE[name][release])]


@both
@pytest.mark.parametrize("name", BEFORE)
def test_an_answer_is_dated_on_the_day_on_which_it_is_given_at_the_latest(
    name: str, release: str
) -> None:
    assert faults(name, release, {"retour date": written(DAY, release)}) == []
    late = {"retour date": written("2017-06-02", release)}
    assert told(faults(name, release, late)) == [("RETOUR-DATE", "D")]
    # The message is of 2017: on a day before it no answer is dated right.
    assert faults(name, release, {}, day="2016-01-01") == []
    # Nothing is known of the day of an answer that was not asked for.
    assert faults(name, release, late, day="") == []


@both
@pytest.mark.parametrize("name", BEFORE)
def test_an_answer_is_not_identified_as_its_message(name: str, release: str) -> None:
    data = SUFFIX[release](name, {})
    root = read(data, release).root
    assert root is not None
    (key,) = (item.key for item in places(name, release) if item.role == "identification")
    same = {"retour identification": root.get(key)}
    assert told(faults(name, release, same)) == [("RETOUR-IDENTIFICATION", "D")]
    assert faults(name, release, {"retour identification": "EIGEN1"}) == []


@both
def test_a_date_that_is_none_is_told_of_by_the_layout_alone(release: str) -> None:
    found = faults("WMO305", release, {"retour date": "2099X101" if release == "2.0" else "later"})
    assert {fault.code for fault in found} <= {"EI-NUMERIC", "EI-DATE", "XML-VALUE"}
    assert found
