"""`ikeur smoke` tells wiring from product, and what to do about the wiring."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import main
from schemas.facts.finding_codes import finding_codes
from tests.paths import ROOT, SUTS
from tests.timing import not_hanging

PYTHON = shlex.quote(sys.executable)
GOOD_COMMAND = f"{PYTHON} -m tests.suts.programs.faithful_stdin {{from}} {{to}}"


@pytest.fixture(autouse=True)
def _beside_the_software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHON", sys.executable)


def smoke(*args: str) -> tuple[int, str]:
    with not_hanging():
        result = CliRunner().invoke(main, ["smoke", *args], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "args",
    [
        ("--reference",),
        ("--python", "tests.suts.faithful_python:convert"),
        ("--command", GOOD_COMMAND),
        ("--stream", f"{PYTHON} programs/miswired_stream.py not"),
        ("--folder", f"{PYTHON} programs/takes_folders.py once {{input}} {{output}}"),
        # These are wrong as products, and wired right.
        ("--python", "tests.suts.faulty:cuts_names_at_20"),
        ("--python", "tests.suts.misbehaving_python:refuses"),
    ],
)
def test_software_that_is_wired_right_passes(args: tuple[str, ...]) -> None:
    code, said = smoke(*args)
    assert code == 0, said
    assert "The connection works" in said


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("dies", "SMOKE-EXIT"),
        ("gives_nothing", "SMOKE-NO-OUTPUT"),
        ("says_hello", "SMOKE-NO-MESSAGE"),
        ("lf", "SMOKE-FRAME"),
        ("logs", "SMOKE-FRAME"),
        ("too_long", "SMOKE-TIMEOUT"),
        ("always_1", "SMOKE-ORDER"),
        ("one_and_out", "SMOKE-ONE-MESSAGE"),
        ("one_and_deaf", "SMOKE-ONE-MESSAGE"),
        ("swaps", "SMOKE-ORDER"),
        ("waits_for_the_end", "SMOKE-TIMEOUT"),
        ("refuses_silently", "SMOKE-REASON"),
        ("refuses_all", "SMOKE-REFUSED"),
        ("says_done", "SMOKE-FIELD"),
    ],
)
def test_a_stream_that_is_wired_wrongly_is_told_what_to_do(how: str, code: str) -> None:
    patience = "1.5" if code == "SMOKE-TIMEOUT" else "4"
    status, said = smoke(
        "--stream", f"{PYTHON} programs/miswired_stream.py {how}", "--timeout", patience
    )
    assert (status, code in said) == (1, True), said
    assert finding_codes()[code].advice["en"] in said
    assert "The connection does not work" in said


def before_the_first(text: str) -> str:
    """A stream that is right, but for a text on stdout before its first answer."""
    script = f"printf {shlex.quote(text)}; exec {PYTHON} programs/miswired_stream.py not"
    return shlex.join(["sh", "-c", script])


@pytest.mark.parametrize(
    "text",
    [
        "ready\n",
        "INFO: model loaded\n",
        "INFO ready\r\n",
        "Welcome\r\n\r\n",
        "Loading...",
        "v: 1\r\n\r\n",
    ],
)
def test_a_log_line_before_the_first_answer_is_quoted(text: str) -> None:
    status, said = smoke("--stream", before_the_first(text), "--timeout", "8")
    assert (status, "SMOKE-FRAME" in said) == (1, True), said
    assert text.strip() in said
    assert "write logs to stderr" in said


def test_a_log_line_before_the_second_answer_is_not_an_end_after_one_message(
    tmp_path: Path,
) -> None:
    source = (SUTS / "programs/vendor_stream.py").read_text("utf-8")
    read = "        fields, data = request\n"
    logs = f"{read}        if fields['Id'] == '2':\n            print('INFO', flush=True)\n"
    assert read in source
    (tmp_path / "logs.py").write_text(source.replace(read, logs), "utf-8")
    command = f"{PYTHON} {shlex.quote(str(tmp_path / 'logs.py'))} tests.suts.faithful_python"
    code, output = smoke("--stream", command)
    assert code == 1
    assert "SMOKE-FRAME" in output
    assert "write logs to stderr" in output


def test_a_program_that_only_echoes_is_told_what_its_answer_lacks() -> None:
    status, said = smoke("--stream", "cat")
    assert (status, "SMOKE-FIELD" in said) == (1, True), said
    assert "without Status" in said


def test_a_responder_that_refuses_every_message_is_not_wired_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theirs.py").write_text(
        "class Refused(Exception): ...\n"
        "def respond(data, source, target):\n    raise Refused('not today')\n"
    )
    (tmp_path / "ikeur.toml").write_text("[sut.respond]\npython = 'theirs:respond'\n")
    status, said = smoke()
    assert (status, "SMOKE-REFUSED" in said, "not today" in said) == (1, True, True), said


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("sh -c 'exit 127'", "SMOKE-START"),
        ("sh -c 'exit 2'", "SMOKE-EXIT"),
        ("sh -c 'echo no >&2; exit 3'", "SMOKE-REFUSED"),
        ("true {input} {output}", "SMOKE-NO-OUTPUT"),
        ("cat", "SMOKE-NO-MESSAGE"),
        ("sh -c 'cat {input}' - {output}", "SMOKE-ELSEWHERE"),
        ("sh -c 'sleep 60'", "SMOKE-TIMEOUT"),
    ],
)
def test_a_command_that_is_wired_wrongly_is_told_what_to_do(command: str, code: str) -> None:
    status, said = smoke("--command", command, "--timeout", "1.5")
    assert (status, code in said) == (1, True), said


def test_a_message_that_is_written_into_the_current_folder_is_output_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = smoke("--command", "sh -c 'cat >out.xml'")
    assert (status, "SMOKE-ELSEWHERE" in said, "out.xml" in said) == (1, True, True)


def test_the_operations_of_a_configuration_are_tried_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{tmp_path}")
    (tmp_path / "theirs.py").write_text(
        "def gate(data, source, target, direction, at):\n    return f'block {direction} {at}'\n"
        "def wrong(data, source, target, direction, at):\n    return 'yes'\n"
        "def respond(data, source, target):\n    return data\n"
    )
    text = "[sut.respond]\npython = 'theirs:respond'\n[sut.gate]\npython = 'theirs:GATE'\n"
    (tmp_path / "ikeur.toml").write_text(text.replace("GATE", "gate"))
    assert smoke()[0] == 0
    (tmp_path / "ikeur.toml").write_text(text.replace("GATE", "wrong"))
    status, said = smoke("--json")
    assert status == 1
    last = json.loads(said)[-1]
    assert (last["what"], last["code"]) == ("gate", "SMOKE-GATE")


def test_what_cannot_be_asked_at_all_is_wrong_use() -> None:
    assert smoke("--command", "./no-such-program")[0] == 2
    assert smoke("--url", "http://127.0.0.1:9/")[0] == 2
