"""Each rule fires on its defect, there and with its return code, and nothing else fires."""

from __future__ import annotations

import csv

import pytest

from schemas.rules.evaluate import RuleJudge
from schemas.rules.rule_rows import FOLDER
from tests.schemas.rules.all_cases import CASES, named
from tests.schemas.rules.cases import Case
from tests.schemas.rules.judged import judged, place, readings
from tests.schemas.rules.late_lines import LATE


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_finds_its_defect_and_nothing_else_does(case: Case) -> None:
    *before, last = judged(case.broken, case.release)
    assert [fault for faults in before for fault in faults] == []
    told = [(fault.code, fault.rule, place(fault), fault.retour) for fault in last]
    assert told == [("RULE", case.rule, case.at, case.retour)]
    assert last[0].expected
    assert last[0].actual


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_only_just_keeps_a_rule_is_not_found(case: Case) -> None:
    assert [fault for faults in judged(case.whole, case.release) for fault in faults] == []


@pytest.mark.parametrize("what", LATE)
def test_a_line_after_the_invoice_date_has_the_code_of_its_begin_or_end(what: str) -> None:
    release, edits, expected = LATE[what]
    (found,) = judged([("WMO303", edits)], release)
    assert {(fault.rule, place(fault), fault.retour) for fault in found} == expected


def test_every_row_of_judgements_finds_something_in_each_of_its_releases() -> None:
    found = set()
    late = [([("WMO303", edits)], release) for release, edits, _ in LATE.values()]
    for messages, release in [*((case.broken, case.release) for case in CASES), *late]:
        judge = RuleJudge()
        for reading, own in readings(messages, release):
            assert reading.message
            assert reading.root
            broken = judge.broken(reading.message, reading.root, own)
            found |= {(item.check.where, own) for item in broken}
    wanted = set()
    with (FOLDER / "judgements.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            wanted |= {(f"judgements.csv:{rows.line_num}", r) for r in row["releases"].split()}
    assert len(wanted) > 150
    assert wanted - found == set()
