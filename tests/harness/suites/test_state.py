"""The suite `state`: what is under way, or came before, changes nothing in a message."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge
from harness.running.case_answers import CaseAnswers, PendingCase
from harness.suites.conversion.throughput import TOGETHER, Throughput
from harness.suites.registry import SUITES, parse, suite_of
from harness.sut.http.http import HttpSut
from harness.sut.protocol import OK, REFUSED, Answer, Request
from schemas.facts.catalogue import catalogue
from schemas.header.locations import places
from schemas.message.fault import MOST_FAULTS
from schemas.releases.read_write import read
from tests.paths import SUTS
from tests.sampling import sampled
from tests.suts.running import Ikeur, Outcome, beside_the_software

UNDER_WAY, SAME, AGAIN = "under-way", "same-identification", "again"
TYPES = "WMO301,WMO303,JW302"
# Software that keeps something, and the types in which it shows.
KEEPS = {
    "caches_by_identification": {"WMO301", "JW302"},
    "caches_by_header": {"WMO301"},
    "caches_by_identification_and_size": {"WMO301"},
    "keeps_the_last_answer": {"WMO301", "JW302"},
    "refuses_a_second": {"WMO301", "JW302"},
    "knows_people": {"WMO301", "JW302"},
}
MIXES_UP = [
    "shares_the_target",
    "shares_the_output",
    "writes_one_file",
    "takes_the_next_answer",
    "has_32_slots",
    "fails_above_40",
]
Serve = Callable[[str], str]


def asked(ikeur: Ikeur, sut: str, **options: object) -> Outcome:
    """A run of the suite alone."""
    return ikeur.run(sut, quick=False, suite="state", **options)


def red(outcome: Outcome, kind: str) -> set[str]:
    """The message types in which a kind of case is red."""
    cases = [case for case in outcome.cases if case["verdict"] == "fail"]
    return {case["message"] for case in cases if parse(case["id"]).kind == kind}


@pytest.fixture
def in_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch)


@pytest.mark.parametrize("seed", sampled([1, 2, 3]))
def test_the_reference_passes_for_every_type(in_process: Ikeur, seed: int) -> None:
    outcome = asked(in_process, "--reference", seed=seed, block_on="ABCD")
    assert outcome.exit_code == 0
    assert outcome.findings == []
    convertible = {item.name for item in catalogue().messages.values() if item.convertible}
    kinds = {(case["message"], parse(case["id"]).kind) for case in outcome.cases}
    assert kinds == {(name, kind) for name in convertible for kind in (UNDER_WAY, SAME, AGAIN)}


@pytest.mark.parametrize("name", KEEPS)
def test_software_that_keeps_something_of_a_message_is_caught(in_process: Ikeur, name: str) -> None:
    outcome = asked(in_process, f"--python=tests.suts.keeps_state:{name}", messages=TYPES)
    assert outcome.exit_code == 1
    assert red(outcome, SAME) >= KEEPS[name]


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_the_message_that_comes_back_has_another_content_and_the_same_identity(
    release: str,
) -> None:
    for message in catalogue().messages.values():
        if not message.convertible:
            continue
        for case in SUITES["state"].once(message, 1):
            if case.kind != SAME or case.route[0] != release:
                continue
            question = suite_of(case).question(case, Specimen(message, 1, 0), ())
            first, second, third = question.requests
            assert first == third
            one, other = (read(item.data, release).root for item in (first, second))
            assert one is not None
            assert other is not None
            keys = [place.key for place in places(message.name, release)]
            assert [one.get(key) for key in keys] == [other.get(key) for key in keys]
            assert first.data != second.data
            assert not read(second.data, release).faults


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server that mixes up requests in a way; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(how: str) -> str:
        port = tmp_path / "port"
        words = [sys.executable, "-m", "tests.suts.programs.mixing_http", str(port), how]
        running.append(subprocess.Popen(words, cwd=SUTS, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + 20
        while not port.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        return f"--url=http://127.0.0.1:{port.read_text()}/"

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", MIXES_UP)
def test_a_server_that_mixes_up_what_is_under_way_is_caught(
    ikeur: Ikeur, serve: Serve, how: str
) -> None:
    outcome = asked(ikeur, serve(how), messages="WMO305", count=1)
    assert outcome.exit_code == 1
    assert red(outcome, UNDER_WAY) == {"WMO305"}, outcome.said
    # Asked one after the other it is right.
    assert red(outcome, SAME) == set()


@pytest.mark.parametrize("way", ["stream", "folder"])
def test_a_program_that_mixes_up_more_than_forty_is_caught_in_both_directions(
    ikeur: Ikeur, way: str
) -> None:
    words = f"{sys.executable} programs/above_forty.py {way}"
    folders = " {input} {output}" if way == "folder" else ""
    outcome = asked(ikeur, f"--{way}={words}{folders}", messages="WMO305")
    cases = [case for case in outcome.cases if case["verdict"] == "fail"]
    assert [(parse(case["id"]).kind, case["direction"]) for case in cases] == [
        (UNDER_WAY, "2.0-2.1"),
        (UNDER_WAY, "2.1-2.0"),
        # Both ways have as many under way where nothing asks for it.
        (AGAIN, "2.0-2.1"),
        (AGAIN, "2.1-2.0"),
    ]


def test_a_server_that_shares_nothing_passes(ikeur: Ikeur, serve: Serve) -> None:
    outcome = asked(ikeur, serve("faithful"), messages="WMO305,JW303")
    assert (outcome.exit_code, outcome.findings) == (0, [])


class _Waits(BaseHTTPRequestHandler):
    """Answers when as many requests as are wanted have come in completely."""

    protocol_version = "HTTP/1.1"
    wanted = 0
    there = threading.Condition()
    number = 0

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        with self.there:
            type(self).number += 1
            self.there.notify_all()
            is_met = self.there.wait_for(lambda: self.number >= self.wanted, 10)
        self.send_response(200 if is_met else 500)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 128


@contextmanager
def waiting_for(number: int) -> Iterator[str]:
    """The address of a server that answers when so many requests are under way."""
    handler = type("Handler", (_Waits,), {"wanted": number})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def requests(number: int) -> list[Request]:
    return [Request("WMO305", "2.0", "2.1", b"%d" % place) for place in range(number)]


def test_64_requests_are_under_way_over_http() -> None:
    with waiting_for(64) as url:
        sut = HttpSut(url, "", "", 20)
        answers = sut.together(requests(64))
        sut.close()
    assert [(item.status, item.output) for item in answers] == [
        (OK, b"%d" % place) for place in range(64)
    ]


def test_software_that_fails_behind_many_messages_is_caught_when_they_come_again(
    in_process: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its fault is behind 500 messages, and the other cases of the suite ask it 134.
    monkeypatch.setattr("tests.suts.world.state.asked", 350)
    fault = "tests.suts.world:loses_the_last_client_behind_500_messages"
    outcome = asked(in_process, f"--python={fault}", messages="WMO305")
    assert (red(outcome, AGAIN), red(outcome, UNDER_WAY)) == ({"WMO305"}, set())


@pytest.mark.parametrize(("source", "target"), [("2.0", "2.1"), ("2.1", "2.0")])
def test_two_messages_with_several_clients_come_again_64_times(source: str, target: str) -> None:
    case = parse(f"WMO305.state.again.{source}-{target}.s1.n39")
    question = suite_of(case).question(case, Specimen(catalogue().one("WMO305"), 1, 39), ())
    assert question.again
    assert sorted(Counter(item.data for item in question.requests).values()) == [32, 32]
    assert all(one != next_one for one, next_one in pairwise(question.requests))
    trees = [read(data, source).root for data in question.inputs]
    assert all(tree is not None and len(tree.children) > 1 for tree in trees)


def test_a_shorter_run_plans_no_message_that_comes_again() -> None:
    message = catalogue().one("WMO305")
    planned = [SUITES["state"].planned(message, 1, count, ()) for count in (39, 40, 100)]
    assert planned == [0, 2, 2]


@pytest.mark.parametrize("release", ["2.0-2.1", "2.1-2.0"])
def test_no_message_is_under_way_next_to_itself(release: str) -> None:
    case = parse(f"WMO305.state.under-way.{release}.s1.n0")
    question = suite_of(case).question(case, Specimen(catalogue().one("WMO305"), 1, 0), ())
    for source in ("2.0", "2.1"):
        some = [item.data for item in question.requests if item.source == source]
        assert all(one != next_one for one, next_one in pairwise(some))


@pytest.mark.parametrize("kind", [UNDER_WAY, SAME])
def test_a_case_asks_the_same_wherever_a_run_asks_it(kind: str) -> None:
    """A run asked it of the message of another index than `ikeur case` does."""
    case, message = parse(f"WMO305.state.{kind}.2.0-2.1.s1.n0"), catalogue().one("WMO305")
    alone, in_a_run = (
        suite_of(case).question(case, Specimen(message, 1, index), ()) for index in (0, 17)
    )
    assert alone.requests == in_a_run.requests


@pytest.mark.parametrize(("source", "target"), [("2.0", "2.1"), ("2.1", "2.0")])
def test_a_case_alone_has_more_than_40_requests_of_its_direction_under_way_at_once(
    source: str, target: str
) -> None:
    case = parse(f"WMO305.state.under-way.{source}-{target}.s1.n0")
    question = suite_of(case).question(case, Specimen(catalogue().one("WMO305"), 1, 0), ())
    assert question.together
    directions = Counter((item.source, item.target) for item in question.requests)
    assert directions == {(source, target): 48, (target, source): 16}
    assert len({item.data for item in question.requests}) == 16


@pytest.mark.parametrize(
    ("ids", "sizes"),
    [
        (["state.under-way.2.0-2.1.s1.n0", "state.under-way.2.1-2.0.s1.n0"], [64, 64]),
        ([f"throughput.2.0-2.1.s1.n{index}" for index in range(3)], [64, 32]),
    ],
)
def test_as_many_requests_are_asked_at_once_as_ways_have_under_way(
    ids: list[str], sizes: list[int]
) -> None:
    """Of two cases at once the second one only followed, a request for each answer."""
    asked_for: list[int] = []

    def together(some: Sequence[Request]) -> list[Answer]:
        asked_for.append(len(some))
        return [Answer(OK, item.data) for item in some]

    pending = []
    for case in (parse(f"WMO305.{name}") for name in ids):
        specimen = Specimen(catalogue().one("WMO305"), 1, case.index)
        pending.append(PendingCase(case, specimen, suite_of(case).question(case, specimen, ())))
    answers = CaseAnswers(pending, lambda _: [], together, lambda _: [])
    assert asked_for == sizes
    for item in pending:
        found = answers.take(item.case).answers
        assert [one.output for one in found] == [one.data for one in item.question.requests]


def test_no_more_findings_are_kept_than_a_case_has_room_for_and_the_rest_is_counted_out() -> None:
    """Answers without a message behind the last finding that is kept broke the run off."""
    case = parse("WMO301.throughput.2.0-2.1.s1.n0")
    specimen = Specimen(catalogue().one("WMO301"), 1, 0)
    question = Throughput().question(case, specimen)
    other = Specimen(catalogue().one("WMO301"), 2, 3).expected_bytes("2.1")
    answers = [Answer(OK, other)] * (TOGETHER - 4) + [Answer(REFUSED, reason="no")] * 4
    asked_case = AskedCase(case, specimen, question, tuple(answers))
    found = Throughput().judge(asked_case, Judge("ABC")).findings
    assert MOST_FAULTS <= len(found) <= MOST_FAULTS + 4
