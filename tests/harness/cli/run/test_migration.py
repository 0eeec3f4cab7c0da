"""The suite `migration` through the door: how a gate is asked, what is told, what comes back."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, Done, results, tree
from tests.paths import ROOT

Ikeur = Callable[..., Done]
HEAD = "partner,deadline,moment,reason\n"
AGREED = f"{HEAD}0344,heen,2017-06-07T12:00,more time\n98025566,retour,2017-06-07T17:00,no shift\n"
# A gate in a process for each message: it tells what it was asked, and stops everything.
TELLS = "import sys; print('block', *sys.argv[1:], len(sys.stdin.buffer.read()))"


@pytest.fixture(autouse=True)
def gates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def config(folder: Path, gate: str = "", agreed: str = "") -> tuple[str, Path]:
    """A configuration with a gate and with agreements, where there are such, as an option."""
    text = f"[sut.gate]\n{gate}\n" if gate else ""
    if agreed:
        (folder / "afspraken.csv").write_text(agreed, encoding="utf-8")
        text += '[switch]\noverrides = "afspraken.csv"\n'
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return "--config", path


def python(name: str) -> str:
    return f'python = "{name}"\npython_exe = {json.dumps(sys.executable)}'


def test_a_gate_alone_is_asked_and_nothing_else(ikeur: Ikeur, tmp_path: Path) -> None:
    options = (
        *config(tmp_path, python("tests.suts.second.gate:faithful")),
        "--messages",
        "JW306,JW321",
    )
    done = ikeur("run", *options, "--count", 3, "--out", tmp_path / "out")
    assert done.code == PASS, done.told
    found: dict[str, set[str]] = {}
    for case in results(tmp_path / "out")["cases"]:
        found.setdefault(case["suite"], set()).add(case["verdict"])
    assert found.pop("migration") == {"pass"}
    assert set().union(*found.values()) == {"skip"}


def actuals(folder: Path) -> list[str]:
    """What a gate that tells it was asked, in the cases where it was wrong."""
    found = [item for case in results(folder)["cases"] for item in case["findings"]]
    assert {item["code"] for item in found} == {"GATE-BLOCKED"}
    return [item["actual"] for item in found]


def assert_asked(told: list[str]) -> None:
    """A JW321 is allowed, and was asked about, before the freeze and after it, in each zone."""
    words = [text.split() for text in told]
    assert {tuple(line[:4]) for line in words} == {
        ("block", "2.0", "2.0", "send"),
        ("block", "2.0", "2.0", "receive"),
    }
    moments = {line[4] for line in words}
    assert {"2017-05-29T00:00:00+02:00", "2017-05-28T22:00:00Z"} <= moments
    assert "2017-05-28T23:00:00+01:00" in moments
    assert all(int(line[-1]) % 312 == 0 for line in words)


def test_a_gate_that_is_a_command_gets_all_it_is_asked(ikeur: Ikeur, tmp_path: Path) -> None:
    words = [sys.executable, "-c", TELLS, "{from}", "{to}", "{direction}", "{at}"]
    options = config(tmp_path, f"command = {json.dumps(words)}")
    run = ("run", *options, "--suite", "migration", "--messages", "JW321", "--out", tmp_path / "o")
    assert ikeur(*run).code == RED
    assert_asked(actuals(tmp_path / "o"))


class _Telling(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.rfile.read(length)
        names = ("From", "To", "Direction", "At")
        asked = " ".join(self.headers[f"Ikeur-{name}"] for name in names)
        body = f"block {asked} {length}".encode()
        self.send_response(200)
        self.send_header("Ikeur-Id", self.headers["Ikeur-Id"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Telling) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}/"
        serving.shutdown()


def test_a_gate_that_is_a_server_gets_all_it_is_asked(ikeur: Ikeur, tmp_path: Path) -> None:
    with server() as url:
        options = (*config(tmp_path, f'url = "{url}"'), "--suite", "migration")
        done = ikeur("run", *options, "--messages", "JW321", "--out", tmp_path / "out")
    assert done.code == RED, done.told
    assert_asked(actuals(tmp_path / "out"))


def test_a_red_case_comes_back_from_its_id(ikeur: Ikeur, tmp_path: Path) -> None:
    options = config(tmp_path, python("tests.suts.gates_wrong:ignores_the_override"), AGREED)
    run = ("run", *options, "--messages", "WMO301,JW316", "--suite", "migration")
    assert ikeur(*run, "--out", tmp_path / "out").code == RED
    red = [case for case in results(tmp_path / "out")["cases"] if case["verdict"] == "fail"]
    assert {case["message"] for case in red} == {"WMO301", "JW316"}
    for place, case in enumerate(red):
        again = tmp_path / f"again-{place}"
        assert ikeur("case", case["id"], *options, "--out", again).code == PASS
        assert json.loads((again / "case.json").read_text())["expected"] == "decided"
        for role in case["files"]:
            if role != "actual":
                (path,) = again.glob(f"{role}.*")
                assert path.read_bytes() == (tmp_path / "out" / case["files"][role]).read_bytes()
        lines = (again / "expected.txt").read_text().splitlines()
        actual = (tmp_path / "out" / case["files"]["actual"]).read_text().splitlines()
        assert len(lines) == len(actual) >= 4


def test_a_case_about_an_agreement_needs_one(ikeur: Ikeur, tmp_path: Path) -> None:
    case = "WMO301.migration.send-partner-heen.2.0-2.0.s1.n0"
    done = ikeur("case", case, "--out", tmp_path / "case")
    assert (done.code, done.said) == (USAGE, "")
    assert "[switch] overrides" in done.told
    assert not (tmp_path / "case").exists()


def test_the_messages_of_a_mailbox_are_all_there(ikeur: Ikeur, tmp_path: Path) -> None:
    case = "JW321.migration.mailbox.2.0-2.0.s1.n0"
    assert ikeur("case", case, "--out", tmp_path / "case").code == PASS
    names = {"case.json", "expected.txt", "input.ei", "input-2.ei", "input-3.ei"}
    assert set(tree(tmp_path / "case")) == names
    lines = (tmp_path / "case" / "expected.txt").read_text().splitlines()
    parties = [re.findall(r" between (\d{4} and \d{8}):", line) for line in lines]
    assert parties[:3] == parties[3:]
    assert [re.sub(r" between \d+ and \d+", "", line) for line in lines] == [
        "receive 2017-06-08T20:00:00+02:00: block (SWITCH-FREEZE)",
        "receive 2017-06-10T03:00:00+02:00: block (SWITCH-FREEZE)",
        "receive 2017-06-12T03:00:00+02:00: block (SWITCH-FREEZE)",
        *["receive 2017-06-12T13:05:00+02:00: allow (SWITCH-UNCONVERTED)"] * 3,
    ]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_reports_say_what_was_agreed(ikeur: Ikeur, tmp_path: Path, lang: str) -> None:
    options = (*config(tmp_path, agreed=AGREED), "--suite", "migration", "--messages", "WMO305")
    done = ikeur("run", "--reference", *options, "--lang", lang, "--out", tmp_path / "out")
    assert done.code == PASS, done.told
    agreed = "0344 heen 2017-06-07T12:00: more time"
    assert results(tmp_path / "out")["run"]["overrides"] == [
        agreed,
        "98025566 retour 2017-06-07T17:00: no shift",
    ]
    label = {"en": "Moved deadlines", "nl": "Verschoven deadlines"}[lang]
    assert label in done.told
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert label in page
    assert agreed in page
    (case,) = [
        case for case in results(tmp_path / "out")["cases"] if ".send-partner-heen." in case["id"]
    ]
    assert f"allow (SWITCH-OPEN); agreed with {agreed}" in case["requirement"]


def test_workers_find_the_same_and_a_run_goes_on_with_its_own_agreements(
    ikeur_process: Ikeur, tmp_path: Path
) -> None:
    options = (
        *config(tmp_path, python("tests.suts.gates_wrong:imports_at_night"), AGREED),
        "--count",
        45,
    )
    run = ("run", *options, "--suite", "migration", "--messages", "WMO306,JW321")
    assert ikeur_process(*run, "--out", tmp_path / "one").code == RED
    assert ikeur_process(*run, "--workers", 2, "--out", tmp_path / "two").code == RED
    verdicts = [
        [(case["id"], case["verdict"], case["findings"]) for case in results(folder)["cases"]]
        for folder in (tmp_path / "one", tmp_path / "two")
    ]
    assert verdicts[0] == verdicts[1]

    journal = tmp_path / "one" / "events.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if b'"event": "batch-finished"' in line]
    journal.write_bytes(b"".join(lines[: places[1] + 1]))
    assert ikeur_process(*run, "--resume", "--out", tmp_path / "one").code == RED
    cases = results(tmp_path / "one")["cases"]
    assert [(case["id"], case["verdict"], case["findings"]) for case in cases] == verdicts[0]
    journal.write_bytes(b"".join(lines[: places[1] + 1]))
    (tmp_path / "afspraken.csv").write_text(HEAD)
    done = ikeur_process(*run, "--resume", "--out", tmp_path / "one")
    assert done.code == USAGE
    assert "overrides" in done.told


DEVIATION = """
[[deviation]]
codes = ["GATE-ALLOWED"]
reason = "imports at night until 4.3"
expires = 2099-12-31
"""


def test_a_declared_deviation_of_a_gate_is_one(ikeur: Ikeur, tmp_path: Path) -> None:
    _, path = config(tmp_path, python("tests.suts.gates_wrong:imports_at_night"))
    path.write_text(path.read_text() + DEVIATION)
    run = ("run", "--config", path, "--messages", "JW321", "--suite", "migration")
    assert ikeur(*run, "--out", tmp_path / "out").code == PASS
    found = results(tmp_path / "out")
    # The mailbox, and the hours of the freeze.
    assert (found["verdicts"]["xfail"], found["deviations"][0]["verdict"]) == (2, "xfail")


@pytest.mark.parametrize(
    ("gate", "code", "verdict"),
    [("tests.suts.second.gate:faithful", RED, "xpass"), ("", PASS, "skip")],
    ids=["it no longer occurs", "no gate was asked"],
)
def test_a_deviation_of_a_gate_is_gone_only_where_the_gate_was_asked(
    ikeur: Ikeur, tmp_path: Path, gate: str, code: int, verdict: str
) -> None:
    _, path = config(tmp_path, python(gate) if gate else "")
    deviation = DEVIATION + 'messages = ["JW322"]\n'
    path.write_text(path.read_text() + deviation)
    convert = () if gate else ("--python", "tests.suts.faithful_python:convert")
    run = ("run", "--config", path, "--messages", "JW322", *convert)
    done = ikeur(*run, "--out", tmp_path / "out")
    assert done.code == code, done.told
    assert results(tmp_path / "out")["deviations"][0]["verdict"] == verdict


WRONG = {
    "no such file": ('[switch]\noverrides = "gone.csv"\n', "gone.csv"),
    "no text": ("[switch]\noverrides = 3\n", "'overrides'"),
    "an empty name": ('[switch]\noverrides = ""\n', "'overrides'"),
    "an unknown key": ('[switch]\nfreeze = "2017-06-09"\n', "'freeze'"),
    "no table": ("switch = 3\n", "'switch'"),
    "a row that is none": ('[switch]\noverrides = "wrong.csv"\n', "wrong.csv:2"),
    "a moment in the freeze": ('[switch]\noverrides = "late.csv"\n', "late.csv:2"),
}


@pytest.mark.parametrize("what", WRONG)
def test_agreements_that_are_not_in_order_end_the_run_before_it_starts(
    ikeur: Ikeur, tmp_path: Path, what: str
) -> None:
    text, named = WRONG[what]
    (tmp_path / "wrong.csv").write_text(f"{HEAD}344,heen,2017-06-07T12:00,more time\n")
    (tmp_path / "late.csv").write_text(f"{HEAD}0344,heen,2017-06-09T12:00,more time\n")
    (tmp_path / "ikeur.toml").write_text(text)
    done = ikeur("run", "--out", tmp_path / "out")
    assert (done.code, done.said) == (USAGE, "")
    assert named in done.told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["SWITCH-HEEN", "block", "2017-06-06 17:00", "evidence A"]),
        ("nl", ["SWITCH-HEEN", "block", "2017-06-06 17:00", "bewijs A"]),
    ],
)
def test_a_rule_of_the_switch_is_explained(ikeur: Ikeur, lang: str, words: list[str]) -> None:
    done = ikeur("explain", "switch-heen", "--lang", lang)
    assert done.code == PASS
    assert all(word in done.said for word in words)
    assert ikeur("explain", "SWITCH-HEEN", "--json").json["after"] == "2017-06-06 17:00"
    assert ikeur("explain", "SWITCH-NEVER").code == USAGE
