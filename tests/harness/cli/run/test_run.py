"""`ikeur run`: what it covers, what it says beforehand, what it writes, and what makes it red."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.harness.cli.door import (
    BROKEN,
    CONVERTED,
    PASS,
    PROGRAM,
    RED,
    STAYS_EI,
    USAGE,
    Done,
    results,
    tree,
)

Ikeur = Callable[..., Done]
REPORTS = ["junit.xml", "report.html", "results.json", "results.sarif", "summary.md"]
ROUTES = {
    "schema": {"2.0-2.1", "2.1-2.0"},
    "convert": {"2.0-2.1", "2.1-2.0"},
    "roundtrip": {"2.0-2.1-2.0", "2.1-2.0-2.1"},
    "rules": {"2.0-2.1", "2.1-2.0"},
}
QUOTED = shlex.quote(str(PROGRAM))
ONE = ("--messages", "WMO305", "--suite", "convert", "--count", 1)


def cases(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = results(folder)["cases"]
    return found


def findings(folder: Path) -> list[dict[str, Any]]:
    return [finding for case in cases(folder) for finding in case["findings"]]


def untimed(value: Any) -> Any:
    """The results without what tells when they were made and how long it took."""
    if isinstance(value, dict):
        left = {key: item for key, item in value.items() if key not in ("seconds", "started_at")}
        return {key: untimed(item) for key, item in left.items()}
    return [untimed(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "log"
    folder.mkdir()
    monkeypatch.setenv("SOFTWARE_LOG", str(folder))
    return folder


def test_with_no_software_it_covers_all_types_both_ways_and_the_two_refused_ones(
    ikeur_process: Ikeur, tmp_path: Path
) -> None:
    done = ikeur_process("run", "--reference", "--count", 1, "--quick")
    assert done.code == PASS, done.said
    out = tmp_path / "ikeur-report"
    seen: dict[str, dict[str, set[str]]] = {}
    for case in cases(out):
        assert case["verdict"] == "pass"
        assert case["findings"] == []
        suite = "pair" if ".pair." in case["id"] else case["suite"]
        seen.setdefault(case["message"], {}).setdefault(suite, set()).add(case["direction"])
    for message in CONVERTED:
        assert {suite: seen[message][suite] for suite in ROUTES} == ROUTES, message
        assert seen[message]["refuse"] == {"2.0-2.1", "2.1-2.0"}
        # Each heenbericht is answered, and converted with its answer.
        is_heen = int(message[-3:]) % 2 == 1
        assert seen[message].get("pair") == ({"2.0-2.1", "2.1-2.0"} if is_heen else None)
        assert seen[message].get("retour") == ({"2.0-2.0", "2.1-2.1"} if is_heen else None)
        # Of a return message the gate is asked too whether it may be in another release.
        gate = {"2.0-2.0", "2.1-2.1"} | (set() if is_heen else {"2.0-2.1", "2.1-2.0"})
        assert seen[message]["migration"] == gate
    assert {message: seen[message] for message in STAYS_EI} == {
        "JW321": {"refuse": {"2.0-2.1"}, "retour": {"2.0-2.0"}, "migration": {"2.0-2.0"}},
        "JW322": {"refuse": {"2.0-2.1"}, "migration": {"2.0-2.0"}},
    }
    assert set(seen) == {*CONVERTED, *STAYS_EI}
    # One case for each type, direction and suite, and one that breaks a rule; the pairs and answers
    # (two in each release of 301, which has the most kinds, and in 2.0 of 303).
    others = [case for case in cases(out) if case["suite"] != "migration"]
    assert len(others) == 20 * 2 * 6 + 2 + 10 * 2 * 2 + 1 + 2 * 2 + 2


def test_it_says_what_it_will_do_before_the_first_case(
    ikeur: Ikeur, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    monkeypatch.setenv("IKEUR_SAID", str(said))
    words = f"{QUOTED} run --python software:peeking --name Voorbeeld --messages WMO307,JW301"
    words += " --suite roundtrip --count 3 --seed 424242 --out out"
    shell = ["/bin/sh", "-c", f'exec {words} 2>"$0"', str(said)]
    assert os.spawnv(os.P_WAIT, shell[0], shell) == PASS
    told = (log / "said").read_text(encoding="utf-8")
    for word in ("Voorbeeld", "WMO307", "JW301", "roundtrip", "424242", "24"):
        assert word in told, told


def test_every_report_is_there_and_whole(ikeur: Ikeur, tmp_path: Path) -> None:
    few = ("--messages", "WMO305,JW321", "--count", 2, "--quick")
    done = ikeur("run", "--reference", *few, "--out", "out")
    assert done.code == PASS
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir() if path.name != "events.jsonl") == REPORTS
    told = results(out)
    assert told["end"]["completed"] is True
    # At both indexes WMO305 has two of its 48 kinds of moment in 2.0.
    planned = 2 * ((12 + 2 + 2 + 3) + (1 + 1 + 1))
    # A pair is of two types, of which one was named.
    assert (told["verdicts"]["pass"], told["verdicts"]["skip"]) == (planned - 4, 4)
    assert len(told["cases"]) == told["run"]["planned"] == planned
    suites = etree.parse(out / "junit.xml").getroot()
    assert len(suites.findall(".//testcase")) == planned
    assert json.loads((out / "results.sarif").read_text(encoding="utf-8"))["runs"]
    page = (out / "report.html").read_text(encoding="utf-8")
    HTMLParser().feed(page)
    assert page.rstrip().endswith("</html>")
    assert "WMO305" in page
    assert "WMO305" in (out / "summary.md").read_text(encoding="utf-8")
    assert "report.html" in done.said


def test_a_second_run_leaves_the_first_as_it_was(ikeur: Ikeur, tmp_path: Path) -> None:
    assert ikeur("run", "--reference", *ONE).code == PASS
    first = tree(tmp_path / "ikeur-report")
    assert ikeur("run", "--reference", *ONE, "--seed", 2).code == PASS
    assert tree(tmp_path / "ikeur-report") == first
    (other,) = [path for path in tmp_path.iterdir() if path.name != "ikeur-report"]
    assert results(other)["run"]["seed"] == 2
    assert ikeur("run", "--reference", *ONE, "--out", "ikeur-report").code == USAGE
    assert tree(tmp_path / "ikeur-report") == first


@pytest.mark.parametrize(
    ("function", "message", "grade", "codes"),
    [
        ("wrong_date", "WMO305", "B", {"": RED, "A": PASS, "B": RED, "CD": PASS, "ABCD": RED}),
        ("wrong_return_date", "WMO316", "D", {"": PASS, "ABC": PASS, "D": RED, "ABCD": RED}),
    ],
)
def test_block_on_decides_which_findings_make_a_run_red(
    ikeur: Ikeur, tmp_path: Path, function: str, message: str, grade: str, codes: dict[str, int]
) -> None:
    args = ("--python", f"software:{function}", "--suite", "convert", "--count", 1)
    for grades, code in codes.items():
        out = tmp_path / f"out-{grades}"
        block = ("--block-on", grades) if grades else ()
        done = ikeur("run", *args, "--messages", message, *block, "--out", out)
        assert done.code == code, grades
        assert [item["evidence"] for item in findings(out)] == [grade]
        assert [item["blocking"] for item in findings(out)] == [code == RED]
        verdicts = [case["verdict"] for case in cases(out) if case["findings"]]
        assert verdicts == ["fail" if code == RED else "pass"]
        counts = results(out)["findings"]
        assert (counts["blocking"], counts["advisory"]) == ((1, 0) if code == RED else (0, 1))
        assert "DagtekeningRetour" in done.said or "Dagtekening" in done.said


def test_the_same_seed_gives_the_same_results(ikeur: Ikeur, tmp_path: Path) -> None:
    args = (
        "--python",
        "software:wrong_sexes",
        "--messages",
        "WMO305,JW316",
        "--count",
        2,
        "--quick",
    )
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        assert ikeur("run", *args, "--seed", seed, "--out", name).code == RED
    one, two, other = (untimed(results(tmp_path / name)) for name in ("one", "two", "other"))
    assert one == two
    assert [case["fidelity"] for case in one["cases"]] != [
        case["fidelity"] for case in other["cases"]
    ]
    kept = [tree(tmp_path / name / "cases") for name in ("one", "two")]
    assert kept[0]
    assert kept[0] == kept[1]


def test_a_message_type_has_the_same_cases_whatever_else_is_run(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    args = ("--python", "software:wrong_sexes", "--suite", "convert")
    ikeur("run", *args, "--messages", "WMO305", "--count", 1, "--out", "alone")
    ikeur("run", *args, "--messages", "WMO307,WMO305", "--count", 3, "--out", "among")
    alone = untimed(cases(tmp_path / "alone"))
    among = {case["id"]: case for case in untimed(cases(tmp_path / "among"))}
    assert alone
    assert [among[case["id"]] for case in alone] == alone


def test_a_run_that_cannot_be_completed_exits_3(tmp_path: Path) -> None:
    words = f"ulimit -f 16; exec {QUOTED} run --reference --messages WMO305 --count 20"
    words += f" --out '{tmp_path}/out'"
    shell = ["/bin/sh", "-c", f"{words} 2>'{tmp_path}/said'"]
    assert os.spawnv(os.P_WAIT, shell[0], shell) == BROKEN
    assert "Traceback" not in (tmp_path / "said").read_text(encoding="utf-8")
