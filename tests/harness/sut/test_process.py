"""A process of somebody else is bounded: in time, in output, and with all that it started."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from harness.sut import process
from harness.sut.process import Finished, run
from tests.timing import not_hanging

MEGABYTE = 1024 * 1024


def sh(script: str, data: bytes = b"", timeout: float = 20) -> Finished:
    return run(["/bin/sh", "-c", script], data, timeout)


def is_gone(pid: int, seconds: float = 20) -> bool:
    """Whether a process ends within some seconds; a zombie has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_input_goes_in_output_and_errors_come_out_apart() -> None:
    done = sh("cat; echo oops >&2; exit 7", b"message")
    assert done == Finished("exit", 7, b"message", b"oops\n")


@pytest.mark.parametrize("code", [0, 1, 3, 255])
def test_the_exit_code_is_the_programs_own(code: int) -> None:
    assert sh(f"exit {code}").exit_code == code


def test_a_program_that_is_killed_has_no_exit_code_of_its_own() -> None:
    done = sh("kill -SEGV $$")
    assert done.ended == "exit"
    assert done.exit_code == -signal.SIGSEGV


def test_a_program_that_is_not_there_cannot_be_started() -> None:
    with pytest.raises(OSError, match="nothing"):
        run(["./nothing"], b"", 5)


def test_megabytes_go_in_and_out_at_once() -> None:
    data = bytes(range(256)) * (8 * MEGABYTE // 256)
    done = sh("cat", data)
    assert (done.ended, done.exit_code) == ("exit", 0)
    assert done.output == data


@pytest.mark.parametrize(
    "script",
    ["exit 0", "exec 0<&-; sleep 0.1; exit 0", "head -c 10 >/dev/null"],
    ids=["ends at once", "closes stdin", "reads a little"],
)
def test_a_program_that_does_not_read_its_input_is_no_problem(script: str) -> None:
    done = sh(script, b"x" * MEGABYTE)
    assert (done.ended, done.exit_code) == ("exit", 0)


@pytest.mark.parametrize(
    "script",
    ["sleep 60", "exec 1>&- 2>&-; sleep 60", "trap '' TERM INT; sleep 60", "cat; sleep 60"],
    ids=["sleeps", "closes its outputs", "will not be stopped", "answers first"],
)
def test_a_program_that_hangs_is_ended_when_its_time_is_over(script: str) -> None:
    begin = time.monotonic()
    with not_hanging():
        done = sh(script, b"message", 0.4)
    assert time.monotonic() - begin > 0.3
    assert done.ended == "timeout"


def test_a_program_that_dribbles_does_not_win_time() -> None:
    with not_hanging():
        done = sh("while :; do echo x; sleep 0.05; done", timeout=0.5)
    assert done.ended == "timeout"
    assert done.output.startswith(b"x\n")


def test_a_flood_of_output_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_OUTPUT", MEGABYTE)
    done = run(["yes"], b"", 20)
    assert done.ended == "flood"
    assert MEGABYTE < len(done.output) < 2 * MEGABYTE


def test_a_flood_that_ends_of_itself_is_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_OUTPUT", 1000)
    assert sh("head -c 1000 /dev/zero").ended == "exit"
    assert sh("head -c 1001 /dev/zero").ended == "flood"


def test_of_a_flood_of_errors_the_end_is_kept() -> None:
    script = "import sys; sys.stderr.write('x' * 3_000_000 + 'the reason'); sys.exit(1)"
    done = run([sys.executable, "-c", script], b"", 20)
    assert (done.ended, done.exit_code) == ("exit", 1)
    assert len(done.errors) <= process.MOST_ERRORS
    assert done.errors.endswith(b"xxx" + b"the reason")


@pytest.mark.parametrize(
    ("script", "ended"),
    [
        ("sleep 60 & echo $!; wait", "timeout"),
        ("sleep 60 & echo $!", "exit"),
        ("sleep 60 >/dev/null 2>&1 & echo $!", "exit"),
        ("(sleep 60 & echo $!) & wait; sleep 60", "timeout"),
    ],
    ids=["waits for it", "leaves it the pipes", "leaves it without pipes", "a grandchild"],
)
def test_what_a_program_started_ends_with_it(script: str, ended: str) -> None:
    with not_hanging():
        done = sh(script, timeout=1)
    assert done.ended == ended
    assert is_gone(int(done.output))


def test_the_time_left_over_is_not_waited_for() -> None:
    with not_hanging():
        done = sh("echo quick", timeout=60)
    assert done.output == b"quick\n"


def test_no_file_stays_open() -> None:
    def opened() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    sh("exit 0")
    before = opened()
    for script in ("cat", "exit 3", "sleep 60", "exec 1>&- 2>&-; exit 0"):
        sh(script, b"message", 0.2)
    assert opened() == before


def test_a_program_that_may_not_be_killed_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[int] = []

    def refuses(group: int, _: int) -> None:
        started.append(group)
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "killpg", refuses)
        patched.setattr(process, "_MOST_ENDING", 0.1)
        patched.setattr(process, "end_orphans", lambda _: None)
        with not_hanging():
            done = sh("exec sleep 60", timeout=0.2)
    os.killpg(started[0], signal.SIGKILL)
    assert (done.ended, done.exit_code) == ("timeout", None)
