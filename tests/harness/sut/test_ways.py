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
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from harness.cases.specimen import Specimen
from harness.configuration.connect import SutOptions, reach
from harness.configuration.ikeur_toml import SutConfig
from harness.suites.registry import parse, suite_of
from harness.sut.command import CommandSut
from harness.sut.protocol import CRASH, OK, REFUSED, Answer, Request
from harness.sut.stream import StreamSut
from schemas.facts.catalogue import catalogue
from tests.harness.judged import answered
from tests.paths import GOLDEN, ROOT, SUTS
from tests.suts.running import (
    Ikeur,
    Json,
    Outcome,
    beside_the_software,
    is_alive,
    left_alive,
    listed,
)
from tests.timing import not_hanging

PYTHON = shlex.quote(sys.executable)
ON_STDIN = f"{PYTHON} programs/misbehaving_command.py HOW {{from}} {{to}} - -"
ON_FILES = ON_STDIN.replace("- -", "{input} {output}")
ENOUGH = 20  # seconds: far more than any of these needs, far less than it would hang
SPOILT, OTHER = "2.0-2.1", "2.1-2.0"
GOOD = ("pass", "")


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch)


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file in which a misbehaving process lists what it leaves behind."""
    path = tmp_path / "pids"
    monkeypatch.setenv("PIDS", str(path))
    yield path
    for pid in filter(is_alive, listed(path)):
        os.kill(pid, signal.SIGKILL)


def short_run(ikeur: Ikeur, sut: str, *, suite: str = "convert", **options: object) -> Outcome:
    """A run on two messages, each in both directions."""
    given: Json = {"count": 2, "timeout": ENOUGH, **options}
    return ikeur.run(sut, suite=suite, messages="WMO305", **given)


def command(how: str, line: str = ON_STDIN) -> str:
    return f"--command={line.replace('HOW', how)}"


def python(name: str) -> str:
    return f"--python=tests.suts.misbehaving_python:{name}"


def test_a_stream_that_names_its_fields_in_lower_case_gets_no_finding(ikeur: Ikeur) -> None:
    outcome = short_run(
        ikeur,
        f"--stream={PYTHON} -m tests.suts.programs.lowercase_stream tests.suts.faithful_python",
    )
    assert {case["verdict"] for case in outcome.cases} == {"pass"}
    assert outcome.exit_code == 0


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
    ikeur: Ikeur, how: str, line: str, verdict: str, code: str
) -> None:
    outcome = short_run(ikeur, command(how, line))

    assert outcome.verdicts(SPOILT) == [(verdict, code)] * 2
    assert outcome.verdicts(OTHER) == [GOOD] * 2
    assert outcome.exit_code == 1


@pytest.mark.parametrize("how", ["hangs", "hangs_with_a_child", "ignores_the_end"])
def test_a_command_that_hangs_is_ended_in_time_with_all_that_it_started(
    ikeur: Ikeur, pids: Path, how: str
) -> None:
    with not_hanging():
        outcome = short_run(ikeur, command(how), count=1, timeout=3)

    assert outcome.verdicts(SPOILT) == [("timeout", "SUT-TIMEOUT")]
    assert outcome.verdicts(OTHER) == [GOOD]
    assert how != "hangs_with_a_child" or left_alive(pids) == []


def test_the_report_says_how_a_command_died(ikeur: Ikeur) -> None:
    reason = short_run(ikeur, command("fails"), count=1).reason

    assert "exit code 1" in reason
    assert "no licence" in reason


@pytest.mark.parametrize(
    ("line", "verdict", "code"),
    [
        ("sh -c 'exit 3'", "fail", "SUT-NO-REASON"),
        ("sh -c 'echo no >&2; echo yes; exit 3'", "fail", "SUT-REFUSED-WITH-OUTPUT"),
        ("sh -c 'echo no >&2; echo yes >{output}; exit 3'", "fail", "SUT-REFUSED-WITH-OUTPUT"),
        ("sh -c 'exit 0'", "fail", "SUT-ACCEPTED"),
        ("sh -c 'echo no >&2; exit 1'", "crash", "SUT-CRASH"),
    ],
)
def test_a_refusal_needs_exit_code_3_and_a_reason_and_no_output(
    ikeur: Ikeur, line: str, verdict: str, code: str
) -> None:
    outcome = short_run(ikeur, f"--command={line}", suite="refuse", count=1)

    assert {*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)} == {(verdict, code)}
    assert outcome.exit_code == 1


def test_strange_letters_in_a_reason_do_not_cost_a_report(ikeur: Ikeur) -> None:
    outcome = short_run(ikeur, command("refuses_with_strange_letters"), count=1)

    assert outcome.exit_code == 1
    etree.parse(outcome.folder / "junit.xml")
    json.loads((outcome.folder / "results.sarif").read_text(encoding="utf-8"))
    assert (outcome.folder / "report.html").stat().st_size > 0


def test_a_command_that_floods_stderr_is_judged_by_its_output(ikeur: Ikeur) -> None:
    outcome = short_run(ikeur, command("floods_stderr"), count=1)

    assert [*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)] == [GOOD] * 2


@pytest.mark.parametrize(
    "sut", [command("floods_stdout"), command("floods_stderr"), python("floods_stdout")]
)
def test_a_flood_ends_soon_and_does_not_fill_the_memory(tmp_path: Path, sut: str) -> None:
    # The system's own account of a child would start with the memory of these tests.
    status, peak = Path("/proc/self/status"), tmp_path / "peak"
    if not status.exists():
        pytest.skip("NOT CHECKED, for want of /proc: a flood does not fill the memory")
    program = (
        "import atexit, pathlib; from harness.cli import main; "
        f"keep = lambda: pathlib.Path({str(peak)!r}).write_text(open({str(status)!r}).read()); "
        "atexit.register(keep); main()"
    )
    options = ["--suite=convert", "--count=1", "--messages=WMO305", f"--out={tmp_path / 'out'}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with not_hanging():
        subprocess.run(
            [sys.executable, "-c", program, "run", sut, *options],
            cwd=SUTS,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    (highest,) = [line for line in peak.read_text().splitlines() if line.startswith("VmHWM")]
    kilobytes = int(highest.split()[1])
    assert kilobytes < 300 * 1024


@pytest.mark.parametrize(
    "how",
    [
        "leaves_a_child",
        "leaves_a_daemon",
    ],
)
def test_no_process_that_a_command_left_behind_survives(ikeur: Ikeur, pids: Path, how: str) -> None:
    with not_hanging():
        outcome = short_run(ikeur, command(how), count=1)

    assert [*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)] == [GOOD] * 2
    assert left_alive(pids) == []


def test_a_command_that_does_not_read_a_large_message_is_still_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SUTS)
    words = [
        sys.executable,
        "programs/misbehaving_command.py",
        "closes_stdin",
        "2.0",
        "2.1",
        "-",
        "-",
    ]
    sut = CommandSut(words, "deaf", "", ENOUGH)

    answer = sut.ask([Request("WMO305", "2.0", "2.1", b"0" * 1_000_000)])[0]

    assert (answer.status, answer.reason) == (REFUSED, "too large")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--command=./no-such-converter {input}"], "USE-PROGRAM"),
        (["--command='an open quote"], "USE-COMMAND"),
        (["--command="], "USE-COMMAND"),
        (["--python=no module"], "USE-PYTHON"),
        (["--python=no_such_module:convert"], "No module named 'no_such_module'"),
        (["--python=tests.suts.misbehaving_python:nothing"], "no attribute 'nothing'"),
        (
            ["--python=tests.suts.faithful_python:convert", "--python-exe=./no-such-python"],
            "USE-PROGRAM",
        ),
    ],
)
def test_software_that_cannot_be_reached_is_told_before_anything_is_run(
    ikeur: Ikeur, options: list[str], said: str
) -> None:
    outcome = ikeur.run(*options, messages="WMO305", count=1)

    assert outcome.exit_code == 2
    assert said in outcome.said.replace("\n", " ")
    assert not outcome.folder.exists()


@pytest.mark.parametrize("first_line", ["#!/no/such/interpreter", ""])
def test_a_program_that_cannot_be_started_crashes(
    ikeur: Ikeur, tmp_path: Path, first_line: str
) -> None:
    program = tmp_path / "converter"
    program.write_text(f"{first_line}\nexit 0\n")
    program.chmod(0o755)
    outcome = short_run(ikeur, f"--command={program}")

    assert {*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)} == {("crash", "SUT-CRASH")}
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
        ("answers_with_a_flood", "crash", "SUT-FLOOD"),
    ],
)
def test_a_function_that_misbehaves_costs_its_own_case_only(
    ikeur: Ikeur, name: str, verdict: str, code: str
) -> None:
    outcome = short_run(ikeur, python(name))

    assert outcome.verdicts(SPOILT) == [(verdict, code)] * 2
    assert outcome.verdicts(OTHER) == [GOOD] * 2
    assert outcome.exit_code == 1


@pytest.mark.parametrize("name", ["hangs", "reads_stdin"])
def test_a_function_that_hangs_is_ended_in_time(ikeur: Ikeur, name: str) -> None:
    with not_hanging():
        outcome = short_run(ikeur, python(name), count=1, timeout=3)

    assert outcome.verdicts(SPOILT) == [("timeout", "SUT-TIMEOUT")]
    assert outcome.verdicts(OTHER) == [GOOD]


@pytest.mark.parametrize(
    "name", ["changes_folder", "closes_stdout", "floods_stderr", "floods_stdout", "prints"]
)
def test_what_a_function_does_beside_its_answer_harms_no_case(ikeur: Ikeur, name: str) -> None:
    outcome = short_run(ikeur, python(name))

    assert [*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)] == [GOOD] * 4


def test_a_function_that_ended_between_two_messages_costs_the_next_one_and_is_started_again(
    monkeypatch: pytest.MonkeyPatch, pids: Path
) -> None:
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    message = (GOLDEN / "WMO305.ei").read_bytes()
    sut = reach(
        SutOptions({"python": "tests.suts.misbehaving_python:ends_after_its_answer"}), SutConfig()
    )
    answers = []
    for _ in range(3):
        answers += sut.ask([Request("WMO305", "2.0", "2.1", message)])
        assert left_alive(pids) == []
    sut.close()

    assert [answer.status for answer in answers] == [OK, CRASH, CRASH]
    assert "ended with exit code 0 while its input was open" in answers[1].reason
    assert "did it in a fresh process" in answers[1].reason


def test_a_message_that_comes_while_a_function_is_ending_costs_that_case_alone(
    ikeur: Ikeur, pids: Path
) -> None:
    outcome = short_run(ikeur, python("ends_slowly_after_its_answer"))

    assert outcome.verdicts(SPOILT) == [GOOD] * 2
    assert outcome.verdicts(OTHER) == [("crash", "SUT-CRASH")] * 2


@pytest.mark.parametrize(
    ("begins", "quoted"), [("echo started", "'started'"), ("printf Loading...", "'Loading...'")]
)
def test_a_log_line_on_stdout_is_quoted_and_is_no_unexpected_end(
    ikeur: Ikeur, begins: str, quoted: str
) -> None:
    program = f"{begins}; exec {PYTHON} programs/vendor_stream.py tests.suts.faithful_python"
    outcome = short_run(ikeur, f"--stream={shlex.join(['sh', '-c', program])}", count=1)

    assert outcome.verdicts(SPOILT) == outcome.verdicts(OTHER) == [("crash", "SUT-FRAME")]
    assert outcome.reason.startswith(f"text before the first answer: {quoted}; write logs to")
    assert quoted in outcome.said
    assert "unexpected" not in outcome.said


def test_a_second_answer_to_one_message_does_not_harm_the_next(ikeur: Ikeur) -> None:
    outcome = short_run(ikeur, f"--stream={PYTHON} programs/answers_twice.py")

    assert outcome.verdicts(OTHER) == [GOOD] * 2


def test_an_error_that_gives_no_reason_is_told_as_such() -> None:
    frame = r"Id: 1\r\nStatus: error\r\nContent-Length: 0\r\n\r\n"
    sut = StreamSut(["/bin/sh", "-c", f"printf '{frame}'; cat >/dev/null"], "mute", "", ENOUGH)
    (answer,) = sut.ask([Request("WMO305", "2.0", "2.1", b"0")])
    sut.close()
    assert (answer.status, answer.code) == (CRASH, "SUT-ERROR")
    assert answer.reason == "an error without a reason"


def test_a_reason_that_no_encoding_can_write_is_kept_in_another_way() -> None:
    case = parse("WMO305.convert.2.0-2.1.s1.n0")
    specimen = Specimen(catalogue().one("WMO305"), 1, 0)
    asked = answered(case, specimen, Answer(REFUSED, b"", "no \ud800"))
    kept = suite_of(case).files(asked)
    assert kept["reason"][1] == b"no \\ud800"


@pytest.mark.parametrize("name", ["leaves_a_child", "leaves_a_thread"])
def test_nothing_that_a_function_left_behind_survives_the_run(
    ikeur: Ikeur, pids: Path, name: str
) -> None:
    with not_hanging():
        outcome = short_run(ikeur, python(name))

    assert [*outcome.verdicts(SPOILT), *outcome.verdicts(OTHER)] == [GOOD] * 4
    assert left_alive(pids) == []


def test_the_report_says_what_a_function_raised(ikeur: Ikeur) -> None:
    assert short_run(ikeur, python("raises"), count=1).reason == "ValueError: no such street"


@pytest.mark.parametrize(
    ("line", "suite"),
    [
        (
            f"{PYTHON} -m tests.suts.programs.faithful_stdin {{from}} {{to}}",
            "all",
        ),
        ("programs/faithful_files.sh {from} {to} {input} {output}", "schema,roundtrip"),
    ],
)
def test_a_faithful_command_gets_no_finding(ikeur: Ikeur, line: str, suite: str) -> None:
    outcome = short_run(ikeur, f"--command={line}", suite=suite, count=1)

    assert outcome.findings == []
    assert outcome.exit_code == 0


@pytest.mark.parametrize(
    ("said", "reason"), [("", ""), ("echo no such table >&2; ", "; no such table")]
)
def test_a_crash_is_told_with_what_was_said_if_anything(said: str, reason: str) -> None:
    sut = reach(SutOptions({"command": f"sh -c '{said}exit 5'"}), SutConfig())
    (answer,) = sut.ask([Request("WMO305", "2.0", "2.1", b"a message")])
    sut.close()

    assert (answer.status, answer.reason) == (CRASH, f"ended with exit code 5{reason}")
