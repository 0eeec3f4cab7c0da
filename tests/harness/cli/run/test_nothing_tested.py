"""Where nothing was tested no command says that all is well, and none tests what nobody named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.dryrun import profiles
from tests.harness.cli.door import BROKEN, PASS, RED, USAGE, Done, results, tree

Ikeur = Callable[..., Done]
SMALL = ("--messages", "WMO305", "--suite", "convert", "--count", 1)
SHORT = ("--messages", "WMO305", "--sizes", 1, "--count", 1, "--rounds", 1)
COMMANDS = {
    "run": ("run", "--out", "out"),
    "smoke": ("smoke",),
    "bench": ("bench", "--out", "out"),
    "dryrun": ("dryrun", "--out", "out.zip"),
}
OWN = "ikeur reference converter"
THEIRS = '[sut]\nname = "Voorbeeld-ECD"\nversion = "4.2.0"\n'
CONVERT = '[sut.convert]\npython = "software:faithful"\n'
RESPOND = '[sut.respond]\npython = "harness.reference:respond"\n'
GATE = '[sut.gate]\npython = "harness.reference.gate:gate"\n'


@pytest.fixture
def small_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry-run of one message of each type."""
    folder = tmp_path.with_name(f"{tmp_path.name}-profiles")
    folder.mkdir()
    table = folder / "profiles.csv"
    table.write_text(
        "profile,suites,count,kept_one_in,sweep,what_en,what_nl\nquick,all,1,1,no,a,b\n"
    )
    monkeypatch.setattr(profiles, "FOLDER", folder)
    profiles.profiles.cache_clear()


