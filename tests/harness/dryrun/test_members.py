"""Members of wrong types, numbers, texts and names: one line that can be shown, and exit code 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun.verify.bundle import check
from tests.harness.dryrun.forge import members, rehashed
from tests.harness.dryrun.small import Done, Door

FAKED = (
    "0.1.0\n\x1b[2Kx.zip: the bundle is valid: nothing deviates. Signed with key 12ab\x1b[0m\u202e"
)
Edit = Callable[[dict[str, Any]], Any]


def set_at(*way: Any) -> Edit:
    """What puts a value, the last of the words, at a place of a JSON object."""
    *path, key, value = way

    def edit(told: dict[str, Any]) -> None:
        holder: Any = told
        for name in path:
            holder = holder[name]
        holder[key] = value

    return edit


MANIFEST: dict[str, Edit] = {
    "version-faked": set_at("about", "ikeur", FAKED),
    "version-line-end": set_at("about", "ikeur", "0.1.1\n"),
    "version-wide-digit": set_at("about", "ikeur", "０.1.1"),
    "version-number": set_at("about", "ikeur", 0.1),
    "profile-unknown": set_at("about", "profile", "huge"),
    "profile-faked": set_at("about", "profile", FAKED),
    "profile-null": set_at("about", "profile", None),
    "profile-list": set_at("about", "profile", ["quick"]),
    "python-anything": set_at("python", "anything"),
    "python-escapes": set_at("python", "3.11.7\x1b[31m"),
    "python-object": set_at("python", {"version": "3.11.7"}),
    "seed-nan": set_at("about", "seed", float("nan")),
    "seed-float": set_at("about", "seed", 1.0),
    "seed-true": set_at("about", "seed", True),
    "count-1e300": set_at("about", "count", 1e300),
    "count-huge": set_at("about", "count", 10**30),
    "count-text": set_at("about", "count", "１"),
    "said-surrogate": set_at("said", "\ud800"),
    "said-escapes": set_at("said", "\x1b]0;owned\x07"),
    "said-list": set_at("said", []),
    "digest-upper": set_at("about", "digests", "tables", "F" * 16),
    "digest-name": set_at("about", "digests", "\x1b[31m", "f" * 16),
    "operations-twice": lambda told: told["about"]["operations"].append("convert"),
    "claimed-unknown": set_at("about", "claimed", ["WMO999"]),
    "override-moment": set_at(
        "about", "overrides",
        [{"partner": "0344", "deadline": "heen", "moment": "2017-13-45T25:61:00", "reason": "x",
          "where": ""}],
    ),
    "member-escapes": set_at("members", "\x1b[31mred\u202e", {}),
    "member-null": set_at("members", "summary.md", None),
    "member-size": set_at("members", "summary.md", "size", -1),
    "verdicts-nan": set_at("verdicts", "pass", float("inf")),
    "verdicts-more": set_at("verdicts", "perfect", 1),
    "more": set_at("more", 1),
    "about-null": set_at("about", None),
}  # fmt: skip


def turned_down(done: Done, code: str) -> None:
    """A process that ended in one line on stdout that can be shown, and in exit code 1."""
    assert done.exit_code == 1, done.stderr
    assert done.stdout.endswith("\n")
    assert done.stdout[:-1].isprintable()
    assert "is not valid" in done.stdout
    assert code in done.stdout
    assert "Traceback" not in done.stderr
    assert all(line.startswith("ikeur: ") and line.isprintable() for line in lines(done.stderr))


def lines(text: str) -> list[str]:
    """The lines of a text, by their line ends alone."""
    return text.removesuffix("\n").split("\n")


@pytest.mark.parametrize("name", MANIFEST)
def test_a_manifest_that_is_not_as_it_is_written_is_turned_down(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    path = rehashed(red, tmp_path / "x.zip", {}, about=MANIFEST[name])
    if name in ("version-faked", "member-escapes", "seed-nan", "said-surrogate"):
        turned_down(door.process("verify", path), "BUNDLE-MANIFEST")
    for fault in (outcome := check(path, None)).faults:
        assert fault.code == "BUNDLE-MANIFEST"
        assert str(fault).isprintable()
    assert outcome.faults
    told = door("verify", path, "--json").stdout
    assert all(char.isprintable() for char in told.replace("\n", ""))


def results_with(bundle: Path, name: str, edit: Callable[[Any], Any]) -> bytes:
    """The results of a bundle with one line changed: that of a name, or of the first failing."""
    found = members(bundle)["results.json"].decode().split("\n")
    for number, line in enumerate(found):
        named = line.startswith(f'"{name}":')
        if named or (name == "case" and '"verdict": "fail"' in line):
            comma = "," * line.endswith(",")
            told = json.loads(f"{{{line.removesuffix(',')}}}" if named else line.removesuffix(","))
            edit(told)
            text = json.dumps(told)
            found[number] = (text[1:-1] if named else text) + comma
            return "\n".join(found).encode()
    raise AssertionError(name)


RESULTS: dict[str, tuple[str, Edit]] = {
    "format-text": ("format_version", set_at("format_version", "1")),
    "format-true": ("format_version", set_at("format_version", True)),
    "run-null": ("run", set_at("run", None)),
    "run-version": ("run", set_at("run", "version", FAKED)),
    "run-started": ("run", set_at("run", "started_at", "yesterday")),
    "run-deviation": ("run", set_at("run", "deviations", [{"number": 1}])),
    "fields-number": ("fields", set_at("fields", 5)),
    "fields-nan": ("fields", set_at("fields", [{"fields": float("nan")}])),
    "case-seconds-nan": ("case", set_at("seconds", float("nan"))),
    "case-seconds-1e300": ("case", set_at("seconds", 1e300)),
    "case-seconds-text": ("case", set_at("seconds", "１")),
    "case-seconds-true": ("case", set_at("seconds", True)),
    "case-findings-object": ("case", set_at("findings", {})),
    "case-finding-null": ("case", set_at("findings", [None])),
    "case-finding-deviation-false": ("case", set_at("findings", 0, "deviation", False)),
    "case-files-list": ("case", set_at("files", [])),
    "case-role-unknown": ("case", set_at("files", {"\x1b[31m": "x"})),
    "case-reason-surrogate": ("case", set_at("reason", "\ud800")),
    "case-verdict-list": ("case", set_at("verdict", [])),
    "case-more": ("case", set_at("more", 1)),
    "end-seconds": ("end", set_at("end", "seconds", -1)),
    "end-null": ("end", set_at("end", None)),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_that_are_not_as_they_are_written_are_turned_down(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    data = results_with(red, *RESULTS[name])
    path = rehashed(red, tmp_path / "x.zip", {"results.json": data})
    if name in ("run-version", "case-findings-object", "case-seconds-nan"):
        turned_down(door.process("verify", path), "BUNDLE-REPORT")
    (fault,) = check(path, None).faults
    assert fault.code == "BUNDLE-REPORT"
    assert fault.where.startswith("results.json")


CUT: dict[str, Callable[[bytes], bytes]] = {
    "without-end": lambda data: data[: data.index(b'"end"')],
    "without-bracket": lambda data: data.replace(b"\n],\n", b"\n"),
    "without-cases": lambda data: data[: data.index(b'"cases"')],
    "head-only": lambda data: b"{\n",
    "deep": lambda data: data.replace(b'"cases": [', b'"cases": [\n' + b"[" * 100_000, 1),
    "huge-number": lambda data: data.replace(b'"seed": 1,', b'"seed": ' + b"9" * 5000 + b",", 1),
    "two-heads": lambda data: data.replace(b"{\n", b"{\n" + b'"x": 1,\n' * 100, 1),
}


@pytest.mark.parametrize("name", CUT)
def test_results_that_end_or_begin_elsewhere_are_turned_down(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    data = CUT[name](members(red)["results.json"])
    path = rehashed(red, tmp_path / "x.zip", {"results.json": data})
    turned_down(door.process("verify", path), "BUNDLE-REPORT")


ANSWERS: dict[str, Edit] = {
    "case-number": set_at("case", 1),
    "inputs-object": set_at("inputs", {}),
    "input-null": set_at("inputs", [None]),
    "input-high-surrogate": set_at("inputs", ["\ud800"]),
    "answers-none": set_at("answers", []),
    "answer-null": set_at("answers", [None]),
    "status-unknown": set_at("answers", 0, "status", "perfect\x1b[31m"),
    "output-number": set_at("answers", 0, "output", 1e300),
    "reason-surrogate": set_at("answers", 0, "reason", "\udcff"),
    "code-escapes": set_at("answers", 0, "code", "\x1b[31m"),
    "again-empty": set_at("answers", 0, "again", ""),
    "more": set_at("more", 1),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_not_as_it_is_written_is_turned_down(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    first, *rest = members(red)["answers/WMO305.jsonl"].splitlines(keepends=True)
    told = json.loads(first)
    ANSWERS[name](told)
    data = b"".join([json.dumps(told).encode() + b"\n", *rest])
    path = rehashed(red, tmp_path / "x.zip", {"answers/WMO305.jsonl": data})
    if name == "status-unknown":
        turned_down(door.process("verify", path), "BUNDLE-ANSWER")
    assert check(path, None).faults[0].code == "BUNDLE-ANSWER"


ROWS: dict[str, Callable[[list[str]], list[str]]] = {
    "verdict": lambda row: [row[0], "perfect", *row[2:]],
    "codes": lambda row: [*row[:2], "\x1b[31m", *row[3:]],
    "asked": lambda row: [*row[:3], row[3].upper(), *row[4:]],
    "answered": lambda row: [*row[:4], "fine:" + "0" * 64, row[5]],
    "kept": lambda row: [*row[:5], "maybe"],
    "wide": lambda row: ["１", *row[1:]],
    "few": lambda row: row[:3],
    "many": lambda row: [*row, ""],
    "long": lambda row: [row[0] + "x" * 2_000_000, *row[1:]],
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_is_not_as_it_is_written_is_turned_down(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    rows = [line.split(",") for line in members(red)["verdicts.csv"].decode().splitlines()]
    number = next(number for number, row in enumerate(rows) if row[1] == "fail")
    rows[number] = ROWS[name](rows[number])
    data = "".join(f"{','.join(row)}\n" for row in rows).encode()
    path = rehashed(red, tmp_path / "x.zip", {"verdicts.csv": data})
    if name == "codes":
        turned_down(door.process("verify", path), "BUNDLE-CASES")
    assert {fault.code for fault in check(path, None).faults} == {"BUNDLE-CASES"}


@pytest.mark.parametrize("name", ["manifest.json", "results.json"])
def test_what_would_take_all_memory_is_turned_down_without_taking_it(
    door: Door, red: Path, tmp_path: Path, name: str
) -> None:
    bomb = b"[" + b"[]," * 15_000_000 + b"[]]"
    path = tmp_path / "x.zip"
    if name == "manifest.json":
        rehashed(red, path, {}, manifest_bytes=bomb)
    else:
        found = members(red)[name]
        rehashed(red, path, {name: found.replace(b'"cases": [\n', b'"cases": [\n' + bomb, 1)})
    assert path.stat().st_size < 1_000_000
    done = door.process("verify", path, most_memory=1 << 30)
    turned_down(done, "BUNDLE-MANIFEST" if name == "manifest.json" else "BUNDLE-REPORT")
