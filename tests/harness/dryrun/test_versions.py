"""What another version made, or other tables, is told as what it is, and never vouched for."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun import keys
from harness.dryrun.verify.bundle import check
from harness.version import version
from tests.harness.dryrun.forge import made_by, members, rehashed, whitewashed
from tests.harness.dryrun.small import Door
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
NOT_JUDGED = {
    "en": "BUNDLE-VERSION: this version cannot judge the bundle: install ikeur==0.1.1.",
    "nl": "BUNDLE-VERSION: deze versie kan niet over de bundel oordelen: installeer ikeur==0.1.1.",
}
VOUCHING = ("is valid", "is geldig", "deviates", "as expected", "Passed", "derived again and")


def not_judged(door: Door, path: Path, *words: object) -> str:
    """The one line of a process that says that it cannot judge a bundle, with exit code 3."""
    done = door.process("verify", path, *words)
    assert (done.exit_code, done.stderr) == (3, "")
    (line,) = done.stdout.splitlines()
    assert not [word for word in VOUCHING if word in line]
    assert json.loads(members(path)["manifest.json"])["said"] not in line
    return line


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_whitewashed_bundle_that_says_another_version_is_not_judged(
    door: Door, red: Path, tmp_path: Path, lang: str
) -> None:
    path = whitewashed(red, tmp_path, made_by("0.1.1"))

    line = not_judged(door, path, "--lang", lang)

    assert NOT_JUDGED[lang] in line
    assert line.startswith({"en": "unsigned: ", "nl": "niet ondertekend: "}[lang])


def test_the_same_forgery_of_this_version_is_found_out(
    door: Door, red: Path, tmp_path: Path
) -> None:
    done = door.process("verify", whitewashed(red, tmp_path, made_by(version())))

    assert done.exit_code == 1
    assert "BUNDLE-VERDICT" in done.stdout
    assert "is valid" not in done.stdout


def test_what_is_known_of_it_is_said_in_json_too(door: Door, signed: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "own.pem")
    own = keys.private_key(tmp_path / "own.pem")
    path = resigned(signed, tmp_path, made_by("0.1.1"), own)

    done = door.process("verify", path, "--json")

    assert done.exit_code == 3
    told = json.loads(done.stdout)
    assert told["stands"] is False
    assert told["is_other_version"] is True
    assert (told["install"], told["made_by"]) == ("ikeur==0.1.1", "0.1.1")
    assert (told["signature"], told["signer"]) == (
        "unknown-key",
        keys.fingerprint(own.public_key()),
    )
    assert (told["tested"], told["verdicts"], told["judged"]) == ("", {}, 0)


def resigned(bundle: Path, tmp_path: Path, edit: Callable[[Any], None], key: Any) -> Path:
    """A bundle with a manifest that was changed, signed by a key of the forger."""

    def about(manifest: dict[str, Any]) -> None:
        edit({"run": {}, **manifest})
        manifest["signer"] = keys.fingerprint(key.public_key())

    public = {"signer.pub": keys.pem(key.public_key())}
    return rehashed(bundle, tmp_path / "resigned.zip", public, about=about, key=key)


def test_a_hash_or_a_signature_that_is_wrong_goes_before_the_version(
    door: Door, red: Path, signed: Path, tmp_path: Path
) -> None:
    def other(manifest: dict[str, Any]) -> None:
        manifest["about"]["ikeur"] = "0.1.1"
        item = manifest["members"]["summary.md"]
        item["sha256"] = item["sha256"][::-1]

    for path, code, first in (
        (rehashed(red, tmp_path / "hash.zip", {}, about=other), "BUNDLE-HASH", "signature not"),
        (
            rehashed(signed, tmp_path / "signed.zip", {}, about=lambda m: edited(m, "0.1.1")),
            "BUNDLE-SIGNATURE",
            "wrongly signed: ",
        ),
    ):
        done = door.process("verify", path)
        assert done.exit_code == 1
        assert code in done.stdout
        assert done.stdout.startswith(first)


def edited(manifest: dict[str, Any], name: str) -> None:
    manifest["about"]["ikeur"] = name


@pytest.mark.parametrize("name", ["0.1.1", "0.2.0rc1", "1!2.0+local", "0+source", "0.0.9.post1"])
def test_any_version_is_asked_for_by_its_name(red: Path, tmp_path: Path, name: str) -> None:
    outcome = check(rehashed(red, tmp_path / "x.zip", {}, about=lambda m: edited(m, name)), None)
    assert not outcome.stands
    assert (outcome.install, outcome.faults) == (f"ikeur=={name}", [])


_TABLES: dict[str, Callable[[dict[str, str]], object]] = {
    "tables": lambda found: found.update(tables="0" * 16),
    "cases": lambda found: found.pop("cases"),
    "more": lambda found: found.update(more="0" * 16),
    "pools, schemas": lambda found: found.update(pools="1" * 16, schemas="f" * 16),
    "cases, generators, pools, schemas, tables": lambda found: found.clear(),
}


@pytest.mark.parametrize("names", _TABLES)
def test_other_tables_of_the_same_version_are_named(
    door: Door, red: Path, tmp_path: Path, names: str
) -> None:
    def about(manifest: dict[str, Any]) -> None:
        _TABLES[names](manifest["about"]["digests"])

    path = rehashed(red, tmp_path / "x.zip", {}, about=about)
    outcome = check(path, None)
    assert not outcome.stands
    assert outcome.other_digests == tuple(names.split(", "))
    line = outcome.line("en", version())
    assert f"has other tables here ({names})" in line
    assert f"Install the wheel of ikeur=={version()}" in line
    assert not [word for word in VOUCHING if word in line]
    if names == "tables":
        assert not_judged(door, path) in line


def test_another_format_of_another_version_is_not_judged_and_of_this_one_is_none(
    door: Door, red: Path, tmp_path: Path
) -> None:
    def later(manifest: dict[str, Any]) -> None:
        manifest["format"] = "ikeur bundle 2"
        manifest["about"] |= {"ikeur": "0.2.0", "more": [1]}
        manifest["said"] = {"en": "the bundle is valid"}

    path = rehashed(red, tmp_path / "later.zip", {}, about=later)
    done = door.process("verify", path)
    assert done.exit_code == 3
    assert "this version cannot judge the bundle: install ikeur==0.2.0" in done.stdout
    assert "hashes and signature were not checked" in done.stdout
    assert "is valid" not in done.stdout

    def now(manifest: dict[str, Any]) -> None:
        manifest["format"] = "ikeur bundle 2"

    outcome = check(rehashed(red, tmp_path / "now.zip", {}, about=now), None)
    assert [fault.code for fault in outcome.faults] == ["BUNDLE-MANIFEST"]


def installed(folder: Path, name: str) -> dict[str, str]:
    """The environment of a machine on which a version is installed, in a folder."""
    about = folder / f"ikeur-{name}.dist-info"
    about.mkdir(parents=True)
    text = f"Metadata-Version: 2.1\nName: ikeur\nVersion: {name}\n"
    (about / "METADATA").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


def test_a_bundle_of_this_version_is_told_as_what_it_is_by_the_next(
    door: Door, good: Path, tmp_path: Path
) -> None:
    env = installed(tmp_path / "next", "0.1.1")
    assert door.process("--version", env=env).stdout == "ikeur, version 0.1.1\n"

    done = door.process("verify", good, env=env)

    assert done.exit_code == 3
    assert f"this version cannot judge the bundle: install ikeur=={version()}." in done.stdout
    assert "this is ikeur 0.1.1" in done.stdout
    assert "is valid" not in done.stdout


def test_a_bundle_made_with_other_tables_is_told_by_the_same_version_with_these(
    door: Door, good: Path, tmp_path: Path
) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    errors = tmp_path / "schemas" / "errors.csv"
    errors.write_bytes(errors.read_bytes().replace(b"Use a smaller profile", b"Use less"))
    env = installed(tmp_path, version()) | {"PYTHONPATH": str(tmp_path)}

    done = door.process("verify", good, env=env)

    assert done.exit_code == 3
    assert "has other tables here (tables)" in done.stdout
