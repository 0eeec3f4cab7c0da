"""A dry-run that is killed at any moment goes on, and comes to what one does that ran through."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from harness.cli import main
from harness.dryrun.verify.bundle import check
from tests.harness.dryrun.forge import members
from tests.harness.dryrun.small import Door

KILLS = 10
_MOST_SECONDS = 60.0
SOFTWARE = "--python=tests.suts.faulty:loses_initials"


def start(door: Door, *words: object) -> int:
    """A dry-run in a process of its own, which has loaded everything already."""
    pid = os.fork()
    if pid:
        return pid
    code = 99
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        config = f"--config={door.folder / 'claims.toml'}"
        main(["dryrun", config, *map(str, words)], prog_name="ikeur")
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def ended(pid: int, seconds: float) -> int | None:
    """The exit code of a process, or None where it has not ended by itself and is killed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def verdicts(bundle: Path) -> dict[str, bytes]:
    """What a bundle says of its cases, and all that it keeps of them."""
    return {
        name: data
        for name, data in members(bundle).items()
        if name.startswith(("verdicts", "answers", "cases", "findings"))
    }


@pytest.fixture(scope="module")
def whole(door: Door) -> tuple[Path, float]:
    """The bundle of a dry-run that ran through, and how long one takes, in seconds."""
    # Here, so that those that are started later need not load and compile what this one did.
    out = door.dryrun("whole.zip", SOFTWARE)
    begin = time.monotonic()
    words = (SOFTWARE, "--out", door.folder / "again.zip")
    assert ended(start(door, *words), _MOST_SECONDS) == 1
    return out, time.monotonic() - begin


def test_it_comes_to_the_same_after_10_random_moments(
    door: Door, whole: tuple[Path, float], tmp_path: Path
) -> None:
    expected, seconds = whole
    chance, kills, number = random.Random(20), 0, 0
    begun = 0
    while kills < KILLS:
        out = tmp_path / f"{number}.zip"
        code = None
        while code is None:
            moment = chance.uniform(0, seconds) if kills < KILLS else _MOST_SECONDS
            code = ended(start(door, SOFTWARE, "--out", out, "--resume"), moment)
            kills += code is None
            begun += (out.with_name(f"{out.name}.part") / "events.jsonl").exists()
        # Where it was killed behind the last step, there is nothing left to do.
        assert code == 1 or (code == 2 and out.exists())
        assert verdicts(out) == verdicts(expected)
        assert check(out, None).stands
        number += 1
    # Not all of them at the very start.
    assert begun > KILLS / 4


def test_two_workers_that_are_killed_come_to_the_same(
    door: Door, whole: tuple[Path, float], tmp_path: Path
) -> None:
    out = tmp_path / "workers.zip"
    words = (SOFTWARE, "--out", out, "--resume", "--workers=2")
    assert ended(start(door, *words), whole[1] + 1) in (None, 1)
    if not out.exists():
        assert ended(start(door, SOFTWARE, "--out", out, "--resume"), _MOST_SECONDS) == 1
    assert verdicts(out) == verdicts(whole[0])


def test_another_dryrun_is_not_gone_on_with(door: Door, tmp_path: Path) -> None:
    out = tmp_path / "other.zip"
    folder = tmp_path / "other.zip.part"
    pid = start(door, SOFTWARE, "--out", out)
    deadline = time.monotonic() + _MOST_SECONDS
    while not (folder / "events.jsonl").exists():
        assert time.monotonic() < deadline
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    config = f"--config={door.folder / 'claims.toml'}"
    for words in ((SOFTWARE, "--seed=2"), ("--python=tests.suts.faulty:cuts_names_at_20",)):
        done = door("dryrun", config, *words, "--out", out, "--resume")
        assert done.exit_code == 2
        assert "USE-RESUME" in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
