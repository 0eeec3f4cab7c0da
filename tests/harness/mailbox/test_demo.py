"""A generated mailbox has the faults that were asked for, and nothing else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.mailbox.demo.faults import faults

COUNT = 44


def made(folder: Path, *options: str) -> Path:
    words = ["generate", "--mailbox", "--count", str(COUNT), "--out", str(folder), *options]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return folder


def audited(folder: Path) -> tuple[int, set[tuple[str, str]]]:
    """The exit code of the audit, and each problem with its file."""
    done = CliRunner().invoke(
        main, ["pairs", str(folder / "mailbox"), "--json", "--block-on", "ABCD"]
    )
    problems = json.loads(done.stdout)["problems"]
    return done.exit_code, {(item["code"], item["file"]) for item in problems}


def test_a_mailbox_without_faults_passes(tmp_path: Path) -> None:
    assert audited(made(tmp_path / "it")) == (0, set())


@pytest.mark.parametrize("name", faults())
def test_each_fault_is_found_at_its_file_and_nothing_else(name: str, tmp_path: Path) -> None:
    folder = made(tmp_path / "it", "--faults", name, "--seed", "2")
    with (folder / "faults.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["fault"] == name
    code, found = audited(folder)
    assert found == {(row["finding"], row["file"])}
    assert code == (0 if row["finding"] == "PAIRS-COPY" else 1)


def test_all_faults_are_in_one_mailbox_of_months_in_both_releases(tmp_path: Path) -> None:
    folder = made(tmp_path / "it", "--faults", "all")
    with (folder / "faults.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    assert [row["fault"] for row in rows] == [*faults()]
    _, found = audited(folder)
    assert {(row["finding"], row["file"]) for row in rows} <= found
    files = [path for path in (folder / "mailbox").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".ei", ".xml"}


def test_the_same_seed_makes_the_same_mailbox(tmp_path: Path) -> None:
    def content(folder: Path) -> dict[str, bytes]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}

    one, other = (made(tmp_path / name, "--faults", "all") for name in ("one", "other"))
    assert content(one) == content(other)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--faults", "opne"], "open"),
        (["--messages", "WMO306"], "heenbericht"),
        (["--faults", "all", "--count", "3"], "larger --count"),
        (["--coverage"], "neither --defects nor --coverage"),
    ],
)
def test_what_cannot_be_made_is_told(options: list[str], said: str, tmp_path: Path) -> None:
    words = ["generate", "--mailbox", "--out", str(tmp_path / "it"), *options]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert said in done.stderr
