"""The ways to plug software in: a command, a Python function, and `ikeur.toml`."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import BROKEN, HELPERS, PASS, PROGRAM, RED, Done, results
from tests.timing import not_hanging

Ikeur = Callable[..., Done]
ONE = ("--messages", "WMO305", "--suite", "convert", "--count", 1)
CONVERTER = shlex.join([sys.executable, str(HELPERS / "converter.py"), "--log", "calls"])
INTERRUPTED = 130


def calls(folder: Path) -> list[list[str]]:
    """The words with which the converter was started, one list for each time."""
    return [json.loads(line) for line in (folder / "calls").read_text().splitlines()]


def test_a_command_gets_each_placeholder_filled(ikeur: Ikeur, tmp_path: Path) -> None:
    command = f"{CONVERTER} from={{from}} to={{to}} message={{message}} {{input}} {{output}}"
    done = ikeur("run", "--command", command, *ONE, "--out", "out")
    assert done.code == PASS, done.said
    there, back = calls(tmp_path)
    assert there[:3] == ["from=2.0", "to=2.1", "message=WMO305"]
    assert back[:3] == ["from=2.1", "to=2.0", "message=WMO305"]
    assert len(there) == len(back) == 5
    told = results(tmp_path / "out")["run"]
    assert told["way"] == "command"
    assert "{input}" in told["command"]


@pytest.mark.parametrize("places", ["", "{input}"])
def test_without_places_a_command_reads_stdin_and_writes_stdout(
    ikeur: Ikeur, tmp_path: Path, places: str
) -> None:
    done = ikeur("run", "--command", f"{CONVERTER} {places}", *ONE, "--out", "out")
    assert done.code == PASS, done.said
    assert [len(words) for words in calls(tmp_path)] == [1 if places else 0] * 2


def test_a_command_refuses_with_exit_code_3_and_crashes_with_any_other(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    refuse = ("--messages", "JW321", "--suite", "refuse", "--count", 1)
    verdicts = {}
    for name, script in {
        "refused": "echo it stays EI >&2; exit 3",
        "no reason": "exit 3",
        "with output": "echo no >&2; echo text; exit 3",
        "accepted": "cat",
        "crash": "echo oops >&2; exit 1",
        "killed": "kill -9 $$",
    }.items():
        command = shlex.join(["/bin/sh", "-c", script])
        code = ikeur("run", "--command", command, *refuse, "--out", tmp_path / name).code
        (case,) = results(tmp_path / name)["cases"]
        codes = [item["code"] for item in case["findings"]]
        assert code == (PASS if case["verdict"] == "pass" else RED)
        verdicts[name] = (case["verdict"], *codes)
    assert verdicts == {
        "refused": ("pass",),
        "no reason": ("fail", "SUT-NO-REASON"),
        "with output": ("fail", "SUT-REFUSED-WITH-OUTPUT"),
        "accepted": ("fail", "SUT-ACCEPTED"),
        "crash": ("crash", "SUT-CRASH"),
        "killed": ("crash", "SUT-CRASH"),
    }


def test_a_command_that_hangs_costs_each_case_its_verdict_and_no_more(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    with not_hanging():
        done = ikeur("run", "--command", "sleep 60", *ONE, "--timeout", "0.3", "--out", "out")
    assert done.code == RED
    told = results(tmp_path / "out")
    assert [case["verdict"] for case in told["cases"]] == ["timeout", "timeout"]
    assert told["end"]["completed"] is True


def test_a_python_function_is_found_from_where_the_user_stands(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH")
    (tmp_path / "ecd").mkdir()
    (tmp_path / "ecd" / "__init__.py").write_text("")
    text = (HELPERS / "software.py").read_text(encoding="utf-8")
    (tmp_path / "ecd" / "converter.py").write_text(text, encoding="utf-8")
    done = ikeur("run", "--python", "ecd.converter:faithful", *ONE, "--out", "out")
    assert done.code == PASS, done.said
    assert results(tmp_path / "out")["run"]["way"] == "python"
    exe = ("--python-exe", sys.executable)
    assert ikeur("run", "--python", "ecd.converter:faithful", *exe, *ONE).code == PASS


def test_ikeur_toml_names_the_software_its_way_and_what_it_claims(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    words = [*shlex.split(CONVERTER), "from={from}", "to={to}", "{input}", "{output}"]
    (tmp_path / "ikeur.toml").write_text(
        '[sut]\nname = "Voorbeeld-ECD"\nversion = "4.2.0"\nmessages = ["WMO305"]\n\n'
        f"[sut.convert]\ncommand = {json.dumps(words)}\ntimeout_s = 20\n",
        encoding="utf-8",
    )
    args = ("--messages", "WMO305,WMO307", "--suite", "convert", "--count", 1)
    done = ikeur("run", *args, "--out", "out")
    assert done.code == PASS, done.said
    told = results(tmp_path / "out")
    assert (told["run"]["sut"], told["run"]["sut_version"]) == ("Voorbeeld-ECD", "4.2.0")
    verdicts = {(case["message"], case["verdict"]) for case in told["cases"]}
    assert verdicts == {("WMO305", "pass"), ("WMO307", "skip")}
    assert len(calls(tmp_path)) == 2
    assert "skipped" in done.said


def test_a_configuration_elsewhere_is_given_by_name(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(
        '[sut]\nname = "Ander"\n[sut.convert]\npython = "software:wrong_date"\n', encoding="utf-8"
    )
    assert ikeur("run", *ONE, "--config", "other.toml", "--out", "out").code == RED
    assert results(tmp_path / "out")["run"]["sut"] == "Ander"


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _until(met: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:
        time.sleep(0.05)
    return met()


def test_an_interrupted_run_leaves_no_half_written_report_and_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, out = tmp_path / "log", tmp_path / "out"
    log.mkdir()
    monkeypatch.setenv("SOFTWARE_LOG", str(log))
    monkeypatch.setenv("PYTHONPATH", str(HELPERS), prepend=":")
    words = ["run", "--python", "software:slow", *map(str, ONE[:-1]), "50", "--out", str(out)]
    run = subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout
    assert run.stderr
    with contextlib.closing(run.stdout), contextlib.closing(run.stderr):
        assert _until(lambda: (log / "0002").exists())
        run.send_signal(signal.SIGINT)
        said, told = run.communicate(timeout=30)
    # The shell's code for an interrupted program, or that of a run that was not completed.
    assert run.returncode in (INTERRUPTED, BROKEN)
    assert b"Traceback" not in told
    assert told.splitlines()[-1].startswith(b"ikeur: ")
    assert said == b""
    # Without `results.json` and its like nothing can be taken for a report of a whole run.
    left = {path.name for path in out.iterdir()} - {"events.jsonl"}
    assert left == set()
    for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines():
        assert "event" in json.loads(line)
    assert _until(lambda: _gone(int((log / "0002").read_text())), 10)
