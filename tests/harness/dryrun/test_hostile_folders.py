"""What lies in the folder of a dry-run that was cut off, and is none of it, ends in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.dryrun import record_run as evidence
from reports.events import journal
from schemas.errors import RunBroken
from tests.harness.dryrun.small import Door

DEEP = b"[" * 200_000
ABOUT: dict[str, bytes] = {
    "deep": DEEP,
    "list": b"[1]",
    "number": b"1",
    "nothing": b"{",
    "escapes": json.dumps({"\x1b[31mred\n\u202e": 1}).encode(),
}


def _refused(door: Door, out: Path, *, in_process: bool) -> str:
    config = f"--config={door.folder / 'ikeur.toml'}"
    begin = door if in_process else door.process
    done = begin("dryrun", config, "--out", out, "--resume")
    assert done.exit_code in (2, 3)
    (line,) = done.stderr.removesuffix("\n").split("\n")
    assert line.startswith("ikeur: ")
    assert line.isprintable()
    assert done.stdout == ""
    return line


@pytest.mark.parametrize("name", ABOUT)
def test_what_was_begun_is_told_in_one_line_where_it_is_damaged(
    door: Door, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "x.zip"
    (folder := tmp_path / "x.zip.part").mkdir()
    (folder / "about.json").write_bytes(ABOUT[name])
    # What might exhaust the interpreter, or reach the terminal, is told by a process of its own.
    in_process = name not in ("deep", "escapes")
    assert "USE-RESUME" in _refused(door, out, in_process=in_process)


@pytest.mark.parametrize("line", [b"5\n", b"[]\n", DEEP, b'{"case": 1}\n', b"NaN\n", b"\xff\n"])
def test_a_line_that_is_none_of_a_dry_run_is_told_with_its_place(
    tmp_path: Path, line: bytes
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(line)
    for read in (evidence.lines, journal.read):
        with pytest.raises(RunBroken) as error:
            list(read(path))
        assert "line 1" in error.value.where
