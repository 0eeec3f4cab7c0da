"""Each rule fires on its defect, there and with its return code, and nothing else fires."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import history_cases  # noqa: F401 - it adds its cases
import more_cases  # noqa: F401 - it adds its cases
import pytest
from cases import CASES, Case, Message
from edited import ei, xml

from harness.exchange import read
from schemas.faults import Fault
from schemas.rules.judging import Judge
from schemas.rules.table import FOLDER


def judged(messages: Sequence[Message], release: str) -> list[list[Fault]]:
    """What the rules say of each of some messages that come one after the other."""
    judge, found = Judge(), []
    for name, edits in messages:
        reading = read(ei(name, edits) if release == "2.0" else xml(name, edits), release)
        faults = judge.faults(reading, release)
        assert faults is not None, [str(fault) for fault in reading.faults]
        # In 2.0 the layout has a word about totals too.
        assert {fault.code for fault in reading.faults} <= {"EI-TOTAL"}
        found.append(faults)
    return found


def place(fault: Fault) -> object:
    if fault.xml:
        assert fault.xml.line > 1
        return fault.xml.path
    assert fault.ei
    return (fault.ei.number, fault.ei.record, fault.ei.field, fault.ei.start, fault.ei.end)


def named(case: Case) -> str:
    return f"{case.rule}-{case.release}"


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


def test_every_row_of_judgements_finds_something_in_each_of_its_releases() -> None:
    found = set()
    for case in CASES:
        judge = Judge()
        for name, edits in case.broken:
            data = ei(name, edits) if case.release == "2.0" else xml(name, edits)
            reading = read(data, case.release)
            assert reading.message
            assert reading.root
            broken = judge.broken(reading.message, reading.root, case.release)
            found |= {(item.check.where, case.release) for item in broken}
    wanted = set()
    with (FOLDER / "judgements.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            wanted |= {(f"judgements.csv:{rows.line_num}", r) for r in row["releases"].split()}
    assert len(wanted) > 150
    assert wanted - found == set()
