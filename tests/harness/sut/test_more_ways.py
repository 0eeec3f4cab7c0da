"""Software behind HTTP or a folder: what it does costs its own case the verdict, and no other."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.paths import SUTS
from tests.suts.running import Ikeur, Json, Outcome, beside_the_software
from tests.timing import not_hanging

PYTHON = shlex.quote(sys.executable)
SPOILT, OTHER = "2.0-2.1", "2.1-2.0"
GOOD = ("pass", "")
ENOUGH = 20  # seconds: far more than any of these needs, far less than it would hang
Serve = Callable[..., str]


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch)


@pytest.fixture
def serve(ikeur: Ikeur, tmp_path: Path) -> Iterator[Serve]:
    """Starts the server; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(how: str = "", program: str = "programs/serves_http.py") -> str:
        port = tmp_path / f"port{len(running)}"
        words = [sys.executable, program, str(port)]
        words[2:2] = [how] if program != "programs/serves_http.py" else []
        words += [how] if how and program == "programs/serves_http.py" else []
        running.append(subprocess.Popen(words, cwd=SUTS, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + ENOUGH
        while not port.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        return f"http://127.0.0.1:{port.read_text()}/convert?a=b"

    yield start
    for process in running:
        process.kill()
        process.wait()


def short_run(ikeur: Ikeur, sut: str, **options: object) -> Outcome:
    given: Json = {
        "count": 2,
        "timeout": ENOUGH,
        "suite": "convert",
        "messages": "WMO305",
        **options,
    }
    return ikeur.run(sut, **given)


def folder(way: str, how: str = "") -> str:
    return f"--folder={PYTHON} programs/takes_folders.py {way} {{input}} {{output}} {how}"


def test_a_faithful_server_gets_no_finding(ikeur: Ikeur, serve: Serve) -> None:
    outcome = short_run(ikeur, f"--url={serve()}", suite="all", messages="WMO305,JW321")
    assert (outcome.findings, outcome.exit_code) == ([], 0)


@pytest.mark.parametrize(
    ("how", "verdict", "code"),
    [
        ("fails", "crash", "SUT-CRASH"),
        ("redirects", "crash", "SUT-CRASH"),
        ("closes", "crash", "SUT-CRASH"),
        ("resets_at_once", "crash", "SUT-CRASH"),
        ("promises_more_and_closes", "crash", "SUT-CRASH"),
        ("sends_more_than_it_promises", "pass", ""),
        ("floods", "crash", "SUT-FLOOD"),
        ("talks_nonsense", "crash", "SUT-CRASH"),
        ("answers_another", "crash", "SUT-CRASH"),
        ("gives_nothing", "fail", "SUT-NO-OUTPUT"),
        ("refuses_silently", "fail", "SUT-REFUSED"),
    ],
)
def test_a_server_that_misbehaves_costs_its_own_case_only(
    ikeur: Ikeur, serve: Serve, how: str, verdict: str, code: str
) -> None:
    outcome = short_run(ikeur, f"--url={serve(how)}")
    assert outcome.verdicts(SPOILT) == [(verdict, code)] * 2
    assert outcome.verdicts(OTHER) == [GOOD] * 2


def test_a_chunk_of_a_negative_length_is_not_read_until_the_memory_is_full(
    ikeur: Ikeur, serve: Serve
) -> None:
    outcome = short_run(ikeur, f"--url={serve('floods_a_negative_chunk')}", count=1)
    assert outcome.verdicts(SPOILT) == [("crash", "SUT-CRASH")]
    assert outcome.verdicts(OTHER) == [GOOD]
    assert outcome.reason == "not a response: ValueError: a chunk of a negative length"


@pytest.mark.parametrize(
    "how", ["hangs", "promises_more_and_waits", "drips_its_header", "drips_its_body"]
)
def test_a_server_that_takes_its_time_is_left_in_time(ikeur: Ikeur, serve: Serve, how: str) -> None:
    with not_hanging():
        outcome = short_run(ikeur, f"--url={serve(how)}", count=1, timeout=2)
    assert outcome.verdicts(SPOILT) == [("timeout", "SUT-TIMEOUT")]
    assert outcome.verdicts(OTHER) == [GOOD]


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("--url=http://127.0.0.1:9/", "USE-URL"),
        ("--url=ftp://127.0.0.1/", "USE-URL"),
        ("--url=http:///convert", "USE-URL"),
        ("--url=http://127.0.0.1:99999/", "USE-URL"),
        ("--url=http://a b/", "USE-URL"),
        ("--folder=nothing", "USE-FOLDER"),
        ("--folder=./no-such-program {input} {output}", "USE-PROGRAM"),
        ("--folder=no-such-folder another", "USE-FOLDER"),
    ],
)
def test_an_address_or_folder_that_is_not_there_is_told_before_anything_is_run(
    ikeur: Ikeur, option: str, code: str
) -> None:
    outcome = short_run(ikeur, option)
    assert outcome.exit_code == 2
    assert code in outcome.said
    assert not outcome.folder.exists()


