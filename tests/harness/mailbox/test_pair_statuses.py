"""Each thing that can be wrong with a pair, in a mailbox of a few files."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.harness.mailbox.audited import Audit
from tests.harness.mailbox.pair_messages import heen, retour

NEW: dict[str, Any] = {"release": "2.1", "date": "2017-06-14"}
ANSWERED_NEW = {"release": "2.1", "to": "2017-06-14", "on": "2017-06-15"}


def test_a_pair_in_its_own_release_is_in_order(audit: Audit) -> None:
    done = audit(
        {
            "a.ei": heen(),
            "b.ei": retour(),
            "c.xml": heen("JW301", identification="M2", **NEW),
            "d.xml": retour("JW302", identification="M2", **ANSWERED_NEW),
        }
    )
    assert (done.code, done.found) == (0, [])
    assert (done.json["messages"], done.json["asked"], done.json["answered"]) == (4, 2, 2)


def test_a_question_without_an_answer_is_open(audit: Audit) -> None:
    done = audit({"a.ei": heen()})
    assert (done.code, done.found) == (1, [("PAIRS-OPEN", "a.ei", "")])


def test_a_question_that_can_still_be_answered_waits(audit: Audit) -> None:
    assert audit({"a.xml": heen(**NEW)}).found == [("PAIRS-WAITING", "a.xml", "")]


def test_jw321_stays_ei_so_that_its_answer_can_still_come(audit: Audit) -> None:
    done = audit({"a.ei": heen("JW321", date="2017-06-14")})
    assert done.found == [("PAIRS-WAITING", "a.ei", "")]
    # Its layout is reconstructed (grade D), which advises.
    assert done.code == 0
    assert audit({}, "--block-on", "ABCD").code == 1


@pytest.mark.parametrize(
    ("other", "values"),
    [
        ("type", {"name": "WMO308"}),
        ("standard", {"name": "JW306"}),
        ("gemeente", {"gemeente": "0364"}),
        ("aanbieder", {"aanbieder": "06290713"}),
        ("identification", {"identification": "M2"}),
    ],
)
def test_an_answer_belongs_to_a_question_by_type_parties_and_identification(
    audit: Audit, other: str, values: dict[str, str]
) -> None:
    done = audit({"a.ei": heen(), "b.ei": retour(**values)})
    assert done.found == [("PAIRS-OPEN", "a.ei", ""), ("PAIRS-NO-HEEN", "b.ei", "")]


def test_the_same_identification_of_another_type_is_another_question(audit: Audit) -> None:
    files = {"a.ei": heen(), "b.ei": retour(), "c.ei": heen("WMO307"), "d.ei": retour("WMO308")}
    assert audit(files).found == []


@pytest.mark.parametrize(("release", "other"), [("2.0", "2.1"), ("2.1", "2.0")])
def test_an_answer_in_another_release_breaks_the_pair(
    audit: Audit, release: str, other: str
) -> None:
    date = "2017-06-14" if release == "2.1" else "2017-05-02"
    files = {
        "a": heen(release=release, date=date),
        "b": retour(release=other, to=date, on="2017-06-15"),
    }
    done = audit(files)
    assert ("PAIRS-RELEASE", "b", "a") in done.found
    assert done.code == 1
    assert done.json["answered"] == 0
    # A message of the old release is not sent after the opening either.
    late = [("b", "SWITCH-LATE")] if other == "2.0" else []
    assert [rule for rule in done.rules if rule[1]] == late


def test_two_different_answers_are_one_too_many(audit: Audit) -> None:
    done = audit({"a": heen(), "b": retour(), "c": retour(own="R2", on="2017-05-05")})
    assert (done.code, done.found) == (1, [("PAIRS-TWICE", "c", "b")])


def test_an_answer_dated_before_its_question_came_too_early(audit: Audit) -> None:
    files = {"a": heen(**NEW), "b": retour(**{**ANSWERED_NEW, "on": "2017-06-13"})}
    assert audit(files).found == [("PAIRS-EARLY", "b", "a")]
    same_day = {"b": retour(**{**ANSWERED_NEW, "on": "2017-06-14"})}
    assert audit(same_day).found == []


def test_a_position_that_was_reconstructed_makes_an_early_answer_advise(audit: Audit) -> None:
    """In 2.0 the date of a 306 stands at columns of grade D, as that of a 303; in 2.1 not."""
    done = audit({"a": heen(), "b": retour(on="2017-05-01")})
    assert (done.code, done.found) == (0, [("PAIRS-EARLY", "b", "a")])
    done = audit({"a": heen("WMO303"), "b": retour("WMO304", on="2017-05-01")})
    assert (done.code, done.found) == (0, [("PAIRS-EARLY", "b", "a")])
    done = audit({"a": heen(**NEW), "b": retour(**{**ANSWERED_NEW, "on": "2017-06-13"})})
    assert (done.code, done.found) == (1, [("PAIRS-EARLY", "b", "a")])


def test_an_answer_without_a_question_is_told_once(audit: Audit) -> None:
    done = audit({"a": retour(), "b": retour(release="2.1")})
    assert (done.code, done.found) == (1, [("PAIRS-NO-HEEN", "a", "")])


def test_two_messages_of_one_identification_are_told_and_each_has_its_own_answer(
    audit: Audit,
) -> None:
    files = {
        "a": heen(),
        "b": heen(date="2017-05-03", variant=1),
        "c": retour(),
        "d": retour(own="R2", to="2017-05-03", on="2017-05-05"),
    }
    done = audit(files)
    assert (done.code, done.found) == (1, [("PAIRS-REUSED", "b", "a")])
    assert (done.json["asked"], done.json["answered"]) == (2, 2)


def test_an_identification_used_twice_on_a_day_is_told_too(audit: Audit) -> None:
    done = audit({"a": heen(), "b": heen(variant=1), "c": retour()})
    (found,) = done.found
    assert found[0] == "PAIRS-REUSED"
    assert {*found[1:]} == {"a", "b"}


def test_a_copy_is_told_and_is_no_problem(audit: Audit) -> None:
    done = audit({"in/a": heen(), "archive/a": heen(), "b": retour(), "c": retour()})
    copies = [("PAIRS-COPY", "in/a", "archive/a"), ("PAIRS-COPY", "c", "b")]
    assert (done.code, done.found) == (0, copies)
    assert not any(item["blocking"] for item in done.json["problems"])


def test_a_copy_with_other_line_ends_is_a_copy(audit: Audit) -> None:
    files = {"a": heen(), "b": retour(), "c": retour().replace(b"\r\n", b"\n").rstrip(b"\n")}
    assert audit(files).found == [("PAIRS-COPY", "c", "b")]


def test_a_converted_pair_beside_the_old_one_is_in_order(audit: Audit) -> None:
    """Nor are its dates held against it, as converting keeps them."""
    files = {
        "a.ei": heen(),
        "a.xml": heen(release="2.1"),
        "b.ei": retour(),
        "b.xml": retour(release="2.1"),
    }
    done = audit(files)
    assert (done.code, done.found) == (0, [])
    assert (done.json["asked"], done.json["answered"]) == (1, 1)


def test_an_answer_converted_for_software_of_the_new_release_is_in_order(audit: Audit) -> None:
    assert audit({"a": heen(), "b.ei": retour(), "b.xml": retour(release="2.1")}).found == []


def test_a_converted_question_may_be_answered_in_the_new_release(audit: Audit) -> None:
    files = {"a.ei": heen(), "a.xml": heen(release="2.1")}
    assert audit(files).found == [("PAIRS-WAITING", "a.xml", "")]
    answer = {"b.xml": retour(release="2.1", on="2017-06-14")}
    assert audit(answer).found == []


def test_a_question_asked_again_in_the_new_release_is_not_open_in_the_old_one(
    audit: Audit,
) -> None:
    files = {"a.ei": heen(), "b.xml": heen(**NEW), "c.xml": retour(**ANSWERED_NEW)}
    assert audit(files).found == []


def test_the_order_of_the_files_and_folders_changes_nothing(audit: Audit, tmp_path: Path) -> None:
    files = {"a": heen(), "b": heen(), "c": heen(variant=1), "d": retour(), "e": retour(own="R2")}
    seen = []
    for order in permutations(files):
        for path in (tmp_path / "box").glob("*"):
            path.unlink()
        seen.append(audit({name: files[name] for name in order}).json)
    assert all(other == seen[0] for other in seen)
    assert len(seen[0]["problems"]) == 3


def test_each_partner_has_its_own_figures(audit: Audit) -> None:
    other: dict[str, Any] = {"gemeente": "0014"}
    done = audit({"a": heen(), "b": heen(**other), "c": retour(**other), "d": retour(**other)})
    figures = [
        (item["gemeente"], item["messages"], item["asked"], item["answered"], item["problems"])
        for item in done.json["partners"]
    ]
    assert figures == [("0363", 1, 1, 0, 1), ("0014", 3, 1, 1, 0)]
    assert done.json["partners"][1]["codes"] == {"PAIRS-COPY": 1}
