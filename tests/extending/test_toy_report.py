"""A report is a module and its entry in the registry: all else finds it there."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from reports.run.report import FinishedRun, Report
from schemas.registered import registered
from tests.extending.extended_copy import Copy

TOY = "verdict_list"
FEW = '[sut]\nmessages = ["WMO305"]\n[sut.convert]\npython = "harness.reference:convert"\n'


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("report"))
    copy.add(TOY, "reports/run", "REPORT")
    (copy.work / "ikeur.toml").write_text(FEW, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def bundle(copy: Copy) -> Path:
    """A dry-run of the copy."""
    done = copy.ikeur("dryrun", "--out", "bundle.zip")
    assert done.returncode == 0, done.stderr
    return copy.work / "bundle.zip"


def test_two_files_are_touched_and_nothing_is_taken_away(copy: Copy) -> None:
    registry = "reports/run/registry.py"
    assert copy.changed() == {f"reports/run/{TOY}.py", registry}
    assert copy.added_lines(registry) == [f"from reports.run import {TOY}", f"    {TOY}.REPORT,"]


def test_a_run_writes_it_and_its_page_names_it(copy: Copy) -> None:
    done = copy.ikeur("run", "--reference", "--messages=WMO305", "--count=1", "--out=run")
    assert done.returncode == 0, done.stderr
    results = json.loads((copy.work / "run" / "results.json").read_text(encoding="utf-8"))
    found = (copy.work / "run" / "verdicts.txt").read_text(encoding="utf-8")
    counted = Counter(case["verdict"] for case in results["cases"])
    lines = [line.split() for line in found.splitlines()]
    assert {verdict: int(count) for verdict, count in lines if count != "0"} == counted
    assert "<code>verdicts.txt</code>" in (copy.work / "run" / "report.html").read_text("utf-8")


def test_a_bundle_holds_it_and_stands(copy: Copy, bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as file:
        assert b"pass " in file.read("verdicts.txt")
        assert "verdicts.txt" in json.loads(file.read("manifest.json"))["members"]
    done = copy.ikeur("verify", bundle)
    assert (done.returncode, done.stderr) == (0, "")


def test_one_that_says_something_else_is_found(bundle: Path, tmp_path: Path) -> None:
    other = Copy(tmp_path)
    other.add(TOY, "reports/run", "REPORT")
    module = other.root / "reports" / "run" / f"{TOY}.py"
    module.write_text(module.read_text("utf-8").replace("{count}", "{count + 1}"), "utf-8")
    done = other.ikeur("verify", bundle)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "ikeur: BUNDLE-REPORT: not what the verdicts say (verdicts.txt)"
    ]


def test_two_reports_of_one_file_are_refused() -> None:
    def write(_run: FinishedRun, _file: object, _lang: str) -> None:
        raise AssertionError

    one, other = Report("a.txt", write), Report("a.txt", write)
    with pytest.raises(ValueError, match=r"a\.txt"):
        registered(one, other)
