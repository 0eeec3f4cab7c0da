"""A bundle in which anything was changed does not stand, however well it was made to fit again."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun import keys
from harness.dryrun import zip_layout as layout
from harness.dryrun.verify.bundle import check
from harness.dryrun.zip_archive import Archive
from tests.harness.dryrun.forge import forged_reports, members, rehashed, results
from tests.harness.dryrun.small import Door


@pytest.fixture(params=["red", "signed"])
def bundle(request: pytest.FixtureRequest) -> Path:
    """A bundle that is not signed, and one that is."""
    return Path(request.getfixturevalue(request.param))


def codes(path: Path) -> set[str]:
    """What is found against a bundle."""
    return {fault.code for fault in check(path, None).faults}


def some_places(bundle: Path, chance: random.Random) -> Iterator[int]:
    """Every byte that is no content, and of each file its first, its last and some others."""
    with Archive(bundle) as archive:
        places = list(archive.places.values())
    size = bundle.stat().st_size
    for place in places:
        start, end = place.data_start, place.data_start + place.packed
        yield from range(place.start, start)
        yield from {start, end - 1, *(chance.randrange(start, end) for _ in range(4))}
    yield from range(end, size)


def test_a_byte_that_is_changed_anywhere_is_noticed(bundle: Path, tmp_path: Path) -> None:
    chance, data = random.Random(6), bundle.read_bytes()
    changed = tmp_path / "changed.zip"
    places = list(some_places(bundle, chance))
    assert len(places) > 6000
    # Of the names and headers of many files alike one byte in twelve says enough.
    for place in [0, len(data) - 1, *chance.sample(places, len(places) // 12)]:
        other = bytearray(data)
        other[place] ^= chance.randrange(1, 256)
        changed.write_bytes(other)
        assert codes(changed), f"byte {place}"


def test_a_bit_that_unpacking_never_looks_at_is_noticed(bundle: Path, tmp_path: Path) -> None:
    data, changed = bundle.read_bytes(), tmp_path / "changed.zip"
    with Archive(bundle) as archive:
        packed = [item for item in archive.places.values() if item.method == layout.DEFLATED]
    unseen = 0
    for place in packed[:20]:
        for bit in range(8):
            other = bytearray(data)
            other[place.data_start + place.packed - 1] ^= 1 << bit
            changed.write_bytes(other)
            with zipfile.ZipFile(changed) as file:
                unseen += file.testzip() is None
            assert codes(changed), f"{place.name}, bit {bit}"
    # There are such bits, or this shows nothing.
    assert unseen


@pytest.mark.parametrize("size", [0, 1, 29, 1000])
def test_a_file_that_was_cut_off_or_grew_is_noticed(
    bundle: Path, tmp_path: Path, size: int
) -> None:
    data, path = bundle.read_bytes(), tmp_path / "other.zip"
    for other in (data[:size], data[: len(data) - 1 - size], data + bytes(size + 1), b"x" + data):
        path.write_bytes(other)
        assert codes(path) == {"BUNDLE-BYTES"}


def test_a_file_that_a_zip_program_adds_is_noticed(bundle: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(bundle, tmp_path / "more.zip"))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("more.txt", "more")
    assert codes(path) == {"BUNDLE-BYTES"}


def test_a_comment_is_noticed(bundle: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(bundle, tmp_path / "comment.zip"))
    with zipfile.ZipFile(path, "a") as file:
        file.comment = b"seen and approved"
    assert codes(path) == {"BUNDLE-BYTES"}


def test_the_same_files_zipped_by_another_are_no_bundle(bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "zipped.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members(bundle).items():
            file.writestr(name, data)
    assert codes(path) == {"BUNDLE-BYTES"}


def kinds(bundle: Path) -> list[str]:
    """One file of each kind in a bundle."""
    found: dict[str, str] = {}
    for name in members(bundle):
        kind = name.partition("/")[0] + name.rpartition("/")[2] if "/" in name else name
        found.setdefault(kind, name)
    return [name for name in found.values() if name not in ("manifest.json", "manifest.sig")]


def test_a_file_that_is_added_taken_out_or_renamed_is_noticed_though_all_was_hashed_again(
    red: Path, tmp_path: Path
) -> None:
    path, found = tmp_path / "other.zip", members(red)
    added: list[dict[str, bytes | None]] = [
        {"more.txt": b"more"},
        {"cases/WMO305.convert.2.0-2.1.s1.n0/more.txt": b"more"},
        {"answers/JW301.jsonl": b""},
        {"signer.pub": b"a key"},
    ]
    removed: list[dict[str, bytes | None]] = [{name: None} for name in kinds(red)]
    renamed = [{**item, f"{name}x": found[name]} for item in removed for name in item]
    assert len(removed) > 10
    for files in added + removed + renamed:
        assert codes(rehashed(red, path, files)), files.keys()


def test_what_was_signed_cannot_be_hashed_again(signed: Path, tmp_path: Path) -> None:
    path, found = tmp_path / "other.zip", members(signed)
    for name in kinds(signed):
        changed = rehashed(signed, path, {name: found[name] + b"\n"})
        assert codes(changed) == {"BUNDLE-SIGNATURE"}, name


def changed_table(bundle: Path, case: str, edit: Callable[[list[str]], None]) -> bytes:
    """The table of verdicts with the row of a case changed."""
    rows = list(csv.reader(io.StringIO(members(bundle)["verdicts.csv"].decode())))
    for row in rows:
        if row[0] == case:
            edit(row)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def forged(
    bundle: Path, tmp_path: Path, case: str, verdict: str, *, with_answers: bool = True
) -> Path:
    """A bundle in which a case has another verdict, and everything else says the same."""

    def edit(told: Any) -> None:
        item = next(item for item in told["cases"] if item["id"] == case)
        told["verdicts"][item["verdict"]] -= 1
        told["verdicts"][verdict] += 1
        item["verdict"] = verdict
        if verdict == "pass":
            item |= {"findings": [], "files": {}}

    def row(cells: list[str]) -> None:
        cells[1] = verdict
        if verdict == "pass":
            cells[2] = ""
        if not with_answers:
            cells[5] = "no"

    def about(manifest: dict[str, Any]) -> None:
        manifest["verdicts"] = json.loads(reports["results.json"])["verdicts"]

    reports = forged_reports(bundle, tmp_path, edit)
    files: dict[str, bytes | None] = {**reports}
    if "findings.csv" not in reports:
        files["findings.csv"] = None
    files["verdicts.csv"] = changed_table(bundle, case, row)
    if verdict == "pass":
        files |= {name: None for name in members(bundle) if name.startswith(f"cases/{case}/")}
    if not with_answers:
        name = f"answers/{case.partition('.')[0]}.jsonl"
        lines = members(bundle)[name].splitlines(keepends=True)
        files[name] = b"".join(line for line in lines if f'"case": "{case}"'.encode() not in line)
    return rehashed(bundle, tmp_path / "forged.zip", files, about=about)


def first(bundle: Path, verdict: str, suite: str = "convert") -> str:
    """The first case of a suite with a verdict."""
    name: str = next(
        item["id"]
        for item in results(bundle)["cases"]
        if (item["verdict"], item["suite"]) == (verdict, suite)
    )
    return name


@pytest.mark.parametrize(
    ("before", "after", "suite"),
    [
        ("fail", "pass", "convert"),
        ("fail", "pass", "roundtrip"),
        ("pass", "fail", "schema"),
        ("pass", "crash", "refuse"),
        ("pass", "skip", "refuse"),
        ("fail", "skip", "convert"),
        ("fail", "timeout", "convert"),
        ("skip", "pass", "retour"),
    ],
)
def test_a_verdict_that_is_edited_everywhere_and_hashed_again_is_noticed(
    red: Path, tmp_path: Path, before: str, after: str, suite: str
) -> None:
    case = first(red, before, suite)
    found = check(forged(red, tmp_path, case, after), None).faults
    assert [(fault.code, fault.where) for fault in found][:1] == [("BUNDLE-VERDICT", case)]


def test_so_it_is_where_the_answers_are_taken_out_too(red: Path, tmp_path: Path) -> None:
    path = forged(red, tmp_path, first(red, "fail"), "pass", with_answers=False)
    assert codes(path) & {"BUNDLE-ANSWER", "BUNDLE-VERDICT"}


def test_a_pass_of_which_only_the_digest_is_kept_cannot_become_a_fail(
    sampled: Path, tmp_path: Path
) -> None:
    case = next(
        item["id"]
        for item in results(sampled)["cases"]
        if item["verdict"] == "pass" and item["id"].endswith(".n0")
    )
    assert codes(forged(sampled, tmp_path, case, "fail")) & {"BUNDLE-ANSWER", "BUNDLE-VERDICT"}


def test_a_verdict_that_is_edited_in_a_signed_bundle_is_noticed(
    signed: Path, tmp_path: Path
) -> None:
    path = forged(signed, tmp_path, first(signed, "fail"), "pass")
    assert codes(path) == {"BUNDLE-SIGNATURE"}


def test_a_report_alone_that_is_edited_and_hashed_again_is_noticed(
    red: Path, tmp_path: Path
) -> None:
    found = members(red)
    for name in (*(item for item in found if item.startswith(("report", "summary"))), "junit.xml"):
        other = found[name].replace(b"deviat", b"conform").replace(b"failure", b"success")
        assert other != found[name]
        assert codes(rehashed(red, tmp_path / "other.zip", {name: other})) == {"BUNDLE-REPORT"}


def test_an_answer_or_an_input_that_is_edited_and_hashed_again_is_noticed(
    red: Path, tmp_path: Path
) -> None:
    name = "answers/WMO305.jsonl"
    lines = members(red)[name].splitlines(keepends=True)
    for key, code in (("answers", "BUNDLE-VERDICT"), ("inputs", "BUNDLE-INPUT")):
        told = json.loads(lines[0])
        if key == "answers":
            told["answers"][0]["output"] += " "
        else:
            told["inputs"][0] += " "
        data = json.dumps(told).encode() + b"\n" + b"".join(lines[1:])
        assert code in codes(rehashed(red, tmp_path / "other.zip", {name: data}))


def test_a_bundle_that_is_signed_by_another_key_does_not_verify(
    door: Door, signed: Path, key: Path, tmp_path: Path
) -> None:
    keys.make(tmp_path / "other.pem")
    other = keys.private_key(tmp_path / "other.pem")
    path = rehashed(signed, tmp_path / "other.zip", {}, key=other)
    assert codes(path) == {"BUNDLE-SIGNATURE"}

    # With the other key in the bundle too it holds, as anyone may sign; but not by the right one.
    def about(manifest: dict[str, Any]) -> None:
        manifest["signer"] = keys.fingerprint(other.public_key())

    public = {"signer.pub": keys.pem(other.public_key())}
    path = rehashed(signed, tmp_path / "own.zip", public, about=about, key=other)
    done = door("verify", path)
    assert done.exit_code == 0
    assert keys.fingerprint(other.public_key()) in done.output
    done = door("verify", path, "--key", f"{key}.pub")
    assert done.exit_code == 1
    assert "BUNDLE-SIGNER" in done.stdout
    assert door("verify", path, "--key", f"{tmp_path / 'other.pem'}.pub").exit_code == 0


def test_a_signature_that_is_taken_off_is_noticed(
    door: Door, signed: Path, key: Path, tmp_path: Path
) -> None:
    path = rehashed(signed, tmp_path / "off.zip", {"manifest.sig": None})
    assert codes(path) == {"BUNDLE-FILES"}

    def about(manifest: dict[str, Any]) -> None:
        manifest["signer"] = None

    files = {"manifest.sig": None, "signer.pub": None}
    path = rehashed(signed, tmp_path / "off.zip", files, about=about)
    assert door("verify", path).output.startswith("unsigned: ")
    assert door("verify", path, "--key", f"{key}.pub").exit_code == 1
    assert door("verify", path, "--require-signature").exit_code == 1


def test_an_unsigned_bundle_does_not_stand_where_a_key_is_expected(
    door: Door, red: Path, key: Path
) -> None:
    done = door("verify", red, "--key", f"{key}.pub")
    assert done.exit_code == 1
    assert "BUNDLE-SIGNER" in done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_a_manifest_that_says_another_verdict_than_its_cases_is_noticed(
    red: Path, tmp_path: Path
) -> None:
    def praised(told: dict[str, Any]) -> None:
        told["said"] = told["said"].replace("Failed", "Passed")

    assert codes(rehashed(red, tmp_path / "praised.zip", {}, about=praised)) == {"BUNDLE-MANIFEST"}