@pytest.mark.parametrize("way", ["once", "watch"])
def test_a_faithful_program_for_folders_gets_no_finding(ikeur: Ikeur, way: str) -> None:
    outcome = short_run(ikeur, folder(way), suite="all", messages="WMO305,JW321")
    assert (outcome.findings, outcome.exit_code) == ([], 0)


def test_a_program_that_watches_two_folders_already_is_used(ikeur: Ikeur, tmp_path: Path) -> None:
    given, taken = tmp_path / "given", tmp_path / "taken"
    given.mkdir()
    taken.mkdir()
    words = [sys.executable, "programs/takes_folders.py", "watch", str(given), str(taken)]
    watcher = subprocess.Popen(words, cwd=SUTS)
    try:
        outcome = short_run(ikeur, f"--folder={given} {taken}", suite="all")
    finally:
        watcher.kill()
        watcher.wait()
    assert (outcome.findings, outcome.exit_code) == ([], 0)
    assert [*given.iterdir(), *taken.iterdir()] == []


@pytest.mark.parametrize(
    ("way", "how", "verdict", "code"),
    [
        ("once", "leaves_it", "fail", "SUT-NO-OUTPUT"),
        ("once", "dies", "crash", "SUT-CRASH"),
        ("once", "dies_half_way", "crash", "SUT-CRASH"),
        ("watch", "dies_half_way", "crash", "SUT-CRASH"),
        ("once", "fails", "crash", "SUT-CRASH"),
        ("once", "writes_and_refuses", "fail", "SUT-REFUSED"),
        ("watch", "writes_slowly", "pass", ""),
        ("once", "floods", "crash", "SUT-FLOOD"),
    ],
)
def test_a_program_for_folders_that_misbehaves_costs_its_own_case_only(
    ikeur: Ikeur, way: str, how: str, verdict: str, code: str
) -> None:
    outcome = short_run(ikeur, folder(way, how))
    assert outcome.verdicts(SPOILT) == [(verdict, code)] * 2
    assert outcome.verdicts(OTHER) == [GOOD] * 2


@pytest.mark.parametrize(("way", "how"), [("once", "hangs"), ("watch", "leaves_it")])
def test_a_program_for_folders_that_does_not_answer_is_ended_in_time(
    ikeur: Ikeur, way: str, how: str
) -> None:
    with not_hanging():
        outcome = short_run(ikeur, folder(way, how), count=1, timeout=2)
    assert outcome.verdicts(SPOILT) == [("timeout", "SUT-TIMEOUT")]
    assert outcome.verdicts(OTHER) == [GOOD]


def test_the_same_run_gives_the_same_verdicts_in_every_way(
    ikeur: Ikeur, serve: Serve, tmp_path: Path
) -> None:
    program = f"{PYTHON} programs/in_every_way.py"
    ways = {
        "python": "--python=tests.suts.programs.in_every_way:convert",
        "command": f"--command={program} command {{from}} {{to}}",
        "stream": f"--stream={program} stream",
        "folder": f"--folder={program} folder {{input}} {{output}}",
        "http": f"--url={serve('http', 'programs/in_every_way.py')}",
    }
    verdicts = {}
    for way, option in ways.items():
        outcome = Ikeur(tmp_path / way).run(
            option, suite="convert,refuse", messages="WMO307,JW321", count=2
        )
        verdicts[way] = {case["id"]: case["verdict"] for case in outcome.cases}
        assert outcome.exit_code == 1
    assert {"pass", "fail", "crash"} <= set(verdicts["python"].values())
    assert all(found == verdicts["python"] for found in verdicts.values()), verdicts


def test_a_watching_program_ends_with_the_run(ikeur: Ikeur) -> None:
    assert short_run(ikeur, folder("watch")).exit_code == 0
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "programs/takes_folders.py watch" not in listed.stdout
