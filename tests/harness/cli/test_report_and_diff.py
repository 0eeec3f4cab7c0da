"""`ikeur report` writes the reports of a run again; `ikeur diff` compares two runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import BROKEN, PASS, RED, USAGE, Done, tree

Ikeur = Callable[..., Done]
ARGS = ("--messages", "WMO305", "--suite", "convert", "--count", 1)
WRONG = ("--python", "software:wrong_date")


def test_reports_are_written_again_byte_for_byte_and_in_the_other_language(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    ikeur("run", *ARGS, *WRONG, "--out", "run")
    before = tree(tmp_path / "run")
    for name in ("report.html", "summary.md"):
        (tmp_path / "run" / name).unlink()
    done = ikeur("report", "run")
    assert (done.code, done.told) == (PASS, "")
    assert tree(tmp_path / "run") == before

    done = ikeur("report", "run/results.json", "--lang", "nl")
    assert done.said.splitlines()[0].startswith("Niet goed: ")
    after = tree(tmp_path / "run")
    assert after.keys() == before.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert "results.json" not in changed
    assert {"report.html", "summary.md", "junit.xml"} <= changed
    assert b"Niet goed" in (after["summary.md"] or b"")
    assert ikeur("report", "run", "--json").json["outcome"] == "red"


def test_a_run_is_compared_with_an_earlier_one(ikeur: Ikeur, tmp_path: Path) -> None:
    ikeur("run", *ARGS, *WRONG, "--out", "red")
    ikeur("run", *ARGS, "--reference", "--out", "green")
    worse, better, same = (
        ikeur("diff", *pair, "--json")
        for pair in (("green", "red"), ("red", "green/results.json"), ("red", "red"))
    )
    statuses = [{item["status"] for item in done.json["changes"]} for done in (worse, better, same)]
    assert statuses == [{"new"}, {"mended"}, {"still"}]
    assert [done.code for done in (worse, better, same)] == [RED, PASS, PASS]
    assert "\nMended\n" in ikeur("diff", "red", "green").said
    assert "\nHersteld\n" in ikeur("diff", "red", "green", "--lang", "nl").said

    # With other messages nothing is known of what the first run showed.
    ikeur("run", *ARGS, "--seed", 2, "--reference", "--out", "other")
    assert {item["status"] for item in ikeur("diff", "red", "other", "--json").json["changes"]} == {
        "unasked"
    }


def test_a_run_that_tested_nothing_is_no_improvement(ikeur: Ikeur) -> None:
    ikeur("run", *ARGS, *WRONG, "--out", "red")
    ikeur("run", "--suite", "retour", "--messages", "WMO305", *WRONG, "--count", 1, "--out", "none")
    assert ikeur("diff", "red", "none").code == BROKEN


@pytest.mark.parametrize("damage", ["cut", "changed", "none", "folder"])
def test_what_is_no_result_of_a_run_is_told_in_one_line_and_nothing_is_written(
    ikeur: Ikeur, tmp_path: Path, damage: str
) -> None:
    ikeur("run", *ARGS, *WRONG, "--out", "run")
    file = tmp_path / "run" / "results.json"
    data = file.read_bytes()
    if damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "changed":
        file.write_bytes(data.replace(b'"verdict": "fail"', b'"verdict": "fine"'))
    elif damage == "none":
        file.unlink()
    else:
        shutil.move(file, tmp_path / "kept")
        file.mkdir()
    before = tree(tmp_path / "run")
    for args in (("report", "run"), ("diff", "run", "run")):
        done = ikeur(*args)
        assert (done.code, done.said) == (USAGE, "")
        assert done.told.startswith("ikeur: USE-")
        assert len(done.told.splitlines()) == 1
    assert tree(tmp_path / "run") == before
