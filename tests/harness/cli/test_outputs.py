"""Results go to stdout, all else to stderr; progress shows on a terminal only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, PROGRAM, RED, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
RUN = ("run", "--reference", "--messages", "WMO305", "--suite", "convert", "--count", "2")
ESCAPE, RETURN = b"\x1b", b"\r"


@pytest.mark.parametrize(
    "args", [("messages",), ("sources",), ("explain", "EI-LENGTH"), ("--help",), ("--version",)]
)
def test_what_is_nothing_but_a_result_leaves_stderr_empty(
    ikeur: Ikeur, args: tuple[str, ...]
) -> None:
    done = ikeur(*args)
    assert (done.code, done.err) == (PASS, b"")
    assert done.out


def test_validate_and_compare_count_on_stderr(ikeur: Ikeur) -> None:
    one, other = GOLDEN / "WMO305.ei", GOLDEN / "WMO307.ei"
    validated, compared = ikeur("validate", one, other), ikeur("compare", one, other)
    assert [line.partition(".ei: ")[2] for line in validated.said.splitlines()] == [
        "WMO305 2.0: valid",
        "WMO307 2.0: valid",
    ]
    assert "2" in validated.told
    assert compared.code == RED
    assert "WMO307" in compared.said
    assert compared.told.count("\n") == 1


def test_a_run_tells_its_plan_on_stderr_and_its_result_on_stdout(ikeur: Ikeur) -> None:
    done = ikeur(*RUN, "--seed", "31415", "--out", "out")
    assert done.code == PASS
    assert "31415" in done.told
    assert "31415" not in done.said
    assert "out/report.html" in done.said
    assert "report.html" not in done.told


def test_what_is_written_is_told_on_stderr(ikeur: Ikeur) -> None:
    for args in (
        ("generate", "--messages", "WMO305", "--count", 1, "--out", "one"),
        ("case", "WMO305.convert.2.0-2.1.s1.n0", "--out", "two"),
    ):
        done = ikeur(*args)
        assert (done.code, done.out) == (PASS, b"")
        assert str(args[-1]) in done.told


def test_without_a_terminal_there_is_no_progress_and_no_colour(ikeur_process: Ikeur) -> None:
    done = ikeur_process(*RUN)
    assert done.code == PASS
    for said in (done.out, done.err):
        assert ESCAPE not in said
        assert RETURN not in said
        assert b"%" not in said


def test_colour_that_is_asked_for_brings_no_progress_into_a_pipe(ikeur_process: Ikeur) -> None:
    done = ikeur_process(*RUN, env=os.environ | {"FORCE_COLOR": "1"})
    assert done.code == PASS
    assert RETURN not in done.err
    assert b"%" not in done.err


def test_on_a_terminal_there_is_progress_on_stderr_alone(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    env = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    words = [str(PROGRAM), *RUN]
    with subprocess.Popen(words, cwd=tmp_path, env=env, stdout=-1, stderr=theirs) as run:
        os.close(theirs)
        told = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            told += part
        assert run.stdout
        said = run.stdout.read()
    os.close(ours)
    assert run.returncode == PASS
    assert b"100%" in told
    assert ESCAPE not in said
