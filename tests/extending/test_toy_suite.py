"""A suite is a module and its entry in the registry: all else finds it there."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from schemas.registered import registered
from tests.extending.extended_copy import Copy
from tests.extending.toys import twice

TOY = "twice"
ID = "WMO305.twice.2.0-2.1.s1.n0"
ON = ("--messages=WMO305", "--suite=twice", "--count=2")
GOOD, WRONG = "--python=harness.reference:convert", "--python=tests.suts.forgetful:changes_its_mind"
PASS, RED = 0, 1
CONVERT = (
    '[sut]\nmessages = ["WMO305"]\n'
    '[sut.convert]\npython = "tests.suts.forgetful:changes_its_mind"\n'
)
DECLARED = '[[deviation]]\ncodes = ["FIELD-CHANGED"]\nreason = "known"\nexpires = 2099-01-01\n'


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("suite"))
    copy.add(TOY, "harness/suites", "Twice()")
    (copy.work / "wrong.toml").write_text(CONVERT, encoding="utf-8")
    (copy.work / "declared.toml").write_text(CONVERT + DECLARED, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wrong(copy: Copy) -> Path:
    """The folder of a run of software that it finds wrong."""
    done = copy.ikeur("run", WRONG, *ON, "--out=wrong")
    assert done.returncode == RED, done.stderr
    return copy.work / "wrong"


def cases(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())["cases"]
    return found


def verdicts(folder: Path) -> list[tuple[str, str]]:
    return [(case["id"], case["verdict"]) for case in cases(folder)]


def test_two_files_are_touched_and_nothing_is_taken_away(copy: Copy) -> None:
    registry = "harness/suites/registry.py"
    assert copy.changed() == {f"harness/suites/{TOY}.py", registry}
    assert copy.added_lines(registry) == [
        f"from harness.suites import {TOY}",
        f"    {TOY}.Twice(),",
    ]


def test_a_run_has_it_where_no_suite_is_named(copy: Copy) -> None:
    words = ("run", GOOD, "--messages=WMO305", "--count=1", "--quick", "--out=all")
    assert copy.ikeur(*words).returncode == PASS
    assert [item for item in verdicts(copy.work / "all") if ".twice." in item[0]] == [
        (ID, "pass"),
        ("WMO305.twice.2.1-2.0.s1.n0", "pass"),
    ]


def test_a_run_tells_wrong_and_keeps_the_files(wrong: Path) -> None:
    assert [verdict for _, verdict in verdicts(wrong)] == ["fail"] * 4
    assert (wrong / "cases" / ID / "input.ei").is_file()


def test_a_case_is_written_again_and_asked_again(copy: Copy) -> None:
    done = copy.ikeur("case", ID, "--run", GOOD, "--out=case")
    assert done.returncode == PASS, done.stderr
    about = json.loads((copy.work / "case" / "case.json").read_text())
    assert about["requirement"] == twice.Twice.requirement["en"]
    assert about["expected"] == "converted"
    assert (copy.work / "case" / "input.ei").is_file()
    assert copy.ikeur("case", ID, "--run", WRONG).returncode == RED


def test_a_run_that_was_cut_off_goes_on(copy: Copy, wrong: Path) -> None:
    journal = (wrong / "events.jsonl").read_bytes().splitlines(keepends=True)
    cut = copy.work / "cut"
    cut.mkdir()
    (cut / "events.jsonl").write_bytes(b"".join(journal[:2]))
    assert copy.ikeur("run", WRONG, *ON, "--out=cut", "--resume").returncode == RED
    assert verdicts(cut) == verdicts(wrong)


def test_what_it_finds_can_be_declared(copy: Copy) -> None:
    done = copy.ikeur("run", "--config=declared.toml", *ON, "--out=declared")
    assert {verdict for _, verdict in verdicts(copy.work / "declared")} == {"xfail"}
    assert done.returncode == PASS, done.stderr


def test_a_dryrun_packs_it_and_verify_judges_it_again(copy: Copy) -> None:
    done = copy.ikeur("dryrun", "--config=wrong.toml", "--out=bundle.zip")
    assert done.returncode == RED, done.stderr
    with zipfile.ZipFile(copy.work / "bundle.zip") as file:
        assert f"{ID},fail," in file.read("verdicts.csv").decode()
    verified = copy.ikeur("verify", "bundle.zip")
    assert (verified.returncode, verified.stderr) == (PASS, "")


def test_two_suites_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        registered(twice.Twice(), twice.Twice())
