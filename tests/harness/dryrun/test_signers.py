"""Who signed a bundle is the first thing that is said of it, and can be required."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun import keys
from tests.harness.dryrun.forge import rehashed
from tests.harness.dryrun.small import Door

UNKNOWN = {"en": "signed with an unknown key", "nl": "ondertekend met een onbekende sleutel"}
GIVEN = {"en": "signed with the given key", "nl": "ondertekend met de opgegeven sleutel"}


@pytest.fixture(scope="module")
def anew(signed: Path, door: Door) -> Path:
    """A bundle of another that somebody signed anew, with a key of their own."""
    path = door.folder / "forger.pem"
    keys.make(path)
    own = keys.private_key(path)

    def about(manifest: dict[str, Any]) -> None:
        manifest["signer"] = keys.fingerprint(own.public_key())

    public = {"signer.pub": keys.pem(own.public_key())}
    return rehashed(signed, door.folder / "anew.zip", public, about=about, key=own)


def fingerprint(path: Path) -> str:
    """The fingerprint of a private key in a file."""
    return keys.fingerprint(keys.private_key(path).public_key())


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_first_words_say_who_signed(
    door: Door, red: Path, signed: Path, anew: Path, key: Path, lang: str
) -> None:
    by = fingerprint(key)
    forger = fingerprint(door.folder / "forger.pem")
    unsigned = {"en": "unsigned", "nl": "niet ondertekend"}[lang]
    for path, words, first, code in (
        (red, (), f"{unsigned}: ", 0),
        (red, ("--require-signature",), f"{unsigned}: ", 1),
        (red, ("--key", f"{key}.pub"), f"{unsigned}: ", 1),
        (signed, (), f"{UNKNOWN[lang]} {by}: ", 0),
        (signed, ("--require-signature",), f"{UNKNOWN[lang]} {by}: ", 0),
        (signed, ("--key", f"{key}.pub", "--require-signature"), f"{GIVEN[lang]} ({by}): ", 0),
        (anew, (), f"{UNKNOWN[lang]} {forger}: ", 0),
    ):
        done = door("verify", path, "--lang", lang, *words)
        assert done.stdout.startswith(f"{first}{path}: "), words
        assert done.exit_code == code
    done = door("verify", anew, "--lang", lang, "--key", f"{key}.pub")
    assert done.exit_code == 1
    assert done.stdout.startswith(
        {
            "en": f"signed with a key other than the given one, {forger}: ",
            "nl": f"ondertekend met een andere sleutel dan de opgegeven, {forger}: ",
        }[lang]
    )


def test_a_process_says_and_requires_the_same(
    door: Door, red: Path, signed: Path, anew: Path, key: Path
) -> None:
    for path, words, first, code in (
        (red, (), "unsigned: ", 0),
        (red, ("--require-signature",), "unsigned: ", 1),
        (signed, ("--require-signature", "--key", f"{key}.pub"), "signed with the given key", 0),
        (anew, ("--require-signature", "--key", f"{key}.pub"), "signed with a key other than", 1),
    ):
        done = door.process("verify", path, *words)
        assert done.stdout.startswith(first)
        assert done.exit_code == code
        assert ("BUNDLE-SIGNER" in done.stderr) == (code == 1)
        assert len(done.stdout.splitlines()) == 1


def test_json_has_it_in_a_field(
    door: Door, red: Path, signed: Path, anew: Path, key: Path, tmp_path: Path
) -> None:
    by, given = fingerprint(key), ("--key", f"{key}.pub")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(signed.read_bytes()[:-1])
    off = rehashed(signed, tmp_path / "off.zip", {}, about=lambda told: told.update(python="3.0.0"))
    for path, words, signature, signer in (
        (red, (), "unsigned", None),
        (signed, (), "unknown-key", by),
        (signed, given, "given-key", by),
        (anew, given, "other-key", fingerprint(door.folder / "forger.pem")),
        (cut, given, "unchecked", None),
        (off, given, "wrong", None),
    ):
        told = json.loads(door("verify", path, "--json", *words).stdout)
        assert (told["signature"], told["signer"]) == (signature, signer)
        assert told["stands"] == (signature in ("unsigned", "unknown-key", "given-key"))


def test_a_bundle_that_falls_before_its_signature_is_looked_at_says_so(
    door: Door, signed: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(signed.read_bytes()[:-1])
    assert door("verify", cut).stdout.startswith("signature not checked: ")
    done = door("verify", cut, "--lang", "nl")
    assert done.stdout.startswith("handtekening niet gecontroleerd: ")
