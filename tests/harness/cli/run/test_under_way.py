"""`throughput` and `bench` keep many requests under way in every way that carries them."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.sut.command import CommandSut
from harness.sut.protocol import Request
from tests.harness.cli.door import PASS, RED, Done, results
from tests.paths import ROOT, SUTS
from tests.suts.running import left_alive
from tests.timing import not_hanging

Ikeur = Callable[..., Done]
SUITE = ("--suite", "throughput", "--messages", "WMO305", "--count", 1)
BENCH = ("--messages", "WMO305", "--sizes", 1, "--count", 20, "--rounds", 1)
ENOUGH = 20  # seconds: far more than any of these needs, far less than it would hang


@pytest.fixture(autouse=True)
def software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Starts a server; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(how: str) -> str:
        port = tmp_path / "port"
        words = [sys.executable, str(SUTS / "programs/crowded_http.py"), str(port), how]
        running.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + ENOUGH
        while not port.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        return f"http://127.0.0.1:{port.read_text()}/"

    yield start
    for process in running:
        process.kill()
        process.wait()


def cases(folder: Path) -> dict[str, Any]:
    return {case["direction"]: case for case in results(folder)["cases"]}


def codes(folder: Path) -> set[str]:
    found = json.loads((folder / "bench.json").read_text(encoding="utf-8"))
    return {item["code"] for item in found["findings"]}


def test_a_server_that_mixes_up_two_requests_is_caught(
    ikeur: Ikeur, serve: Callable[[str], str], tmp_path: Path
) -> None:
    url = serve("shared")
    alone = ("--suite", "convert", "--messages", "WMO305", "--count", 8)
    assert ikeur("run", *alone, "--url", url, "--out", tmp_path / "alone").code == PASS
    assert ikeur("run", *SUITE, "--url", url, "--out", tmp_path / "run").code == RED
    assert {case["verdict"] for case in cases(tmp_path / "run").values()} == {"fail"}
    done = ikeur("bench", *BENCH, "--url", url, "--out", tmp_path / "bench")
    assert done.code == RED
    assert "BENCH-WRONG" in codes(tmp_path / "bench")
    told = json.loads((tmp_path / "bench" / "bench.json").read_text(encoding="utf-8"))
    for item in told["findings"]:
        if item["code"] == "BENCH-WRONG":
            expected = f"wrong {item['count']} of them, {item['count']} with others under way"
            assert item["actual"] == expected


def test_a_faithful_server_that_serves_many_at_once_is_right(
    ikeur: Ikeur, serve: Callable[[str], str], tmp_path: Path
) -> None:
    url = serve("faithful")
    done = ikeur("run", *SUITE, "--count", 3, "--url", url, "--out", tmp_path / "run")
    assert done.code == PASS, done.said
    done = ikeur("bench", *BENCH, "--url", url, "--out", tmp_path / "bench")
    assert done.code == PASS, done.said
    assert codes(tmp_path / "bench") <= {"BENCH-STUTTER"}


def test_a_server_that_serves_one_at_a_time_is_not_blamed_for_the_queue(
    ikeur: Ikeur, serve: Callable[[str], str], tmp_path: Path
) -> None:
    url = serve("one_at_a_time")
    # Thirty of 0.3 seconds stand in line, for longer than each may take.
    options = ("--timeout", 2, "--url", url, "--out", tmp_path / "run")
    done = ikeur("run", *SUITE, *options)
    assert done.code == PASS, done.said


def test_a_server_that_hangs_only_with_others_under_way_is_caught(
    ikeur: Ikeur, serve: Callable[[str], str], tmp_path: Path
) -> None:
    url = serve("hangs_together")
    done = ikeur("run", *SUITE, "--timeout", 1, "--url", url, "--out", tmp_path / "run")
    assert done.code == RED, done.said
    case = cases(tmp_path / "run")["2.0-2.1"]
    assert case["verdict"] == "timeout"
    assert "under way" in case["reason"]


def test_a_message_at_which_a_server_hangs_costs_no_other_case(
    ikeur: Ikeur, serve: Callable[[str], str], tmp_path: Path
) -> None:
    url = serve("hangs_at_the_20th")
    done = ikeur("run", *SUITE, "--timeout", 1, "--url", url, "--out", tmp_path / "run")
    assert done.code == RED, done.said
    verdicts = sorted(case["verdict"] for case in cases(tmp_path / "run").values())
    assert verdicts == ["pass", "timeout"]


def script(text: str, folder: Path) -> str:
    """A command that hands its input back."""
    path = folder / "command.sh"
    path.write_text(text)
    return f"/bin/sh {shlex.quote(str(path))} {shlex.quote(str(folder))} {{from}}"


def test_a_command_that_cannot_run_twice_at_once_is_caught(ikeur: Ikeur, tmp_path: Path) -> None:
    program = script('mkdir "$1/lock" || exit 1\ncat\nsleep 0.1\nrmdir "$1/lock"', tmp_path)
    alone = ("--suite", "convert", "--messages", "WMO305", "--count", 2)
    ikeur("run", *alone, "--command", program, "--out", tmp_path / "alone")
    assert "crash" not in {case["verdict"] for case in cases(tmp_path / "alone").values()}
    assert ikeur("run", *SUITE, "--command", program, "--out", tmp_path / "run").code == RED
    case = cases(tmp_path / "run")["2.0-2.1"]
    assert case["verdict"] == "crash"
    assert "File exists" in case["reason"]


REQUESTS = [Request("WMO305", "2.0", "2.1", b"%d" % number) for number in range(20)]


def test_commands_that_work_in_one_file_get_what_is_of_another(tmp_path: Path) -> None:
    words = ["/bin/sh", "-c", 'cat > "$1"; sleep 0.2; cat "$1"', "sh", str(tmp_path / "work")]
    sut = CommandSut(words, "shares", "", ENOUGH)
    alone = [answer.output for answer in sut.ask(REQUESTS[:3])]
    assert alone == [request.data for request in REQUESTS[:3]]
    together = [answer.output for answer in sut.together(REQUESTS)]
    assert together != [request.data for request in REQUESTS]


def test_commands_at_once_are_eight_at_most_and_share_the_time(tmp_path: Path) -> None:
    text = 'touch "$1/$$"; ls "$1" | wc -l; sleep 0.3; rm "$1/$$"'
    sut = CommandSut(["/bin/sh", "-c", text, "sh", str(tmp_path)], "counts", "", 0.5)
    answers = sut.together(REQUESTS)
    # Each is asked in time, though all of them take longer than one may.
    assert {answer.status for answer in answers} == {"ok"}
    assert 2 <= max(int(answer.output) for answer in answers) <= 8


def test_what_a_command_of_many_leaves_behind_is_ended_and_others_are_not(tmp_path: Path) -> None:
    text = 'setsid sleep 600 & echo $! >> "$1"; sleep 0.2; cat'
    sut = CommandSut(["/bin/sh", "-c", text, "sh", str(tmp_path / "left")], "leaves", "", ENOUGH)
    assert [answer.output for answer in sut.together(REQUESTS)] == [
        request.data for request in REQUESTS
    ]
    assert left_alive(tmp_path / "left") == []


def test_commands_at_once_end_where_a_run_is_interrupted(tmp_path: Path) -> None:
    text = 'echo $$ >> "$1"; sleep 600'
    sut = CommandSut(["/bin/sh", "-c", text, "sh", str(tmp_path / "left")], "hangs", "", 600)
    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with not_hanging(), pytest.raises(KeyboardInterrupt):
        sut.together(REQUESTS)
    assert left_alive(tmp_path / "left") == []
