"""Software that fails at a message and does right when asked again keeps the failure."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import pytest

from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.folder import FolderSut
from harness.sut.protocol import ANSWERED, CRASH, OK, SAME, TIMEOUT, Answer, Request, Sut
from harness.sut.stream import StreamSut
from tests.timing import not_hanging

# Echoes each message but for what it does at some of them; it starts within a moment.
STREAM = """
import os, sys, time
count = 0
held = []
def answer(number, body):
    head = "Id: %s\\r\\nStatus: ok\\r\\nContent-Length: %d\\r\\n\\r\\n" % (number, len(body))
    sys.stdout.buffer.write(head.encode() + body)
    sys.stdout.buffer.flush()
while line := sys.stdin.buffer.readline():
    fields = {}
    while line.strip():
        name, _, value = line.decode().partition(":")
        fields[name] = value.strip()
        line = sys.stdin.buffer.readline()
    data = sys.stdin.buffer.read(int(fields["Content-Length"]))
    count += 1
    number = fields["Id"]
    HOW
    answer(number, data)
"""
FOLDER = """
import os, pathlib, sys, time
given, taken = map(pathlib.Path, sys.argv[1:])
done = set()
while True:
    for path in sorted(given.glob("*.ei")):
        if path.name in done:
            continue
        done.add(path.name)
        data = path.read_bytes()
        count = len(done)
        HOW
        part = taken / (path.stem + ".part")
        part.write_bytes(data)
        part.rename(taken / (path.stem + ".xml"))
    if ONCE:
        break
    time.sleep(0.01)
"""
DIES_AT_EVERY_TENTH = "if count % 10 == 0: os.kill(os.getpid(), 11)"


def requests(count: int) -> list[Request]:
    return [Request("WMO305", "2.0", "2.1", f"message {n}".encode()) for n in range(1, count + 1)]


def stream(how: str, timeout: float = 10.0) -> StreamSut:
    words = [sys.executable, "-S", "-c", STREAM.replace("HOW", how)]
    return StreamSut(words, "unstable", "", timeout)


def folder(how: str, *, once: bool) -> FolderSut:
    text = FOLDER.replace("HOW", how).replace("ONCE", str(once))
    return FolderSut([sys.executable, "-S", "-c", text, "{input}", "{output}"], None, "", "", 10.0)


def ask(sut: Sut, count: int) -> list[Answer]:
    try:
        return sut.ask(requests(count))
    finally:
        sut.close()


def failed(answers: Sequence[Answer]) -> dict[int, str]:
    """What each message got that failed, by its number from 1; the others came back unharmed."""
    for number, answer in enumerate(answers, 1):
        if answer.status == OK:
            assert answer.output == f"message {number}".encode()
    return {number: item.again for number, item in enumerate(answers, 1) if item.status != OK}


@pytest.mark.parametrize(
    ("how", "status", "code", "said"),
    [
        ("if count == 10: os.kill(os.getpid(), 11)", CRASH, "SUT-CRASH", "ended with signal 11"),
        ("if count == 10: sys.exit(4)", CRASH, "SUT-CRASH", "ended with exit code 4"),
        ("if count == 10: time.sleep(60)", TIMEOUT, "SUT-TIMEOUT", "no answer in 2 s"),
        ("if count == 10: data = bytes(70 << 20)", CRASH, "SUT-FLOOD", "more output"),
        ("if count == 10: print('log line')", CRASH, "SUT-FRAME", "'log line"),
    ],
)
def test_the_message_at_which_it_failed_keeps_that_and_tells_of_the_second_try(
    how: str, status: str, code: str, said: str
) -> None:
    # The second process has the tenth again and what comes behind it.
    answers = ask(stream(how, 2.0), 18)

    assert failed(answers) == {10: ANSWERED}
    assert (answers[9].status, answers[9].code) == (status, code)
    assert said in answers[9].reason
    assert answers[9].reason.endswith("did it alone in a fresh process")


def test_each_death_is_charged_to_a_message() -> None:
    # The tenth of each process: that of the first, which asked it again, and so on.
    found = failed(ask(stream(DIES_AT_EVERY_TENTH), 64))

    assert found
    assert {*found.values()} == {ANSWERED}
    assert min(found) == 10


def test_a_process_that_exits_after_each_answer_is_red_whether_or_not_more_is_under_way() -> None:
    how = "answer(number, data); sys.exit(0)"
    together = failed(ask(stream(how), 8))
    sut = stream(how)
    one_by_one = []
    for request in requests(4):
        time.sleep(0.3)
        one_by_one += sut.ask([request])
    sut.close()

    assert together == dict.fromkeys(range(2, 9), ANSWERED)
    assert failed(one_by_one) == dict.fromkeys(range(2, 5), ANSWERED)
    assert "ended with exit code 0" in one_by_one[1].reason


def test_what_was_under_way_behind_or_before_the_killer_is_not_blamed() -> None:
    # It answers three at a time, the last first, and dies of the fifth before the fourth.
    how = """held.append((number, data))
    if data == b"message 5": os._exit(3)
    if len(held) < 3 and data not in (b"message 10", b"message 4"): continue
    for number, data in reversed(held[1:]): answer(number, data)
    number, data = held[0]; held = []"""
    answers = ask(stream(how, 2.0), 6)

    assert {number: status for number, status in failed(answers).items() if number < 5} == {}
    assert failed(answers)[5] == SAME


def test_software_that_hangs_each_second_time_is_given_up_still() -> None:
    sut = stream("if count == 2: time.sleep(60)", 0.5)
    breaker = CircuitBreaker(sut)
    breaker.size = 1
    with not_hanging():
        breaker.ask(requests(40))
    sut.close()

    assert breaker.is_over


@pytest.mark.parametrize("once", [True, False])
def test_a_program_of_folders_keeps_its_failure_too(once: bool) -> None:
    answers = ask(folder(DIES_AT_EVERY_TENTH, once=once), 14)

    assert failed(answers) == {10: ANSWERED}
    assert "ended with signal 11" in answers[9].reason


def test_a_program_of_folders_that_dies_of_a_message_is_blamed_for_that_alone() -> None:
    answers = ask(folder('if data == b"message 3": sys.exit(1)', once=True), 5)

    assert failed(answers) == {3: SAME}
