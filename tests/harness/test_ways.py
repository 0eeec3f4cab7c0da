"""Software that misbehaves costs its own case the verdict, and harms nothing else.

The misbehaving processes of `tests/suts` do so on the way to 2.1 and convert on the way to 2.0, so
that every second case shows that the one before it did no harm.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from harness.cli import main
from harness.command_sut import CommandSut
from harness.config import SutConfig
from harness.reach import SutOptions, reach
from harness.sut import OK, REFUSED, Request

SUTS = Path(__file__).parents[1] / "suts"
ROOT = Path(__file__).parents[2]
ON_STDIN = f"{shlex.quote(sys.executable)} misbehaving_command.py HOW {{from}} {{to}} - -"
ON_FILES = ON_STDIN.replace("- -", "{input} {output}")
ENOUGH = 20  # seconds: far more than any of these needs, far less than it would hang
Json = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit code, what it said, its cases, and the folder of its reports."""

    exit_code: int
    said: str
    cases: list[Json]
    folder: Path

    @property
    def spoilt(self) -> list[tuple[str, str]]:
        """Verdict and finding of each case that the software spoilt."""
        return [self._short(case) for case in self.cases if case["direction"] == "2.0-2.1"]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Verdict and finding of each case that came after a spoilt one."""
        return [self._short(case) for case in self.cases if case["direction"] == "2.1-2.0"]

    @property
    def reason(self) -> str:
        """What was said of the first case."""
        return str(self.cases[0]["reason"])

    @staticmethod
    def _short(case: Json) -> tuple[str, str]:
        return case["verdict"], " ".join(item["code"] for item in case["findings"])


Run = Callable[..., Outcome]
GOOD = ("pass", "")


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file in which a misbehaving process lists what it leaves behind."""
    path = tmp_path / "pids"
    monkeypatch.setenv("PIDS", str(path))
    yield path
    for pid in filter(is_alive, _listed(path)):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def ikeur_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`ikeur run` on two messages, each in both directions."""
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{SUTS}")
    monkeypatch.setenv("PYTHON", sys.executable)

    def run(*sut: str, suite: str = "convert", count: int = 2, timeout: float = ENOUGH) -> Outcome:
        folder = tmp_path / "out"
        options = [f"--suite={suite}", f"--count={count}", f"--timeout={timeout}"]
        arguments = ["run", *sut, *options, "--messages=WMO305", f"--out={folder}"]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        results, cases = folder / "results.json", []
        if results.exists():
            cases = json.loads(results.read_text(encoding="utf-8"))["cases"]
        return Outcome(result.exit_code, result.output, cases, folder)

    return run


def command(how: str, line: str = ON_STDIN) -> str:
    return f"--command={line.replace('HOW', how)}"


def python(name: str) -> str:
    return f"--python=misbehaving_python:{name}"


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _listed(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def left_alive(pids: Path) -> list[int]:
    """What is still alive a moment later, of the processes that were left behind."""
    left = _listed(pids)
    assert left
    deadline = time.monotonic() + 2
    while any(map(is_alive, left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [pid for pid in left if is_alive(pid)]


@pytest.mark.parametrize(
    ("how", "line", "verdict", "code"),
    [
        ("fails", ON_STDIN, "crash", "SUT-CRASH"),
        ("refuses_silently", ON_STDIN, "fail", "SUT-REFUSED"),
        ("refuses_with_strange_letters", ON_STDIN, "fail", "SUT-REFUSED"),
        ("gives_nothing", ON_STDIN, "fail", "SUT-NO-OUTPUT"),
        ("gives_nothing", ON_FILES, "fail", "SUT-NO-OUTPUT"),
        ("floods_stdout", ON_STDIN, "crash", "SUT-FLOOD"),
        ("floods_stdout", ON_FILES, "crash", "SUT-FLOOD"),
        ("floods_its_file", ON_FILES, "crash", "SUT-FLOOD"),
        ("dies_by_signal", ON_STDIN, "crash", "SUT-CRASH"),
        ("closes_stdin", ON_STDIN, "fail", "SUT-REFUSED"),
        ("writes_half_a_file", ON_FILES, "crash", "SUT-CRASH"),
        ("makes_a_folder_of_its_output", ON_FILES, "fail", "SUT-NO-OUTPUT"),
        ("removes_its_folder", ON_FILES, "fail", "SUT-NO-OUTPUT"),
    ],
)
def test_a_command_that_misbehaves_costs_its_own_case_only(
    ikeur_run: Run, how: str, line: str, verdict: str, code: str
) -> None:
    outcome = ikeur_run(command(how, line))

    assert outcome.spoilt == [(verdict, code)] * 2
    assert outcome.others == [GOOD] * 2
    assert outcome.exit_code == 1


@pytest.mark.parametrize("how", ["hangs", "hangs_with_a_child", "ignores_the_end"])
def test_a_command_that_hangs_is_ended_in_time_with_all_that_it_started(
    ikeur_run: Run, pids: Path, how: str
) -> None:
    begin = time.monotonic()
    outcome = ikeur_run(command(how), count=1, timeout=3)

    assert time.monotonic() - begin < ENOUGH
    assert outcome.spoilt == [("timeout", "SUT-TIMEOUT")]
    assert outcome.others == [GOOD]
    assert how != "hangs_with_a_child" or left_alive(pids) == []


def test_the_report_says_how_a_command_died(ikeur_run: Run) -> None:
    reason = ikeur_run(command("fails"), count=1).reason

    assert "exit code 1" in reason
    assert "no licence" in reason


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("refuses_silently", "SUT-NO-REASON"),
        ("refuses_with_output", "SUT-REFUSED-WITH-OUTPUT"),
        ("gives_nothing", "SUT-ACCEPTED"),
    ],
)
def test_a_refusal_needs_a_reason_and_no_output(ikeur_run: Run, how: str, code: str) -> None:
    outcome = ikeur_run(command(how), suite="refuse", count=1)

    assert set(outcome.spoilt) == {("fail", code)}


def test_a_crash_is_no_refusal(ikeur_run: Run) -> None:
    outcome = ikeur_run(command("fails"), suite="refuse", count=1)

    assert set(outcome.spoilt) == {("crash", "SUT-CRASH")}


def test_strange_letters_in_a_reason_do_not_cost_a_report(ikeur_run: Run) -> None:
    outcome = ikeur_run(command("refuses_with_strange_letters"), count=1)

    assert outcome.exit_code == 1
    etree.parse(outcome.folder / "junit.xml")
    json.loads((outcome.folder / "results.sarif").read_text(encoding="utf-8"))
    assert (outcome.folder / "report.html").stat().st_size > 0


def test_a_command_that_floods_stderr_is_judged_by_its_output(ikeur_run: Run) -> None:
    outcome = ikeur_run(command("floods_stderr"), count=1)

    assert [*outcome.spoilt, *outcome.others] == [GOOD] * 2


@pytest.mark.parametrize(
    "sut", [command("floods_stdout"), command("floods_stderr"), python("floods_stdout")]
)
def test_a_flood_ends_soon_and_does_not_fill_the_memory(tmp_path: Path, sut: str) -> None:
    program = "from harness.cli import main; main()"
    options = ["--suite=convert", "--count=1", "--messages=WMO305", f"--out={tmp_path / 'out'}"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{SUTS}"}
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", program, "run", sut, *options],
        cwd=SUTS,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)

    assert time.monotonic() - begin < ENOUGH
    kilobytes = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss // 1024
    assert kilobytes < 400 * 1024


@pytest.mark.parametrize(
    "how",
    [
        "leaves_a_child",
        pytest.param(
            "leaves_a_daemon",
            marks=pytest.mark.xfail(
                strict=True, reason="a child in a session of its own is not found"
            ),
        ),
    ],
)
def test_no_process_that_a_command_left_behind_survives(
    ikeur_run: Run, pids: Path, how: str
) -> None:
    begin = time.monotonic()
    outcome = ikeur_run(command(how), count=1)

    assert time.monotonic() - begin < ENOUGH
    assert [*outcome.spoilt, *outcome.others] == [GOOD] * 2
    assert left_alive(pids) == []


def test_a_command_that_does_not_read_a_large_message_is_still_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SUTS)
    words = [sys.executable, "misbehaving_command.py", "closes_stdin", "2.0", "2.1", "-", "-"]
    sut = CommandSut(words, "deaf", "", ENOUGH)

    answer = sut.convert(Request("WMO305", "2.0", "2.1", b"0" * 1_000_000))

    assert (answer.status, answer.reason) == (REFUSED, "too large")


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("--command=./no-such-converter {input}", "USE-PROGRAM"),
        ("--command='an open quote", "USE-COMMAND"),
        ("--command=", "USE-COMMAND"),
        ("--python=no module", "USE-PYTHON"),
    ],
)
def test_software_that_cannot_be_reached_is_told_before_anything_is_run(
    ikeur_run: Run, option: str, code: str
) -> None:
    outcome = ikeur_run(option)

    assert outcome.exit_code == 2
    assert code in outcome.said
    assert not outcome.folder.exists()


@pytest.mark.parametrize("first_line", ["#!/no/such/interpreter", ""])
def test_a_program_that_cannot_be_started_crashes(
    ikeur_run: Run, tmp_path: Path, first_line: str
) -> None:
    program = tmp_path / "converter"
    program.write_text(f"{first_line}\nexit 0\n")
    program.chmod(0o755)
    outcome = ikeur_run(f"--command={program}")

    assert {*outcome.spoilt, *outcome.others} == {("crash", "SUT-CRASH")}
    assert "cannot be started" in outcome.reason


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("raises", "crash", "SUT-ERROR"),
        ("raises_what_cannot_be_shown", "crash", "SUT-CRASH"),
        ("refuses", "fail", "SUT-REFUSED"),
        ("interrupts", "crash", "SUT-CRASH"),
        ("exits_well", "crash", "SUT-CRASH"),
        ("exits_as_refused", "crash", "SUT-CRASH"),
        ("dies_at_once", "crash", "SUT-CRASH"),
        ("dies_by_signal", "crash", "SUT-CRASH"),
        ("answers_with_nothing", "fail", "SUT-NO-OUTPUT"),
        ("answers_with_none", "crash", "SUT-ERROR"),
        pytest.param(
            "answers_with_a_flood",
            "crash",
            "SUT-FLOOD",
            marks=pytest.mark.xfail(
                strict=True, reason="an answer that is too long is told as SUT-CRASH"
            ),
        ),
    ],
)
def test_a_function_that_misbehaves_costs_its_own_case_only(
    ikeur_run: Run, name: str, verdict: str, code: str
) -> None:
    outcome = ikeur_run(python(name))

    assert outcome.spoilt == [(verdict, code)] * 2
    assert outcome.others == [GOOD] * 2
    assert outcome.exit_code == 1


@pytest.mark.parametrize("name", ["hangs", "reads_stdin"])
def test_a_function_that_hangs_is_ended_in_time(ikeur_run: Run, name: str) -> None:
    begin = time.monotonic()
    outcome = ikeur_run(python(name), count=1, timeout=3)

    assert time.monotonic() - begin < ENOUGH
    assert outcome.spoilt == [("timeout", "SUT-TIMEOUT")]
    assert outcome.others == [GOOD]


@pytest.mark.parametrize(
    "name",
    [
        "changes_folder",
        "closes_stdout",
        "floods_stderr",
        "floods_stdout",
        "prints",
    ],
)
def test_what_a_function_does_beside_its_answer_harms_no_case(ikeur_run: Run, name: str) -> None:
    outcome = ikeur_run(python(name))

    assert [*outcome.spoilt, *outcome.others] == [GOOD] * 4


def test_a_function_that_ended_between_two_messages_is_started_again(
    monkeypatch: pytest.MonkeyPatch, pids: Path
) -> None:
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    message = (ROOT / "tests" / "golden" / "WMO305.ei").read_bytes()
    sut = reach(SutOptions(python="misbehaving_python:ends_after_its_answer"), SutConfig())
    statuses = []
    for _ in range(3):
        statuses.append(sut.convert(Request("WMO305", "2.0", "2.1", message)).status)
        assert left_alive(pids) == []
    sut.close()

    assert statuses == [OK] * 3


@pytest.mark.xfail(strict=True, reason="the next message goes to a process that is ending")
def test_a_message_that_comes_while_a_function_is_ending_is_not_harmed(
    ikeur_run: Run, pids: Path
) -> None:
    outcome = ikeur_run(python("ends_slowly_after_its_answer"))

    assert [*outcome.spoilt, *outcome.others] == [GOOD] * 4


@pytest.mark.xfail(strict=True, reason="a second answer is taken for that to the next message")
def test_a_second_answer_to_one_message_does_not_harm_the_next(ikeur_run: Run) -> None:
    outcome = ikeur_run(f"--stream={shlex.quote(sys.executable)} answers_twice.py")

    assert outcome.others == [GOOD] * 2


@pytest.mark.parametrize("name", ["leaves_a_child", "leaves_a_thread"])
def test_nothing_that_a_function_left_behind_survives_the_run(
    ikeur_run: Run, pids: Path, name: str
) -> None:
    begin = time.monotonic()
    outcome = ikeur_run(python(name))

    assert time.monotonic() - begin < ENOUGH
    assert [*outcome.spoilt, *outcome.others] == [GOOD] * 4
    assert left_alive(pids) == []


def test_the_report_says_what_a_function_raised(ikeur_run: Run) -> None:
    assert ikeur_run(python("raises"), count=1).reason == "ValueError: no such street"


@pytest.mark.parametrize(
    ("target", "why"),
    [("no_such_module:convert", "no_such_module"), ("misbehaving_python:nothing", "nothing")],
)
def test_a_function_that_is_not_there_crashes_and_the_report_says_why(
    ikeur_run: Run, target: str, why: str
) -> None:
    outcome = ikeur_run(f"--python={target}")

    assert {*outcome.spoilt, *outcome.others} == {("crash", "SUT-CRASH")}
    assert why in outcome.reason


@pytest.mark.parametrize(
    ("line", "suite"),
    [
        (f"{shlex.quote(sys.executable)} -m faithful_stdin {{from}} {{to}}", "all"),
        ("./faithful_files.sh {from} {to} {input} {output}", "schema,roundtrip"),
    ],
)
def test_a_faithful_command_gets_no_finding(ikeur_run: Run, line: str, suite: str) -> None:
    outcome = ikeur_run(f"--command={line}", suite=suite, count=1)

    assert [case["findings"] for case in outcome.cases if case["findings"]] == []
    assert outcome.exit_code == 0
