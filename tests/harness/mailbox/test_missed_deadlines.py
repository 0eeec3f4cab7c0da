"""Deadlines of the switch of 2.0 to 2.1, by the date of a message and by the times of a manifest.

Expected from the timeline: declarations in 2.0 until 28 May 2017 23:59, other heenberichten until
6 June 17:00, return messages read until 8 June 13:00; then nothing until 12 June 13:00.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.mailbox.audited import Audit
from tests.harness.mailbox.pair_messages import heen, retour

OVERRIDE = "partner,deadline,moment,reason\n0363,declaration,2017-06-01T12:00,Agreed by letter\n"


@pytest.mark.parametrize(
    ("name", "release", "date", "rule"),
    [
        ("WMO303", "2.0", "2017-05-28", ""),
        ("WMO303", "2.0", "2017-05-29", "SWITCH-DECLARATION"),
        ("WMO301", "2.0", "2017-05-29", ""),
        ("JW315", "2.0", "2017-06-06", ""),
        ("JW315", "2.0", "2017-06-07", "SWITCH-HEEN"),
        ("JW315", "2.0", "2017-06-09", "SWITCH-FREEZE"),
        ("JW321", "2.0", "2017-05-29", ""),
        ("JW321", "2.0", "2017-06-08", ""),
        ("JW321", "2.0", "2017-06-10", "SWITCH-FREEZE"),
        ("JW321", "2.0", "2017-06-12", ""),
        ("WMO307", "2.0", "2017-06-13", "SWITCH-LATE"),
        ("WMO307", "2.1", "2017-06-07", "SWITCH-EARLY"),
        ("WMO307", "2.1", "2017-06-11", "SWITCH-FREEZE"),
        ("WMO307", "2.1", "2017-06-12", ""),
    ],
)
def test_a_day_is_too_late_or_too_early_where_all_of_it_is(
    audit: Audit, name: str, release: str, date: str, rule: str
) -> None:
    done = audit({"a": heen(name, release, date)})
    assert [found for _, found in done.rules if found] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("sent", "read", "rules"),
    [
        ("2017-06-06T16:59", "2017-06-06T17:00", []),
        ("2017-06-06T17:01", "", ["SWITCH-HEEN"]),
        # In summer time this is 17:01 in Amsterdam, and 16:59.
        ("2017-06-06T15:01:00Z", "", ["SWITCH-HEEN"]),
        ("2017-06-06T14:59:00Z", "", []),
        ("2017-06-06T16:00", "2017-06-08T13:01", ["SWITCH-FREEZE"]),
        ("2017-06-09T12:00", "2017-06-12T13:30", ["SWITCH-FREEZE", "SWITCH-LATE"]),
        # A known time counts instead of the date.
        ("2017-05-30T10:00", "", []),
    ],
)
def test_the_times_of_a_manifest_count(
    audit: Audit, tmp_path: Path, sent: str, read: str, rules: list[str]
) -> None:
    times = tmp_path / "times.csv"
    times.write_text(f"file,sent,read\nsub/a.ei,{sent},{read}\n", "utf-8")
    date = "2017-06-07" if sent.startswith("2017-05-30") else "2017-06-06"
    done = audit({"sub/a.ei": heen(date=date)}, "--manifest", times)
    assert [rule for _, rule in done.rules if rule] == rules


def test_a_return_message_that_was_read_after_the_last_moment_is_told(
    audit: Audit, tmp_path: Path
) -> None:
    times = tmp_path / "times.csv"
    times.write_text("file;sent;read\nb.ei;2017-06-08T12:00;2017-06-08T13:05\n", "utf-8-sig")
    done = audit({"a.ei": heen(), "b.ei": retour()}, "--manifest", times)
    assert [item for item in done.rules if item[1]] == [("b.ei", "SWITCH-RETOUR")]
    assert done.json["problems"][0]["at"] == "receive 2017-06-08 13:05"


def test_by_their_times_an_answer_can_come_before_its_question_on_the_same_day(
    audit: Audit, tmp_path: Path
) -> None:
    times = tmp_path / "times.csv"
    times.write_text("file,sent,read\na,2017-05-02T12:00,\nb,2017-05-02T11:59,\n", "utf-8")
    files = {"a": heen(), "b": retour(on="2017-05-02")}
    assert audit(files, "--manifest", times).found == [("PAIRS-EARLY", "b", "a")]


def test_a_file_of_the_manifest_that_is_not_there_may_be_lost(audit: Audit, tmp_path: Path) -> None:
    times = tmp_path / "times.csv"
    times.write_text("file,sent,read\n./a,,\nb,,\nc.ei,2017-05-02T12:00,\n", "utf-8")
    done = audit({"a": heen(), "b": retour()}, "--manifest", times)
    assert (done.code, done.found) == (1, [("FILE-MISSING", "c.ei", "")])


def test_a_deadline_that_was_moved_by_agreement_holds_for_that_partner(
    audit: Audit, tmp_path: Path
) -> None:
    moved = tmp_path / "moved.csv"
    moved.write_text(OVERRIDE, "utf-8")
    files = {
        "a": heen("WMO303", date="2017-05-30"),
        "b": heen("WMO303", date="2017-05-30", gemeente="0364"),
        "c": heen("WMO303", date="2017-06-02", identification="M2"),
    }
    done = audit(files, "--overrides", moved)
    told = {item["file"]: item for item in done.json["problems"] if item["rule"]}
    assert {name: item["rule"] for name, item in told.items()} == {
        "b": "SWITCH-DECLARATION",
        "c": "SWITCH-DECLARATION",
    }
    assert (done.json["overrides"], done.json["overrides_used"]) == (1, 1)


def test_another_switch_has_other_deadlines(audit: Audit) -> None:
    """For 2.1 to 2.2 the last declarations were sent on 18 March 2018 at 23:00."""
    done = audit({"a": heen("WMO303", "2.1", "2018-03-19")}, "--switch", "2.1-2.2")
    assert done.rules == [("a", ""), ("a", "SWITCH-DECLARATION")]
    assert done.found[0] == ("PAIRS-OPEN", "a", "")
