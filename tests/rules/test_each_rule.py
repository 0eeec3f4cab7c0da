"""Each rule fires on its defect, there and with its return code, and nothing else fires."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

import history_cases  # noqa: F401 - it adds its cases
import more_cases  # noqa: F401 - it adds its cases
import pytest
from cases import CASES, Case, Message
from edited import ei, xml

from schemas.message.fault import Fault
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.rules.tables import FOLDER


def readings(messages: Sequence[Message], release: str) -> Iterator[tuple[Reading, str]]:
    """Some messages as they are read, each with the release that it names or that of the case."""
    for name, edits, *named in messages:
        own = named[0] if named else release
        yield read(ei(name, edits) if own == "2.0" else xml(name, edits), own), own


def judged(messages: Sequence[Message], release: str) -> list[list[Fault]]:
    """What the rules say of each of some messages that come one after the other."""
    judge, found = RuleJudge(), []
    for reading, own in readings(messages, release):
        faults = judge.faults(reading, own)
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


# A line of 1 to 30 April in a declaration of 8 May 2017 about April, that ends or begins later:
# which breaks the rule about the declaration period too.
LINE = "Clienten/Client[1]/Prestaties/Prestatie[1]/ProductPeriode"
AT_LINE = f"/Bericht/{LINE}"
END_20, BEGIN_20 = ((4, "04", f"{which} PRODUCT", *columns) for which, columns in (
    ("EINDDATUM", (114, 121)), ("BEGINDATUM", (106, 113)),
))  # fmt: skip
LATE = {
    "ends in 2.1": (
        "2.1", {f"{LINE}/Einddatum": "2017-05-09"},
        {("TR137", f"{AT_LINE}/Einddatum", "8178"), ("TR319", f"{AT_LINE}/Einddatum", "")},
    ),
    "ends in 2.0": (
        "2.0", {"4 EINDDATUM PRODUCT": "20170509"},
        {("TR137", END_20, "8178"), ("TR319", END_20, "8007")},
    ),
    "begins in 2.1": (
        "2.1", {f"{LINE}/Begindatum": "2017-05-09", f"{LINE}/Einddatum": "2017-05-09"},
        {
            ("TR137", f"{AT_LINE}/Begindatum", "8177"), ("TR137", f"{AT_LINE}/Einddatum", "8178"),
            ("TR319", f"{AT_LINE}/Einddatum", ""),
        },
    ),
    "begins in 2.0": (
        "2.0", {"4 BEGINDATUM PRODUCT": "20170509", "4 EINDDATUM PRODUCT": "20170509"},
        {("TR137", BEGIN_20, "8177"), ("TR137", END_20, "8178"), ("TR319", END_20, "8007")},
    ),
}  # fmt: skip


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
