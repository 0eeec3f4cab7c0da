"""What the rules fail in a message by itself, its return message rejects."""

from __future__ import annotations

import pytest

from harness.reference import converter as reference
from schemas.message.fault import Fault
from schemas.releases.read_write import read
from schemas.retour.pair import HEEN, no_remark, not_assessed
from schemas.rules.evaluate import RuleJudge
from tests.schemas.rules.all_cases import CASES, named
from tests.schemas.rules.edited import Edits, ei, xml
from tests.schemas.rules.late_lines import LATE

# The rules for which the list of a release has no code, with what it has that comes near.
NO_CODE = {
    ("TR137", "2.1"): "8816 (the declaration period ends after the invoice date) is in 2.0 alone",
    ("TR319", "2.1"): "8007 (a date of the product is wrong) is in 2.0 alone",
}
ALONE = [case for case in CASES if len(case.broken) == 1]
Broken = tuple[str, Edits, str]
BROKEN: dict[str, Broken] = {
    f"{place}-{named(case)}": (*case.broken[0][:2], case.release)
    for place, case in enumerate(ALONE)
} | {what: ("WMO303", edits, release) for what, (release, edits, _) in LATE.items()}


def judged(message: Broken) -> tuple[bytes, list[Fault]]:
    """A message, and what its rules say that blocks."""
    name, edits, release = message
    data = ei(name, edits) if release == "2.0" else xml(name, edits)
    faults = RuleJudge().faults(read(data, release), release)
    return data, [fault for fault in faults or [] if fault.evidence in "ABC"]


def codes(answer: bytes, release: str) -> set[str]:
    """All return codes of an answer that say that something is wrong."""
    reading = read(answer, release)
    assert reading.root is not None
    found = {
        value
        for node in reading.root.walk()
        for key, value in node.values.items()
        if "RetourCode" in key or key.startswith("RETOURCODE")
    }
    return found - {no_remark(), not_assessed()}


@pytest.mark.parametrize("what", BROKEN)
def test_what_fails_is_rejected_with_a_code_of_its_rule(what: str) -> None:
    release = BROKEN[what][2]
    data, faults = judged(BROKEN[what])
    message = read(data, release).message
    if not faults or message is None or message.role != HEEN:
        return
    told = codes(reference.respond(data, release, release), release)
    for fault in faults:
        if not fault.retour:
            assert (fault.rule, release) in NO_CODE, fault
        else:
            assert told & set(fault.retour.split("|")), fault


def test_a_rule_without_a_code_is_one_that_fails_something() -> None:
    without = {
        (fault.rule, message[2])
        for message in BROKEN.values()
        for fault in judged(message)[1]
        if not fault.retour
    }
    # An answer is not answered.
    assert {key for key in without if key[0] != "TR342"} == set(NO_CODE)


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_a_period_that_ends_before_it_begins_is_rejected_in_the_header(release: str) -> None:
    edits = {
        "2.0": {"1 BEGINDATUM DECLARATIE-/FACTUURPERIODE": "20170501"},
        "2.1": {"Header/DeclaratieFactuurIdentificatie/DeclaratiePeriode/Begindatum": "2017-05-01"},
    }
    data, _ = judged(("WMO303", edits[release], release))
    answer = read(reference.respond(data, release, release), release)
    assert answer.root is not None
    assert answer.root.children == []
    told = codes(reference.respond(data, release, release), release)
    assert told == {{"2.0": "0021", "2.1": "8175"}[release]}


@pytest.mark.parametrize(
    ("name", "edits", "code"),
    [
        ("WMO303", {f"{number} BSN": "999939854" for number in (2, 4, 5)}, "0435"),
        ("WMO307", {"2 BSN": "999939854"}, "0399"),
    ],
)
def test_a_bsn_that_fails_its_test_comes_back_in_20(name: str, edits: Edits, code: str) -> None:
    data, _ = judged((name, edits, "2.0"))
    assert codes(reference.respond(data, "2.0", "2.0"), "2.0") == {code}
