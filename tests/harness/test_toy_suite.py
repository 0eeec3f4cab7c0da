"""A suite is one module and one line of a registry: with these it is run, resumed and verified."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from toy_suite import Twice

from harness.cli import main
from harness.dryrun import profiles
from harness.suites.registry import SUITES, registered

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))

from running import SUTS

ID = "WMO305.twice.2.0-2.1.s1.n0"
ON = ("--messages=WMO305", "--suite=twice", "--count=2")
GOOD, WRONG = "--python=harness.reference:convert", "--python=forgetful:changes_its_mind"
PASS, RED = 0, 1
Door = Callable[..., Result]


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    """The command line of ikeur with one suite more."""
    monkeypatch.setitem(SUITES, Twice.name, Twice())
    monkeypatch.setenv("PYTHONPATH", str(SUTS))
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def cases(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / "results.json").read_text())["cases"]
    return found


def test_a_run_has_its_cases_and_tells_right_from_wrong(door: Door, tmp_path: Path) -> None:
    assert door("run", GOOD, *ON, "--out", tmp_path / "good").exit_code == PASS
    assert [case["verdict"] for case in cases(tmp_path / "good")] == ["pass"] * 4
    done = door("run", WRONG, *ON, "--out", tmp_path / "wrong")
    assert done.exit_code == RED
    assert [case["verdict"] for case in cases(tmp_path / "wrong")] == ["fail"] * 4
    assert "twice" in done.output
    assert (tmp_path / "wrong" / "cases" / ID / "input.ei").is_file()


def test_a_run_has_it_where_no_suite_is_named(door: Door, tmp_path: Path) -> None:
    words = ("run", GOOD, "--messages=WMO305", "--count=1", "--quick", "--out", tmp_path / "all")
    assert door(*words).exit_code == PASS
    assert [case["id"] for case in cases(tmp_path / "all") if case["suite"] == "twice"] == [
        "WMO305.twice.2.0-2.1.s1.n0",
        "WMO305.twice.2.1-2.0.s1.n0",
    ]


def test_a_case_is_written_again_and_asked_again(door: Door, tmp_path: Path) -> None:
    done = door("case", ID, "--run", GOOD, "--out", tmp_path / "case")
    assert done.exit_code == PASS
    about = json.loads((tmp_path / "case" / "case.json").read_text())
    assert about["requirement"] == Twice.requirement["en"]
    assert about["expected"] == "converted"
    assert (tmp_path / "case" / "input.ei").is_file()
    assert door("case", ID, "--run", WRONG).exit_code == RED


def test_a_run_that_was_cut_off_goes_on(door: Door, tmp_path: Path) -> None:
    assert door("run", WRONG, *ON, "--out", tmp_path / "whole").exit_code == RED
    journal = (tmp_path / "whole" / "events.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "events.jsonl").write_bytes(b"".join(journal[:2]))
    assert door("run", WRONG, *ON, "--out", tmp_path / "cut", "--resume").exit_code == RED
    told = [[(case["id"], case["verdict"]) for case in cases(tmp_path / name)]
            for name in ("whole", "cut")]  # fmt: skip
    assert told[0] == told[1]


def test_what_it_finds_can_be_declared(door: Door, tmp_path: Path) -> None:
    config = tmp_path / "ikeur.toml"
    config.write_text(
        '[sut.convert]\npython = "forgetful:changes_its_mind"\n'
        '[[deviation]]\ncodes = ["FIELD-CHANGED"]\nreason = "known"\nexpires = 2099-01-01\n'
    )
    done = door("run", "--config", config, *ON, "--out", tmp_path / "out")
    assert {case["verdict"] for case in cases(tmp_path / "out")} == {"xfail"}
    assert done.exit_code == PASS


def test_a_dryrun_packs_it_and_verify_judges_it_again(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "profiles.csv"
    table.write_text(
        "profile,suites,count,kept_one_in,sweep,what_en,what_nl\n"
        "quick,twice,2,1,no,one,een\ncertification,twice,2,1,no,one,een\n"
    )
    monkeypatch.setattr(profiles, "TABLE", table)
    profiles.profiles.cache_clear()
    config = tmp_path / "ikeur.toml"
    config.write_text(
        '[sut]\nmessages = ["WMO305"]\n[sut.convert]\npython = "forgetful:changes_its_mind"\n'
    )
    bundle = tmp_path / "bundle.zip"
    done = door("dryrun", "--config", config, "--profile", "quick", "--out", bundle)
    profiles.profiles.cache_clear()
    monkeypatch.setattr(profiles, "TABLE", table)
    assert done.exit_code == RED, done.output
    with ZipFile(bundle) as file:
        verdicts = file.read("verdicts.csv").decode()
    assert f"{ID},fail," in verdicts
    verified = door("verify", bundle)
    profiles.profiles.cache_clear()
    assert verified.exit_code == PASS, verified.output


def test_no_two_suites_have_one_name() -> None:
    with pytest.raises(ValueError, match="'twice'"):
        registered([Twice(), Twice()])
