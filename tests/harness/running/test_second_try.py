"""A failing case is tried again in a fresh process, and keeps what it needs before it."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.cli import main
from harness.judging.judge import Judgement
from harness.running.case_files import Keeper
from harness.running.failed_cases.budget import Budget
from harness.running.failed_cases.retry import RetriedCase
from harness.running.failed_cases.second_try import MOST_OF_MESSAGE, SecondTry
from harness.sut.protocol import Answer
from reports.events.events import CaseFinished, Finding
from schemas.facts.catalogue import catalogue
from schemas.message.fault import XmlAddress
from tests.harness.judged import answered
from tests.paths import SUTS
from tests.suts.running import Ikeur, Json, Outcome, beside_the_software

PYTHON = shlex.quote(sys.executable)
# Seconds: software of these tests starts well within.
TIMEOUT = 30


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, MOST_OF_MESSAGE)


def case(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["case", *map(str, arguments)], catch_exceptions=False)


def run(ikeur: Ikeur, sut: str, **options: object) -> Outcome:
    given: Json = {
        "suite": "convert",
        "messages": "WMO305",
        "count": 5,
        "timeout": TIMEOUT,
        **options,
    }
    return ikeur.run(sut, **given)


def tried(outcome: Outcome) -> list[Json]:
    """The findings of which the case was tried again."""
    return [finding for finding in outcome.findings if finding["again"]]


def test_what_a_message_leaves_behind_is_told_with_the_messages_that_show_it(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    sut = "--python=tests.suts.unstable:keeps_the_first_client"
    outcome = run(ikeur, sut)

    first, *others = outcome.findings
    assert first["again"]["gave"] == "right"
    assert first["smallest"] is None
    assert all(item["smallest"] is None for item in others)
    # The first message that was made XML of, and no other, is what it takes.
    assert first["again"]["before"] == ["WMO305.convert.2.0-2.1.s1.n0"]
    assert first["again"]["ended"] == "complete"
    kept = outcome.folder / "cases" / first["case"]
    assert first["again"]["file"] == f"cases/{first['case']}/sequence.json"
    (message,) = kept.glob("sequence-0001-*")

    alone = case(first["case"], "--run", sut)
    assert (alone.exit_code, "goed" in alone.output or "passed" in alone.output) == (0, True)
    behind = case(first["case"], "--run", sut, f"--report={outcome.folder}", "--json")
    assert behind.exit_code == 1
    told = json.loads(behind.output)
    assert told["before"] == first["again"]["before"]
    assert [item["actual"] for item in told["findings"]] == [first["actual"]]

    written = case(first["case"], f"--out={tmp_path / 'again'}", f"--report={outcome.folder}")
    assert written.exit_code == 0
    assert (tmp_path / "again" / message.name).read_bytes() == message.read_bytes()
    assert (tmp_path / "again" / "input.ei").read_bytes() == (kept / "input.ei").read_bytes()


@pytest.mark.parametrize(("lang", "said"), [("en", "fresh process"), ("nl", "nieuw proces")])
def test_every_report_says_what_the_second_try_gave(ikeur: Ikeur, lang: str, said: str) -> None:
    outcome = run(ikeur, "--python=tests.suts.unstable:keeps_the_first_client", count=2, lang=lang)

    assert said in " ".join(outcome.said.split())
    for report in ("report.html", "summary.md", "junit.xml"):
        assert said in (outcome.folder / report).read_text(encoding="utf-8"), report
    assert "sequence.json" in (outcome.folder / "findings.csv").read_text(encoding="utf-8")


def test_software_that_dies_of_what_came_before_keeps_its_crash_and_the_sequence(
    ikeur: Ikeur,
) -> None:
    outcome = run(ikeur, "--python=tests.suts.unstable:dies_behind_a_marked_one", count=8)

    crashes = [item for item in outcome.cases if item["verdict"] == "crash"]
    assert crashes
    assert outcome.exit_code == 1
    first = crashes[0]["findings"][0]
    assert first["code"] == "SUT-CRASH"
    assert "exit code 9" in first["actual"]
    assert "did it alone in a fresh process" in first["actual"]
    assert first["again"]["gave"] == "right"
    (path,) = (outcome.folder / "cases" / first["case"]).glob("sequence-*.[ex]*")
    assert zlib.crc32(path.read_bytes()) % 3 == 0


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("dies_at_every_tenth", "SUT-CRASH"),
        ("dies_after_one", "SUT-CRASH"),
        ("floods_at_the_fifth", "SUT-FLOOD"),
        ("hangs_at_every_tenth", "SUT-TIMEOUT"),
    ],
)
def test_software_that_fails_now_and_then_is_red_over_a_stream(
    ikeur: Ikeur, how: str, code: str
) -> None:
    words = f"{PYTHON} unstable.py stream {how}"
    outcome = run(
        ikeur,
        f"--stream={words}",
        count=3 if how == "dies_after_one" else 6,
        timeout=8 if "hangs" in how else TIMEOUT,
    )

    assert outcome.exit_code == 1
    assert {item["code"] for item in outcome.findings} == {code}
    verdicts = {case["verdict"] for case in outcome.cases}
    assert verdicts == {"pass", "timeout" if "hangs" in how else "crash"}
    assert all("in a fresh process" in item["actual"] for item in outcome.findings)
    assert tried(outcome)[0]["again"]["gave"] == "right"


def test_a_message_that_was_made_for_its_case_is_tried_again_too(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.running.failed_cases.second_try.MOST_OF_MESSAGE", 1)
    outcome = run(
        ikeur,
        "--python=tests.suts.unstable:refuses_nothing_after_the_third",
        suite="refuse",
        count=5,
    )

    first, *_ = [item for item in outcome.findings if item["code"] == "SUT-ACCEPTED"]
    assert first["again"]["gave"] == "right"
    assert len(first["again"]["before"]) == 3
    again = case(
        first["case"], "--run", "--python=tests.suts.unstable:refuses_nothing_after_the_third",
        f"--report={outcome.folder}",
    )  # fmt: skip
    assert again.exit_code == 1
    assert "SUT-ACCEPTED" in again.output


def test_a_fault_that_needs_no_other_message_is_made_small_as_ever(ikeur: Ikeur) -> None:
    outcome = run(ikeur, "--python=tests.suts.faulty:loses_initials", count=3)

    first, *_ = tried(outcome)
    assert first["again"] == {
        "gave": "same", "fresh": True, "before": [], "file": "", "ended": "",
    }  # fmt: skip
    assert first["smallest"]["ended"] == "complete"
    assert case(first["case"], "--run", "--python=tests.suts.faulty:loses_initials").exit_code == 1
    assert (
        case(first["case"], "--run", "--python=tests.suts.faithful_python:convert").exit_code == 0
    )


def test_a_command_that_fails_now_and_then_says_what_it_did_the_second_time(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    program = tmp_path / "now_and_then.sh"
    program.write_text(
        f"if [ ! -e {tmp_path}/been ]; then touch {tmp_path}/been; kill -9 $$; fi\n"
        f"exec {PYTHON} -m tests.suts.programs.faithful_stdin $1 $2\n"
    )
    outcome = run(ikeur, f"--command=sh {program} {{from}} {{to}}", count=1)

    (finding,) = outcome.findings
    assert outcome.cases[0]["verdict"] == "crash"
    assert "ended with signal 9" in finding["actual"]
    assert finding["again"]["gave"] == "right"


def serve(port: Path, how: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "unstable.py", "http", str(port), how], cwd=SUTS)
    deadline = time.monotonic() + TIMEOUT
    while not port.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


@pytest.mark.parametrize(("how", "crashes"), [("drops_every_tenth", True), ("faithful", False)])
def test_a_server_that_lets_go_of_a_request_keeps_its_crash_and_one_that_keeps_nothing_is_fine(
    ikeur: Ikeur, tmp_path: Path, how: str, crashes: bool
) -> None:
    port = tmp_path / "port"
    process = serve(port, how)
    try:
        outcome = run(ikeur, f"--url=http://127.0.0.1:{port.read_text()}/", count=10)
    finally:
        process.kill()
        process.wait()

    found = [item for item in outcome.cases if item["verdict"] == "crash"]
    assert bool(found) == crashes
    assert outcome.exit_code == int(crashes)
    for finding in tried(outcome):
        assert "did it on a fresh connection" in finding["actual"]
        assert finding["again"]["fresh"] is False


def test_one_case_is_asked_again_where_there_is_something_to_do(tmp_path: Path) -> None:
    name = "WMO305.convert.2.0-2.1.s1.n0"
    for arguments in ((), ("--run", "--command=true", "--report=nowhere")):
        assert case(name, *arguments).exit_code == 2
    gate = case("WMO305.retour.clean.2.1-2.1.s1.n0", "--run", "--command=true")
    assert gate.exit_code == 2


def test_a_sequence_of_somebody_else_has_no_other_file_read(tmp_path: Path) -> None:
    name = "WMO305.convert.2.0-2.1.s1.n0"
    folder = tmp_path / "cases" / name
    folder.mkdir(parents=True)
    entry = {
        "file": "../../../secret", "case": name, "op": "convert", "from": "2.0", "to": "2.1",
        "message": "WMO305", "direction": "", "at": "",
    }  # fmt: skip
    (folder / "sequence.json").write_text(json.dumps([entry]))
    done = case(name, f"--out={tmp_path / 'out'}", f"--report={tmp_path}")

    assert done.exit_code == 2
    assert "USE-SEQUENCE" in done.output


class Wrong:
    """Software that is wrong about nothing when it is asked again, and takes its time."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, *_: object) -> RetriedCase:
        self.asked += 1
        return RetriedCase(Judgement(), AT_ONCE, is_fresh=True)