def config(folder: Path, *parts: str) -> None:
    (folder / "ikeur.toml").write_text("".join(parts), encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [None, "", "[sut]\n", THEIRS, f"{THEIRS}messages = ['WMO305']\n", "[sut.convert]\n"],
    ids=["no file", "empty", "no name", "a name", "a name and types", "an empty table"],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_without_software_a_command_says_what_is_missing(
    ikeur: Ikeur, tmp_path: Path, command: str, text: str | None
) -> None:
    if text is not None:
        config(tmp_path, text)
    before = tree(tmp_path)
    done = ikeur(*COMMANDS[command])
    assert (done.code, done.out) == (USAGE, b"")
    (line,) = done.told.splitlines()
    assert "no software to test" in line
    assert "--reference" in line
    assert tree(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "option", [("--command", "true"), ("--python", "software:faithful"), ("--name", "Voorbeeld")]
)
def test_the_software_that_comes_with_ikeur_goes_with_no_other_and_by_no_other_name(
    ikeur: Ikeur, tmp_path: Path, command: str, option: tuple[str, str]
) -> None:
    config(tmp_path, THEIRS, CONVERT)
    done = ikeur(*COMMANDS[command], "--reference", *option)
    assert done.code == USAGE
    (line,) = done.told.splitlines()
    assert "--reference" in line
    assert option[0] in line


def test_the_reference_takes_neither_name_nor_types_nor_deviations_of_other_software(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    deviation = '[[deviation]]\ncodes = ["FIELD-CUT"]\nreason = "known"\nexpires = 2017-06-12\n'
    types = "messages = ['WMO307']\n"
    config(tmp_path, THEIRS, types, '[sut.convert]\npython = "software:wrong_date"\n', deviation)
    assert ikeur("run", *SMALL, "--out", "theirs").code != PASS
    done = ikeur("run", "--reference", *SMALL, "--out", "own")
    assert done.code == PASS, done.said
    assert "ikeur.toml is not tested" in done.told
    told = results(tmp_path / "own")
    assert told["run"]["sut"] == OWN
    assert told["verdicts"]["pass"] == 2
    assert told["run"]["deviations"] == []
    assert "Voorbeeld-ECD" not in (tmp_path / "own" / "report.html").read_text("utf-8")


def test_the_reference_answers_and_guards_too(ikeur: Ikeur, tmp_path: Path) -> None:
    done = ikeur("run", "--reference", "--messages", "WMO305", "--count", 1, "--out", "out")
    assert done.code == PASS
    assert "convert, respond, gate" in done.said.splitlines()[0]
    assert (
        "ikeur run --timeout 60.0 --reference"
        in ikeur("smoke", "--reference", "--timeout", 60).said
    )


@pytest.mark.parametrize(
    ("table", "op", "suite"), [(RESPOND, "respond", "retour"), (GATE, "gate", "migration")]
)
def test_software_of_one_operation_is_tested_in_that_one_alone(
    ikeur: Ikeur, tmp_path: Path, table: str, op: str, suite: str
) -> None:
    config(tmp_path, THEIRS, table)
    done = ikeur("run", "--messages", "WMO305", "--count", 1, "--out", "out")
    assert done.code == PASS, done.said
    cases = results(tmp_path / "out")["cases"]
    assert {case["suite"] for case in cases if case["verdict"] != "skip"} == {suite}
    assert f"message types, {op};" in done.said.splitlines()[0]
    for case in cases:
        assert (case["verdict"] == "skip") == bool(case["skipped"])
        assert case["verdict"] != "skip" or "does not claim" in case["reason"]
    smoke = ikeur("smoke", "--json", "--timeout", 60)
    assert [item["what"] for item in smoke.json] == [op]
    bench = ikeur("bench", *SHORT, "--out", "bench")
    assert bench.code == BROKEN
    assert "does not claim convert" in bench.told


def test_types_that_are_not_claimed_are_no_run(ikeur: Ikeur, tmp_path: Path) -> None:
    config(tmp_path, THEIRS, "messages = ['WMO305']\n", CONVERT)
    run = ikeur("run", "--messages", "WMO307", "--suite", "convert", "--count", 1, "--out", "out")
    assert run.code == BROKEN
    first = run.said.splitlines()[0]
    assert "Nothing was tested" in first
    assert "does not claim" in first
    assert "WMO307" in first
    assert "Voorbeeld-ECD 4.2.0" in first
    bench = ikeur("bench", "--messages", "WMO307", *SHORT[2:], "--out", "bench")
    assert bench.code == BROKEN
    assert "WMO307" in bench.told
    assert not (tmp_path / "bench").exists()


@pytest.mark.parametrize("types", ["[]", "['JW321']"])
def test_software_that_claims_no_type_that_is_converted_is_not_wired_right(
    ikeur: Ikeur, tmp_path: Path, types: str
) -> None:
    config(tmp_path, THEIRS, f"messages = {types}\n", CONVERT)
    done = ikeur("smoke")
    assert done.code == USAGE
    assert "USE-NOTHING" in done.told


def test_a_suite_that_is_not_claimed_is_no_run(ikeur: Ikeur, tmp_path: Path) -> None:
    done = ikeur(
        "run", "--python", "software:faithful", "--suite", "retour,migration", "--count", 1,
        "--out", "out", "--json",
    )  # fmt: skip
    assert (done.code, done.json["outcome"], done.json["exit_code"]) == (BROKEN, "empty", BROKEN)
    summary = (tmp_path / "out" / "summary.md").read_text("utf-8").splitlines()[0]
    assert "respond, gate" in summary


@pytest.mark.usefixtures("small_profile")
def test_a_dryrun_that_tested_nothing_is_no_evidence(ikeur: Ikeur, tmp_path: Path) -> None:
    config(tmp_path, THEIRS, "messages = []\n", CONVERT)
    done = ikeur("dryrun", "--out", "out.zip")
    assert done.code == BROKEN
    assert "Nothing was tested" in done.said
    assert [path.name for path in tmp_path.iterdir()] == ["ikeur.toml"]
    assert ikeur("bench", "--out", "out").code == BROKEN
    assert ikeur("run", "--count", 1, "--out", "out").code == BROKEN


@pytest.mark.usefixtures("small_profile")
def test_a_dryrun_says_what_was_tested_and_so_does_who_verifies_it(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    config(tmp_path, THEIRS, "messages = ['WMO305', 'WMO306']\n", CONVERT)
    done = ikeur("dryrun", "--out", "out.zip")
    assert done.code == PASS, done.said
    first = done.said.splitlines()[0].removesuffix(" Exit code 0.")
    for word in ("Voorbeeld-ECD 4.2.0", "2 of 22 message types", "convert;", "skipped"):
        assert word in first
    assert "Passed" not in first
    verified = ikeur("verify", "out.zip")
    assert verified.code == PASS
    assert first in verified.said
    dutch = ikeur("verify", "out.zip", "--lang", "nl")
    assert "2 van de 22 berichttypen" in dutch.said
    assert first == ikeur("verify", "out.zip", "--json").json["tested"]


def test_one_type_asks_about_that_type_alone(ikeur: Ikeur, tmp_path: Path) -> None:
    ikeur("run", "--reference", "--messages", "WMO305", "--count", 2, "--out", "out")
    cases = results(tmp_path / "out")["cases"]
    skipped = [case for case in cases if case["verdict"] == "skip"]
    assert {case["id"].split(".")[2] for case in skipped} == {"pair"}
    assert len(skipped) == 4
    for case in skipped:
        assert "WMO306" in case["reason"]
        assert "--messages" in case["reason"]
        assert case["skipped"] == "outside WMO306"
    assert "WMO306" in (tmp_path / "out" / "junit.xml").read_text("utf-8")
    ikeur("run", "--reference", "--messages", "WMO306,WMO305", "--count", 1, "--out", "both")
    assert results(tmp_path / "both")["verdicts"]["skip"] == 0


def test_what_is_written_for_a_first_run_names_the_software_too(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    first = ikeur("run", "--python", "software:wrong_date", "--name", "Mijn \"ECD\"",
                  "--timeout", 20, *SMALL, "--accept-current", "--out", "first")  # fmt: skip
    assert first.code == RED
    path = tmp_path / "ikeur.toml"
    path.write_text(path.read_text("utf-8").replace('reason = ""', 'reason = "known"'))
    again = ikeur("run", *SMALL, "--out", "again")
    assert again.code == PASS, again.said + again.told
    told = results(tmp_path / "again")
    assert told["run"]["sut"] == 'Mijn "ECD"'
    assert told["verdicts"]["xfail"] > 0
    assert told["run"]["way"] == "python"
