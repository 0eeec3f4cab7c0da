"""What a dry-run packs, and that it stands as it was packed."""

from __future__ import annotations

import csv
import json
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun.profiles import profiles
from harness.sut.command import CommandSut
from harness.sut.protocol import Request
from tests.harness.dryrun.forge import members, results
from tests.harness.dryrun.small import Door
from tests.paths import SUTS

REPORTS = ["findings.csv", "junit.xml", "report.html", "results.json", "results.sarif"]


def test_a_bundle_stands_and_one_line_says_so(door: Door, good: Path, red: Path) -> None:
    for bundle, told in ((good, "went as expected"), (red, "test cases that were run deviate")):
        done = door("verify", bundle)
        assert done.exit_code == 0
        (line,) = done.output.splitlines()
        assert "the bundle is valid" in line
        assert line.startswith(f"unsigned: {bundle}: ")
        assert told in line
        first = members(bundle)["summary.md"].decode().splitlines()[0]
        assert members(bundle)["manifest.json"].decode().splitlines()[1].startswith(' "said": ')
        said = json.loads(members(bundle)["manifest.json"])["said"]
        assert said in line
        assert said.split()[:4] == first.split()[2:6]


def test_it_says_so_in_dutch_too(door: Door, good: Path) -> None:
    assert "de bundel is geldig" in door("verify", good, "--lang", "nl").output


def test_the_dryrun_tells_its_bundle_and_that_it_is_not_signed(door: Door, good: Path) -> None:
    config = door.folder / "ikeur.toml"
    out = door.folder / "told.zip"
    done = door("dryrun", f"--config={config}", "--out", out)
    assert done.exit_code == 0
    assert "Not signed" in done.stdout
    assert sha256(out.read_bytes()).hexdigest() in done.stdout
    assert not list(door.folder.glob("told.zip.*"))
    assert members(good).keys() == members(out).keys()


