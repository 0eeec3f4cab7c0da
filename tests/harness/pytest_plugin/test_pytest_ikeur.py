"""`pytest --ikeur`: the cases of `ikeur.toml` as tests of a vendor."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from harness.pytest_plugin import pytest_ikeur

# A converter that works in one direction, and logs each message.
VENDOR = """\
from harness.reference import convert as reference
def convert(data, source, target):
    with open("log", "a") as log:
        log.write(f"{source}\\n")
    if source == "2.1":
        raise ValueError("no way back")
    return reference(data, source, target)
def both(data, source, target):
    return reference(data, source, target)
"""
CONFIG = '[sut.convert]\npython = "vendor:{}"\n'
OPTIONS = "--messages WMO305 --suite convert,retour --count 1"
GOOD, BAD = "WMO305.convert.2.0-2.1.s1.n0", "WMO305.convert.2.1-2.0.s1.n0"
# The two cases, and the run as a whole; what the software does not claim is no case.
OUTCOMES = {"passed": 2, "failed": 1}
OURS = ("schemas", "generators", "reports", "harness")


@pytest.fixture
def vendor(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """The folder of a vendor, with a converter and the configuration that names it."""
    # What xdist tells the process that runs these tests is nothing to theirs.
    for name in [name for name in os.environ if name.startswith("PYTEST_XDIST")]:
        monkeypatch.delenv(name)
    pytester.makefile(".toml", ikeur=CONFIG.format("convert"))
    pytester.makepyfile(vendor=VENDOR)
    pytester.makeini(f"[pytest]\nikeur_options = {OPTIONS}\naddopts = -p no:benchmark\n")
    return pytester


def test_the_cases_are_tests_and_a_finding_is_the_text_of_a_failure(
    vendor: pytest.Pytester,
) -> None:
    done = vendor.runpytest("--ikeur", "-v")
    done.assert_outcomes(**OUTCOMES)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines([f"ikeur.toml::{GOOD} PASSED*", f"ikeur.toml::{BAD} FAILED*"])
    told = done.stdout.str()
    assert "SUT-ERROR: " in told
    assert "ValueError: no way back" in told
    assert f"Reproduce: ikeur case {BAD} " in told
    assert "Traceback" not in told
    (page,) = [line.removeprefix("ikeur: ") for line in done.outlines if line.startswith("ikeur:")]
    assert Path(page).name == "report.html"
    assert Path(page).is_file()


def test_they_are_selected_and_reported_as_tests_are(vendor: pytest.Pytester) -> None:
    log = vendor.path / "log"
    vendor.runpytest("--ikeur", "--junitxml=junit.xml").assert_outcomes(**OUTCOMES)
    root = ElementTree.parse(vendor.path / "junit.xml").getroot()
    failures = {case.get("name"): case.findtext("failure") for case in root.iter("testcase")}
    assert failures[GOOD] is None
    assert "no way back" in (failures[BAD] or "")
    # What is not selected is not asked.
    log.unlink()
    vendor.runpytest("--ikeur", "--lf").assert_outcomes(failed=1)
    assert set(log.read_text().split()) == {"2.1"}
    log.unlink()
    vendor.runpytest("--ikeur", "-k", "2.0-2.1").assert_outcomes(passed=1, deselected=2)
    assert set(log.read_text().split()) == {"2.0"}


def test_workers_of_xdist_share_one_run(vendor: pytest.Pytester) -> None:
    vendor.runpytest("--ikeur", "-n", "2").assert_outcomes(**OUTCOMES)
    # The message of the case that passes is asked once in a run.
    assert (vendor.path / "log").read_text().count("2.0") == 1


def test_they_join_the_tests_of_a_vendor_and_bring_no_package_of_ours(
    vendor: pytest.Pytester,
) -> None:
    (vendor.path / "ikeur.toml").write_text('[sut.convert]\ncommand = "false"\n')
    tests = vendor.mkdir("tests")
    # The vendor has a package of the name of one of ours.
    (tests / "harness.py").write_text("THEIRS = 1\n")
    (tests / "test_own.py").write_text(
        "import sys, harness\n"
        "def test_own():\n"
        "    assert harness.THEIRS\n"
        f"    assert set({OURS}) & set(sys.modules) == {{'harness'}}\n"
        "    assert 'pytest_ikeur' in sys.modules\n"
    )
    vendor.makefile(".ini", pytest="[pytest]\ntestpaths = tests\n")
    options = "--ikeur-options=--messages WMO305 --suite convert --count 1"
    done = vendor.runpytest_subprocess("--ikeur", options, "-p", "no:benchmark")
    done.assert_outcomes(passed=2, failed=2)


def test_a_folder_with_a_configuration_is_tested_where_it_stands(vendor: pytest.Pytester) -> None:
    below = vendor.mkdir("below")
    for name in ("ikeur.toml", "vendor.py"):
        (vendor.path / name).rename(below / name)
    with (below / "ikeur.toml").open("a") as config:
        config.write(
            '\n[[deviation]]\ncodes = ["SUT-ERROR"]\nreason = "later"\nexpires = 2999-01-01\n'
            '[[deviation]]\ncodes = ["FIELD-CUT"]\nreason = "soon"\nexpires = 2020-01-01\n'
        )
    done = vendor.runpytest("--ikeur", "below", "-rx")
    # A declaration that has expired makes the run as a whole fail.
    done.assert_outcomes(passed=1, xfailed=1, failed=1)
    assert "later" in done.stdout.str()
    assert "soon" in done.stdout.str()
    assert (below / "log").is_file()


def test_what_ikeur_refuses_is_told(vendor: pytest.Pytester) -> None:
    done = vendor.runpytest("--ikeur", "--ikeur-options=--suite speed")
    assert done.ret == pytest.ExitCode.INTERRUPTED
    done.assert_outcomes(errors=1)
    assert "USE-SUITE: unknown suite 'speed'" in done.stdout.str()
    done = vendor.runpytest("--ikeur", "--ikeur-run-options=--speed")
    done.assert_outcomes(failed=3)
    assert "USE-OPTION: No such option '--speed'" in done.stdout.str()


def test_a_row_of_the_bench_is_a_benchmark_of_its_rounds() -> None:
    speed = {"low": 50.0, "median": 100.0, "high": 200.0}
    row = {
        "message": "WMO305", "direction": "2.0-2.1", "size": 10, "ratio": {},
        "sut": {"messages_per_s": speed, "latency_ms": {}},
    }  # fmt: skip
    found = pytest_ikeur._benchmark(row, "ikeur.toml::bench", {})
    assert found.name == "WMO305 2.0-2.1 size 10"
    assert (found.stats.min, found.stats.median, found.stats.max) == (0.005, 0.01, 0.02)


@pytest.mark.long
def test_the_figures_of_the_bench_are_benchmarks(vendor: pytest.Pytester) -> None:
    (vendor.path / "ikeur.toml").write_text(CONFIG.format("both"))
    vendor.makeini(
        f"[pytest]\nikeur_options = {OPTIONS}\n"
        "ikeur_bench_options = --messages WMO305 --sizes 1 --count 2 --rounds 3\n"
    )
    done = vendor.runpytest("--ikeur", "--benchmark-only", "--benchmark-json=out.json")
    done.assert_outcomes(passed=1, skipped=3)
    rows = {
        item["name"]: item
        for item in json.loads((vendor.path / "out.json").read_text())["benchmarks"]
    }
    assert set(rows) == {"WMO305 2.0-2.1 size 1", "WMO305 2.1-2.0 size 1"}
    cache = vendor.path / ".pytest_cache" / "d" / "ikeur"
    (path,) = cache.glob("*/*/bench.json")
    for row in json.loads(path.read_text())["rows"]:
        stats = rows[f"{row['message']} {row['direction']} size 1"]["stats"]
        speed = row["sut"]["messages_per_s"]
        assert stats["min"] == pytest.approx(1 / speed["high"])
        assert stats["median"] == pytest.approx(1 / speed["median"])
        assert stats["max"] == pytest.approx(1 / speed["low"])


def test_without_the_option_nothing_is_asked(vendor: pytest.Pytester) -> None:
    assert vendor.runpytest().ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert not (vendor.path / "log").exists()
