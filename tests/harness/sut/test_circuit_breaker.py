"""Software that only fails is given up in time, and what was found so far is kept."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.sut import process
from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.protocol import CRASH, ERROR_CODE, OK, REFUSED, TIMEOUT, UNASKED, Answer, Request
from tests.suts.running import Ikeur, beside_the_software
from tests.timing import not_hanging

REQUEST = Request("WMO305", "2.0", "2.1", b"")


class Scripted:
    """Gives answers of a script in turn, and counts how many were asked."""

    name = version = way = command = ""
    shares_process = True

    def __init__(self, *statuses: str) -> None:
        self.script = list(statuses)
        self.asked = 0

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        self.asked += len(requests)
        found = [self.script.pop(0) if self.script else OK for _ in requests]
        code = {CRASH: "SUT-CRASH", TIMEOUT: "SUT-TIMEOUT", "error": ERROR_CODE}
        return [Answer(CRASH if s == "error" else s, code=code.get(s, "")) for s in found]

    together = ask

    def renew(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing to end."""


def statuses(sut: Scripted, count: int) -> list[str]:
    return [answer.status for answer in CircuitBreaker(sut).ask([REQUEST] * count)]


def test_all_is_asked_of_software_that_answers() -> None:
    sut = Scripted(*[OK, REFUSED] * 100)
    assert UNASKED not in statuses(sut, 200)
    assert sut.asked == 200


@pytest.mark.parametrize(("shares_process", "asked"), [(True, 6), (False, 2)])
def test_a_process_for_each_message_is_asked_none_again(
    monkeypatch: pytest.MonkeyPatch, shares_process: bool, asked: int
) -> None:
    sut = Scripted(OK, REFUSED, OK, REFUSED, OK, REFUSED)
    monkeypatch.setattr(sut, "shares_process", shares_process)
    requests = [REQUEST, replace(REQUEST, data=b"other")] * 3
    found = CircuitBreaker(sut).again(requests)
    assert [answer.status for answer in found] == [OK, REFUSED] * 3
    assert sut.asked == asked


@pytest.mark.parametrize(("status", "most"), [(TIMEOUT, 8), (CRASH, 56)])
def test_software_that_only_fails_is_given_up(status: str, most: int) -> None:
    sut = Scripted(*[status] * 500)
    found = statuses(sut, 500)
    assert sut.asked <= most
    assert found == [status] * sut.asked + [UNASKED] * (500 - sut.asked)


@pytest.mark.parametrize("good", [OK, REFUSED, "error"])
def test_one_good_answer_in_between_is_hope(good: str) -> None:
    sut = Scripted(*[*[CRASH] * 40, good] * 10)
    assert UNASKED not in statuses(sut, 410)


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("line", "verdict"), [("sh -c 'sleep 60'", "timeout"), ("sh -c 'exit 9'", "crash")]
)
def test_a_hopeless_run_ends_early_with_exit_code_3_and_keeps_what_it_found(
    ikeur: Ikeur, line: str, verdict: str
) -> None:
    with not_hanging():
        outcome = ikeur.run(f"--stream={line}", timeout=0.3, count=100)
    assert outcome.exit_code == 3
    assert "given up" in outcome.said
    assert outcome.cases
    # What is not claimed is skipped: the command line claims to convert only.
    assert {case["verdict"] for case in outcome.cases} == {verdict, "skip"}
    results = json.loads((outcome.folder / "results.json").read_text(encoding="utf-8"))
    assert "given up" in json.dumps(
        {name: part for name, part in results.items() if name != "cases"}
    )


def test_software_that_takes_all_memory_is_ended(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MOST_MEMORY", 200 * 1024 * 1024)
    program = tmp_path / "greedy.py"
    program.write_text(
        "import time\nheld = []\nwhile True:\n    held.append(bytearray(10 ** 7))\n"
        "    held[-1][::4096] = b'x' * len(held[-1][::4096])\n    time.sleep(0.01)\n"
    )
    line = f"{shlex.quote(sys.executable)} {shlex.quote(str(program))}"
    for option in ("--command", "--stream"):
        outcome = Ikeur(tmp_path / option).run(
            f"{option}={line}", suite="convert", messages="WMO305", count=1
        )
        codes = {finding["code"] for finding in outcome.findings}
        assert codes == {"SUT-MEMORY"}
