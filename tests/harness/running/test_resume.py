"""A run that was cut off goes on with --resume, and finds what one does that ran through."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import main
from tests.harness.running.same_results import assert_same
from tests.suts.steadily import batches, kill, run, start, wait_until

SOME = (
    "--python=tests.suts.faulty:loses_initials",
    "--messages=WMO305,JW307",
    "--suite=convert",
    "--count=65",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was not cut off."""
    folder = tmp_path_factory.mktemp("whole") / "run"
    assert run(folder, *SOME) == 1
    return folder


def cut(whole: Path, folder: Path, size: int) -> Path:
    """The folder of a run of which so many bytes of the journal were written."""
    folder.mkdir()
    journal = (whole / "events.jsonl").read_bytes()
    (folder / "events.jsonl").write_bytes(journal[:size])
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_killed_goes_on(whole: Path, tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "run"
    for number in (1, 4):
        process = start(folder, *SOME, f"--workers={workers}", "--resume")
        wait_until(lambda: batches(folder) >= number)  # noqa: B023 - it is called in this round
        kill(process)
        assert not (folder / "results.json").exists()

    assert run(folder, *SOME, "--resume") == 1
    assert_same(whole, folder)


def test_it_may_have_been_cut_off_anywhere(whole: Path, tmp_path: Path) -> None:
    size = (whole / "events.jsonl").stat().st_size
    chance = random.Random(4)
    for number, place in enumerate([0, size - 1, *chance.choices(range(size), k=1)]):
        folder = cut(whole, tmp_path / str(number), place)
        # What was kept of red cases was there already.
        for path in (whole / "cases").rglob("*"):
            target = folder / path.relative_to(whole)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        assert run(folder, *SOME, "--resume") == 1
        assert_same(whole, folder)


def test_a_run_that_is_done_is_only_reported_again(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert run(folder, *SOME, "--resume") == 1
    before = (folder / "results.json").stat().st_mtime_ns
    assert run(folder, *SOME, "--resume") == 1
    assert (folder / "results.json").stat().st_mtime_ns > before
    assert_same(whole, folder)


def test_another_run_is_not_gone_on_with(whole: Path, tmp_path: Path) -> None:
    folder = cut(whole, tmp_path / "run", 100_000)
    before = (folder / "events.jsonl").read_bytes()
    done = CliRunner().invoke(
        main, ["run", "--reference", "--resume", f"--out={folder}", "--count=7"]
    )

    assert done.exit_code == 2
    assert "USE-RESUME" in done.output
    assert "count" in done.output
    assert (folder / "events.jsonl").read_bytes() == before


def test_a_journal_that_is_damaged_is_named_with_its_line(whole: Path, tmp_path: Path) -> None:
    folder = cut(whole, tmp_path / "run", (whole / "events.jsonl").stat().st_size)
    lines = (folder / "events.jsonl").read_bytes().splitlines(keepends=True)
    lines[3] = b'{"event": "case-\n'
    (folder / "events.jsonl").write_bytes(b"".join(lines))
    process = start(folder, *SOME, "--resume")
    _, said = process.communicate(timeout=60)

    assert process.returncode == 3
    assert b"RUN-JOURNAL" in said
    assert b"line 4" in said


def test_without_a_folder_the_last_run_here_goes_on(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small = ["run", "--reference", "--messages=WMO305", "--count=21", "--suite=convert", "--resume"]
    for _ in range(2):
        assert CliRunner().invoke(main, small).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ikeur-report"]