def second_try(tmp_path: Path) -> tuple[SecondTry, Wrong, Budget]:
    retrier, budget = Wrong(), Budget()
    return SecondTry(retrier, Keeper(tmp_path), budget), retrier, budget  # type: ignore[arg-type]


def failing(path: str) -> list[Finding]:
    """One finding, at a place."""
    finding = Finding(
        "FIELD-LOST", "c", "convert", "WMO305", "2.0-2.1", "a", "b", "A", True, "",
        xml=XmlAddress(path),
    )  # fmt: skip
    return [finding]


CASE = Case("convert", "WMO305", ("2.0", "2.1"), 1, 0)
SPECIMEN = Specimen(catalogue().one("WMO305"), 1, 0)
AT_ONCE, NEVER = (answered(CASE, SPECIMEN, Answer(status)) for status in ("ok", "timeout"))


def test_of_each_cause_only_the_first_is_tried_and_of_a_type_only_some(tmp_path: Path) -> None:
    trying, retrier, _ = second_try(tmp_path)
    for number in [*range(30), *range(30)]:
        trying.of(AT_ONCE, failing(f"/B/{number}"), ())

    assert retrier.asked == 10
    assert trying.of(AT_ONCE, failing("/B/99"), ()).findings[0].again is None


def test_nothing_is_tried_once_the_time_of_the_run_is_used_up_nor_hangs_again_and_again(
    tmp_path: Path,
) -> None:
    trying, retrier, budget = second_try(tmp_path)
    for number in range(5):
        trying.of(NEVER, failing(f"/B/{number}"), ())
    assert retrier.asked == 2

    budget.left = 0.0
    trying.of(AT_ONCE, failing("/C"), ())
    assert retrier.asked == 2


def test_a_run_that_goes_on_tries_what_it_would_have_tried(tmp_path: Path) -> None:
    whole, _, _ = second_try(tmp_path)
    later, retrier, _ = second_try(tmp_path)
    for number in (1, 2, 1):
        found = whole.of(AT_ONCE, failing(f"/B/{number}"), ()).findings
        later.resume(CaseFinished("c", "convert", "WMO305", "2.0-2.1", "fail", 0, "", "", found))

    assert (later.seen, later.tried) == (whole.seen, whole.tried)
    later.of(AT_ONCE, failing("/B/2"), ())
    assert retrier.asked == 0