def test_a_signed_bundle_stands_by_the_key_it_was_signed_with(
    door: Door, signed: Path, key: Path
) -> None:
    done = door("verify", signed, "--key", f"{key}.pub", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["stands"]
    assert told["faults"] == []
    assert told["sha256"] == sha256(signed.read_bytes()).hexdigest()
    assert told["signer"] in door("verify", signed).output


def test_openssl_agrees_with_the_signature(
    signed: Path, key: Path, tmp_path: Path, needed: Callable[[str], str]
) -> None:
    found = members(signed)
    assert found["signer.pub"] == Path(f"{key}.pub").read_bytes()
    for name in ("manifest.json", "manifest.sig"):
        (tmp_path / name).write_bytes(found[name])
    words = [needed("openssl"), "pkeyutl", "-verify", "-pubin", "-inkey", f"{key}.pub", "-rawin"]
    files = ["-in", "manifest.json", "-sigfile", "manifest.sig"]
    assert subprocess.run([*words, *files], cwd=tmp_path, capture_output=True).returncode == 0


def test_the_manifest_has_the_hash_of_every_other_file(red: Path) -> None:
    found = members(red)
    listed = json.loads(found.pop("manifest.json"))["members"]
    assert {name: item["sha256"] for name, item in listed.items()} == {
        name: sha256(data).hexdigest() for name, data in found.items()
    }
    assert set(REPORTS) < set(found)


def test_the_manifest_has_the_hash_of_the_software(red: Path) -> None:
    about = json.loads(members(red)["manifest.json"])["about"]
    (file,) = about["files"]
    assert file["file"] == "tests.suts.faulty:loses_initials"
    assert file["sha256"] == sha256((SUTS / "faulty" / "__init__.py").read_bytes()).hexdigest()


def test_of_a_command_the_program_and_the_files_it_is_given_are_hashed(door: Door) -> None:
    script = "programs/faithful_stdin.py"
    words = f"--command=python3 {script} {{from}} {{to}}"
    found = members(door.dryrun("command.zip", words))
    files = {
        item["file"]: item["sha256"]
        for item in json.loads(found["manifest.json"])["about"]["files"]
    }
    python = Path(shutil.which("python3") or "")
    assert files == {
        "python3": sha256(python.read_bytes()).hexdigest(),
        script: sha256((SUTS / script).read_bytes()).hexdigest(),
    }


def test_times_and_order_of_the_zip_are_fixed(signed: Path) -> None:
    with zipfile.ZipFile(signed) as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
    assert names[-2:] == ["manifest.json", "manifest.sig"]
    assert names[:-2] == sorted(names[:-2])


def kept(bundle: Path) -> dict[str, dict[str, Any]]:
    """The cases that are kept whole, by id."""
    found = members(bundle)
    lines = [data.splitlines() for name, data in found.items() if name.startswith("answers/")]
    return {item["case"]: item for line in lines for item in map(json.loads, line)}


def test_a_crash_that_did_not_come_back_stands_with_what_the_second_try_gave(door: Door) -> None:
    bundle = door.dryrun("unstable.zip", "--python=tests.suts.unstable:dies_at_every_tenth")
    crashes = [item for item in results(bundle)["cases"] if item["verdict"] == "crash"]
    again = [finding["again"] for item in crashes for finding in item["findings"]]

    assert again
    assert {item["gave"] for item in again} == {"answered"}
    assert door("verify", bundle).exit_code == 0


def test_every_failing_case_is_kept_whole(sampled: Path) -> None:
    cases = {item["id"]: item for item in results(sampled)["cases"]}
    failing = [name for name, item in cases.items() if item["verdict"] == "fail"]
    assert len(failing) > 10
    files, whole = members(sampled), kept(sampled)
    for name in failing:
        item = whole[name]
        assert item["inputs"]
        assert item["answers"]
        assert item["expected"]
        roles = cases[name]["files"]
        assert {"input", "expected", "actual"} <= set(roles)
        assert files[roles["input"]].decode(errors="surrogateescape") == item["inputs"][0]
        assert files[roles["expected"]].decode(errors="surrogateescape") == item["expected"]


def test_what_only_advises_is_kept_whole_and_held_again(door: Door, tmp_path: Path) -> None:
    config = tmp_path / "ikeur.toml"
    config.write_text('[sut]\nmessages = ["WMO315"]\n', encoding="utf-8")
    bundle = tmp_path / "advised.zip"
    words = (
        "--python=tests.suts.faulty:gives_every_request_one_reference",
        "--profile=certification",
    )
    done = door("dryrun", f"--config={config}", *words, "--out", bundle)
    assert done.exit_code == 0, done.output
    advised = [item for item in results(bundle)["cases"] if item["findings"]]
    assert {item["verdict"] for item in advised} == {"pass"}
    # Of messages that are in the sample, with an odd number, and of others.
    assert {item["id"][-1] in "13" for item in advised} == {True, False}
    files, whole = members(bundle), kept(bundle)
    for item in advised:
        assert whole[item["id"]]["answers"]
        assert files[item["files"]["actual"]]
    assert door("verify", bundle).exit_code == 0


def test_a_sample_of_what_passes_is_kept_and_the_rest_by_digest(sampled: Path, good: Path) -> None:
    passing = {item["id"] for item in results(sampled)["cases"] if item["verdict"] == "pass"}
    whole = kept(sampled)
    sample = passing & set(whole)
    # Every second message of the four of each type: with seed 1 those with an odd number.
    by_message = {name for name in passing if "-at-" not in name}
    assert sample & by_message == {name for name in by_message if name.endswith((".n1", ".n3"))}
    # Those of the sweep all have the index 0: about every second by its place.
    swept = passing - by_message
    assert len(swept) / 3 < len(sample & swept) < len(swept) * 2 / 3
    assert sample < passing
    rows = list(csv.DictReader(members(sampled)["verdicts.csv"].decode().splitlines()))
    for row in rows:
        assert bool(row["answered"]) == bool(row["asked"]) == (row["verdict"] != "skip")
        assert row["kept"] == ("yes" if row["case"] in whole else "no")
    tested = {item["id"] for item in results(good)["cases"] if item["verdict"] != "skip"}
    assert set(kept(good)) == tested


def test_a_case_with_many_questions_is_held_by_all_their_digests(
    door: Door, tmp_path: Path
) -> None:
    text = '[sut]\nmessages = ["JW316"]\n[sut.gate]\npython = "harness.reference.gate:gate"\n'
    (tmp_path / "ikeur.toml").write_text(text, encoding="utf-8")
    out = tmp_path / "mailbox.zip"
    words = (f"--config={tmp_path / 'ikeur.toml'}", "--profile=certification", "--out", out)
    assert door("dryrun", *words).exit_code == 0
    rows = csv.DictReader(members(out)["verdicts.csv"].decode().splitlines())
    (row,) = (row for row in rows if row["case"] == "JW316.migration.mailbox.2.1-2.1.s1.n2")
    assert row["kept"] == "no"
    assert len(row["answered"].split()) == 6
    assert door("verify", out).exit_code == 0


def test_the_profiles_are_quick_and_certification() -> None:
    assert list(profiles()) == ["quick", "certification"]


def test_a_new_key_is_for_its_owner_only_and_never_written_over(door: Door) -> None:
    path = door.folder / "own.pem"
    done = door("dryrun", "--new-key", path)
    assert done.exit_code == 0
    public = door.folder / "own.pem.pub"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" in path.read_bytes()
    assert b"PUBLIC KEY" in public.read_bytes()
    before = path.read_bytes(), public.read_bytes()
    assert door("dryrun", "--new-key", path).exit_code == 2
    assert (path.read_bytes(), public.read_bytes()) == before
    path.unlink()
    assert door("dryrun", "--new-key", path).exit_code == 2
    assert not path.exists()
    assert public.read_bytes() == before[1]
    told = json.loads(door("dryrun", "--new-key", f"{path}2", "--json").stdout)
    assert len(told["fingerprint"]) == 64


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("dryrun",), "USE-OPTION"),
        (("dryrun", "--reference", "--out", "{good}"), "USE-OVERWRITE"),
        (("dryrun", "--reference", "--out", "{good}", "--resume"), "USE-OVERWRITE"),
        (("dryrun", "--out", "x.zip", "--key", "{good}"), "USE-KEY"),
        (("dryrun", "--out", "x.zip", "--key", "{key}.pub"), "USE-KEY"),
        (("dryrun", "--out", "x.zip", "--key", "nowhere"), "USE-KEY"),
        (("dryrun", "--out", "x.zip", "--profile", "huge"), "USE-OPTION"),
        (("dryrun", "--new-key", "nowhere/x.pem"), "USE-FILE"),
        (("verify", "nowhere.zip"), "USE-FILE"),
        (("verify", "."), "USE-FILE"),
        (("verify", "{good}", "--key", "{key}"), "USE-KEY"),
        (("verify", "{good}", "--key", "nowhere"), "USE-KEY"),
    ],
)
def test_wrong_use_ends_in_one_line_and_2(
    door: Door, good: Path, key: Path, words: tuple[str, ...], code: str
) -> None:
    done = door(*(word.format(good=good, key=key) for word in words))
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert code in done.stderr
    assert done.stdout == ""


