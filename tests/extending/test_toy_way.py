"""A way to reach software is a module and its entry in the registry: all else finds it there."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from harness.sut import command
from schemas.registered import registered
from tests.extending.extended_copy import Copy

TOY = "inside"
FEW = """[sut]
messages = ["WMO305", "WMO306"]
[sut.convert]
inside = "harness.reference:convert"
[sut.respond]
inside = "harness.reference:respond"
[sut.gate]
inside = "harness.reference.gate:gate"
"""
SMALL = ("--messages=WMO305,WMO306", "--count=1", "--quick")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("way"))
    copy.add(TOY, "harness/sut", "WAY")
    (copy.work / "few.toml").write_text(FEW, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def whole(copy: Copy) -> Path:
    """The folder of a run that asks all operations, over the reference."""
    done = copy.ikeur("run", "--config=few.toml", *SMALL, "--out=whole")
    assert done.returncode == 0, done.stderr
    return copy.work / "whole"


def results(folder: Path) -> Any:
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


def verdicts(folder: Path) -> list[tuple[str, str]]:
    return [(case["id"], case["verdict"]) for case in results(folder)["cases"]]


def test_two_files_are_touched_and_nothing_is_taken_away(copy: Copy) -> None:
    registry = "harness/sut/registry.py"
    assert copy.changed() == {f"harness/sut/{TOY}.py", registry}
    assert copy.added_lines(registry) == [f"from harness.sut import {TOY}", f"    {TOY}.WAY,"]


def test_it_has_an_option_with_its_help(copy: Copy) -> None:
    said = " ".join(copy.ikeur("run", "--help").stdout.split())
    assert "--inside MODULE:FUNCTION A Python function, called in this process." in said


def test_a_run_passes_over_the_reference_in_all_operations(whole: Path) -> None:
    told = results(whole)
    assert told["run"]["way"] == TOY
    assert {case["op"] for case in told["cases"]} == {"convert", "respond", "gate"}
    assert {verdict for _, verdict in verdicts(whole)} == {"pass"}


def test_other_processes_reach_it_too_and_find_the_same(copy: Copy, whole: Path) -> None:
    done = copy.ikeur("run", "--config=few.toml", *SMALL, "--workers=2", "--out=workers")
    assert done.returncode == 0, done.stderr
    assert verdicts(copy.work / "workers") == verdicts(whole)


def test_a_run_that_was_cut_off_goes_on(copy: Copy, whole: Path) -> None:
    journal = (whole / "events.jsonl").read_bytes()
    (copy.work / "cut").mkdir()
    (copy.work / "cut" / "events.jsonl").write_bytes(journal[: len(journal) // 2])
    done = copy.ikeur("run", "--config=few.toml", *SMALL, "--out=cut", "--resume")
    assert done.returncode == 0, done.stderr
    assert verdicts(copy.work / "cut") == verdicts(whole)


def test_what_fails_fails_again_alone_and_is_declared_with_the_way(copy: Copy) -> None:
    faulty, right = (
        "--inside=tests.suts.faulty:loses_initials",
        "--inside=harness.reference:convert",
    )
    words = ("--suite=convert", "--messages=WMO302", "--count=5", "--accept-current")
    assert copy.ikeur("run", *words, faulty, "--out=red").returncode == 1
    declared = (copy.work / "ikeur.toml").read_text(encoding="utf-8")
    assert '[sut.convert]\ninside = "tests.suts.faulty:loses_initials"\n' in declared
    (copy.work / "ikeur.toml").unlink()
    failed = next(case for case, verdict in verdicts(copy.work / "red") if verdict == "fail")
    assert copy.ikeur("case", failed, "--run", faulty).returncode == 1
    assert copy.ikeur("case", failed, "--run", right).returncode == 0


def test_a_bundle_of_it_stands_and_names_the_files_of_the_software(copy: Copy) -> None:
    done = copy.ikeur("dryrun", "--config=few.toml", "--out=bundle.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(copy.work / "bundle.zip") as file:
        listed = json.loads(file.read("manifest.json"))["about"]["files"]
    gate = next(item for item in listed if item["operation"] == "gate")
    data = (copy.root / "harness" / "reference" / "gate.py").read_bytes()
    assert gate["file"] == "harness.reference.gate:gate"
    assert (gate["sha256"], gate["size"]) == (sha256(data).hexdigest(), len(data))
    done = copy.ikeur("verify", "bundle.zip")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_smoke_test_of_it_passes_and_says_how_to_run(copy: Copy) -> None:
    done = copy.ikeur("smoke", "--inside=harness.reference:convert")
    assert done.returncode == 0
    assert "ikeur run --inside harness.reference:convert" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--inside=no.such:function"], "USE-PYTHON"),
        (["--inside=a:b", "--command=true"], "USE-SUT: --inside and --command at once"),
        ([], "--inside, --command, --stream, --url, --folder, --python"),
    ],
)
def test_what_is_wrong_with_it_is_told_as_of_any_way(
    copy: Copy, words: list[str], told: str
) -> None:
    done = copy.ikeur("run", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_two_ways_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="command"):
        registered(command.WAY, command.WAY)
