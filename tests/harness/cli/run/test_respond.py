"""`ikeur respond`, and what a run asks of software that answers messages."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.harness.cli.door import PASS, PROGRAM, RED, USAGE, Done, results
from tests.paths import GOLDEN, ROOT

Ikeur = Callable[..., Done]
REFUSED = 3
FEW = ("--messages", "WMO303,JW307", "--count", 4, "--quick")


def config(folder: Path, *operations: str) -> tuple[str, Path]:
    """A configuration with a faithful way for some operations, as an option."""
    ways = {
        "convert": 'python = "software:faithful"',
        "respond": f'command = ["{PROGRAM}", "respond", "{{input}}", "-o", "{{output}}"]',
    }
    path = folder / "some.toml"
    path.write_text("".join(f"[sut.{name}]\n{ways[name]}\n" for name in operations))
    return "--config", path


def verdicts(folder: Path) -> dict[str, set[str]]:
    """The verdicts of a run by suite."""
    found: dict[str, set[str]] = {}
    for case in results(folder)["cases"]:
        found.setdefault(case["suite"], set()).add(case["verdict"])
    return found


@pytest.mark.parametrize(("suffix", "starts"), [("ei", b"01419"), ("xml", b"<?xml")])
def test_it_writes_the_return_message_in_the_same_release(
    ikeur: Ikeur, tmp_path: Path, suffix: str, starts: bytes
) -> None:
    answer = tmp_path / f"WMO306.{suffix}"
    assert ikeur("respond", GOLDEN / f"WMO305.{suffix}", "-o", answer).code == PASS
    assert answer.read_bytes().startswith(starts)
    assert ikeur("validate", "--rules", answer).code == PASS


def test_without_a_file_to_write_the_answer_is_told(ikeur_process: Ikeur) -> None:
    done = ikeur_process("respond", GOLDEN / "WMO307.ei")
    assert (done.code, done.said[:5]) == (PASS, "01421")


def test_the_same_message_has_the_same_answer(ikeur: Ikeur, tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert ikeur("respond", GOLDEN / "JW303.xml", "-o", tmp_path / name).code == PASS
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def spoilt(name: str, old: bytes, new: bytes) -> bytes:
    data = (GOLDEN / name).read_bytes()
    assert old in data
    return data.replace(old, new, 1)


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a return message": (lambda: (GOLDEN / "WMO306.ei").read_bytes(), "ANSWER-TYPE"),
    "a return message in XML": (lambda: (GOLDEN / "JW304.xml").read_bytes(), "ANSWER-TYPE"),
    "no message": (lambda: b"Dit is geen bericht.", "EI-"),
    "nothing": (lambda: b"", "EI-EMPTY"),
    "a half": (lambda: (GOLDEN / "WMO305.ei").read_bytes()[:700], "EI-"),
    "half a document": (lambda: (GOLDEN / "WMO305.xml").read_bytes()[:900], "XML-SYNTAX"),
    "an element too many": (
        lambda: spoilt("WMO305.xml", b"</wmo305:Header>", b"<wmo305:X/></wmo305:Header>"),
        "XML-STRUCTURE",
    ),
    "a wrong code": (lambda: spoilt("WMO305.xml", b"Geslacht>1<", b"Geslacht>7<"), "XML-VALUE"),
    "a wrong count": (lambda: spoilt("WMO305.ei", b"99000002", b"99000003"), "EI-COUNT"),
    # No rule has a code for the sum of the btw.
    "a wrong btw total": (
        lambda: spoilt("WMO303.ei", b"00000043775D00000000000 ", b"00000043775D00000000001D"),
        "EI-TOTAL",
    ),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_the_reason(
    ikeur: Ikeur, tmp_path: Path, kind: str
) -> None:
    make, code = UNREADABLE[kind]
    (tmp_path / "message").write_bytes(make())
    done = ikeur("respond", tmp_path / "message", "-o", tmp_path / "answer")
    assert (done.code, done.said) == (REFUSED, "")
    assert code in done.told
    assert not (tmp_path / "answer").exists()


def test_no_file_is_overwritten(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "answer").write_text("mine")
    assert ikeur("respond", GOLDEN / "WMO305.ei", "-o", tmp_path / "answer").code == USAGE
    assert (tmp_path / "answer").read_text() == "mine"


def test_it_can_be_the_software_that_is_tested(ikeur: Ikeur, tmp_path: Path) -> None:
    options = config(tmp_path, "respond")
    done = ikeur(
        "run", *options, "--messages", "WMO305", "--count", 2, "--quick", "--out", tmp_path / "out"
    )
    assert done.code == PASS, done.told
    # What is not claimed is skipped, never tested on something else.
    others = ("schema", "convert", "roundtrip", "refuse", "rules", "migration")
    skipped = {suite: {"skip"} for suite in others}
    assert verdicts(tmp_path / "out") == skipped | {"retour": {"pass"}}


def test_the_command_line_claims_to_convert_only(ikeur: Ikeur, tmp_path: Path) -> None:
    done = ikeur("run", "--python", "software:faithful", *FEW, "--out", tmp_path / "out")
    assert done.code == PASS
    found = verdicts(tmp_path / "out")
    assert found.pop("retour") == found.pop("migration") == {"skip"}
    # Of the types that were named none is the return message of another.
    assert found.pop("roundtrip") == {"pass", "skip"}
    assert set().union(*found.values()) == {"pass"}


def test_both_are_tested_where_both_are_claimed(ikeur: Ikeur, tmp_path: Path) -> None:
    options = config(tmp_path, "convert", "respond")
    done = ikeur(
        *("run", *options, "--quick", "--messages", "WMO305,WMO306", "--count", 1),
        *("--out", tmp_path / "out"),
    )
    assert done.code == PASS
    found = verdicts(tmp_path / "out")
    assert found.pop("migration") == {"skip"}
    assert set().union(*found.values()) == {"pass"}


def faulty(folder: Path, name: str) -> tuple[str, Path]:
    """A configuration with a faulty responder, as an option."""
    path = folder / "faulty.toml"
    python = json.dumps(sys.executable)
    path.write_text(
        f'[sut.respond]\npython = "tests.suts.retour.wrong:{name}"\n'
        f"python_exe = {python}\ntimeout_s = 60\n"
    )
    return "--config", path


@pytest.fixture
def red(ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The red cases of a faulty responder."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    options = faulty(tmp_path, "gives_nobody_back")
    assert ikeur("run", *options, *FEW, "--out", tmp_path / "out").code == RED
    found = results(tmp_path / "out")["cases"]
    return [case for case in found if case["verdict"] == "fail"]


def test_a_red_case_comes_back_from_its_id(
    ikeur: Ikeur, tmp_path: Path, red: list[dict[str, Any]]
) -> None:
    assert red
    for place, case in enumerate(red):
        again = tmp_path / f"again-{place}"
        assert ikeur("case", case["id"], "--out", again).code == PASS
        for role in ("input", "expected"):
            (path,) = again.glob(f"{role}.*")
            assert path.read_bytes() == (tmp_path / "out" / case["files"][role]).read_bytes()
        assert json.loads((again / "case.json").read_text())["expected"] == "answered"
        # What is expected is a right answer to the input.
        assert ikeur("respond", again / path_of(again, "input"), "-o", again / "mine").code == PASS
        assert (again / "mine").read_bytes() == path_of(again, "expected").read_bytes()


def path_of(folder: Path, role: str) -> Path:
    (path,) = folder.glob(f"{role}.*")
    return path


def test_a_finding_names_the_rule_and_its_place_in_what_was_sent(
    red: list[dict[str, Any]],
) -> None:
    found = [item for case in red for item in case["findings"]]
    lost = [item for item in found if item["code"] == "RETOUR-CLIENT-LOST"]
    # Without the lines that were cut the granted total does not follow either.
    assert {item["code"] for item in found} == {"RETOUR-CLIENT-LOST", "RETOUR-TOTAL"}
    rules = {"TR002", "TR018", "TR137", "TR335", "TR346", "CS002"}
    assert {item["rule"] for item in lost} <= rules
    for item in found:
        assert item["ei"] or item["xml"]


@pytest.mark.long
def test_more_workers_find_the_same(
    ikeur_process: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    told = []
    for workers in (1, 2):
        options = (*faulty(tmp_path, "numbers_records_from_1"), "--suite", "retour")
        out = tmp_path / str(workers)
        many = ("--messages", "WMO305,JW301", "--count", 25, "--workers", workers, "--out", out)
        assert ikeur_process("run", *options, *many).code == RED
        cases = results(out)["cases"]
        told.append([(case["id"], case["verdict"], case["findings"]) for case in cases])
    assert told[0] == told[1]


def test_a_declared_deviation_of_answers_is_not_gone_where_none_were_asked_for(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    path = tmp_path / "declared.toml"
    path.write_text(
        '[sut.convert]\npython = "software:faithful"\n[[deviation]]\ncodes = ["RETOUR-CODE"]\n'
        'messages = ["WMO305"]\nreason = "later"\nexpires = 2999-01-01\n'
    )
    done = ikeur("run", "--config", path, "--messages", "WMO305", "--out", tmp_path / "out")
    assert done.code == PASS, done.told