def test_software_that_only_fails_leaves_no_bundle(door: Door) -> None:
    out = door.folder / "broken.zip"
    done = door("dryrun", "--command=false", "--out", out)
    assert done.exit_code == 3
    assert not out.exists()
    again = door("dryrun", "--command=false", "--out", out)
    assert again.exit_code == 2
    assert "--resume" in again.stderr


def test_software_that_changes_while_it_is_tested_leaves_no_bundle(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "convert"
    program.write_text("#!/bin/sh\necho no >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    ask = CommandSut.ask

    def changes(self: CommandSut, requests: list[Request]) -> object:
        program.write_text("#!/bin/sh\necho never >&2\nexit 3\n", encoding="utf-8")
        return ask(self, requests)

    monkeypatch.setattr(CommandSut, "ask", changes)
    out = door.folder / "changed.zip"
    config = door.folder / "claims.toml"
    words = ("dryrun", f"--config={config}", f"--command={program}", "--workers=1")
    done = door(*words, "--out", out)
    assert done.exit_code == 3
    assert "RUN-CHANGED" in done.stderr
    assert not out.exists()


def test_a_folder_that_is_no_dryrun_is_left_alone(door: Door) -> None:
    folder = door.folder / "mine.zip.part"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    for words in ((), ("--resume",)):
        done = door("dryrun", "--reference", "--out", door.folder / "mine.zip", *words)
        assert done.exit_code == 2
        assert (folder / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_declared_deviations_and_agreements_are_held_to_again(door: Door, tmp_path: Path) -> None:
    (tmp_path / "agreed.csv").write_text(
        "partner,deadline,moment,reason\n0344,heen,2017-06-05T12:00,agreed\n", encoding="utf-8"
    )
    config = tmp_path / "ikeur.toml"
    config.write_text(
        """
        [sut]
        messages = ["WMO305"]
        [sut.convert]
        python = "tests.suts.faulty:loses_initials"
        [sut.gate]
        python = "harness.reference.gate:gate"
        [switch]
        overrides = "agreed.csv"
        [[deviation]]
        codes = ["FIELD-LOST"]
        reason = "mended later"
        expires = 2999-12-31
        """,
        encoding="utf-8",
    )
    out = tmp_path / "declared.zip"
    done = door("dryrun", f"--config={config}", "--lang=nl", "--out", out)
    assert done.exit_code in (0, 1)
    assert "Niet ondertekend" in done.stdout
    told = results(out)
    assert told["verdicts"]["xfail"] > 0
    assert told["run"]["overrides"]
    assert door("verify", out).exit_code == 0
