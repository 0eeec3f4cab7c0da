"""`ikeur pairs` through the door: its exit codes, its outputs, and what wrong use is told."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.mailbox import index
from schemas.facts.finding_codes import finding_codes
from tests.harness.cli.door import BROKEN, PASS, PROGRAM, RED, USAGE, Done, tree
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
HEEN, RETOUR = GOLDEN / "WMO305.ei", GOLDEN / "WMO306.ei"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A mailbox with a pair that is in order."""
    folder = tmp_path / "box"
    folder.mkdir()
    for path in (HEEN, RETOUR):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_mailbox_in_order_is_good(ikeur: Ikeur, box: Path) -> None:
    done = ikeur("pairs", "box")
    assert (done.code, done.told) == (PASS, "")
    assert "0344 – 98026987" in done.said
    assert "Passed: all heenberichten were answered" in done.said
    assert ikeur("pairs", "box", "--json").json["outcome"] == "good"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["resend it", "municipality", "emergency provision"]),
        ("nl", ["opnieuw", "gemeente", "noodvoorziening"]),
    ],
)
def test_a_problem_is_told_with_what_to_do_about_it(
    ikeur: Ikeur, box: Path, lang: str, words: list[str]
) -> None:
    (box / RETOUR.name).unlink()
    done = ikeur("pairs", "box", "--lang", lang)
    assert done.code == RED
    assert "PAIRS-OPEN" in done.said
    assert HEEN.name in done.said
    told = " ".join(done.said.split())
    for word in words:
        assert word in told


def test_out_gets_all_reports_and_they_agree(ikeur: Ikeur, box: Path, tmp_path: Path) -> None:
    (box / "more.ei").write_bytes((GOLDEN / "WMO301.ei").read_bytes())
    (box / "broken.xml").write_bytes(b"<Order/>")
    done = ikeur("pairs", "box", "--out", "out", "--json")
    assert done.code == RED
    assert sorted(tree(tmp_path / "out")) == [
        "pairs.csv", "pairs.html", "pairs.json", "partners.csv",
    ]  # fmt: skip
    assert json.loads((tmp_path / "out" / "pairs.json").read_text("utf-8")) == done.json
    with (tmp_path / "out" / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(item["code"], item["file"]) for item in done.json["problems"]]
    assert [(row["code"], row["file"]) for row in rows] == told
    assert told == [("PAIRS-OPEN", "more.ei"), ("XML-TYPE", "broken.xml")]
    with (tmp_path / "out" / "partners.csv").open(encoding="utf-8-sig", newline="") as file:
        partners = list(csv.DictReader(file))
    assert [(row["gemeente"], row["problems"], row["PAIRS-OPEN"]) for row in partners] == [
        ("0384", "1", "1"),
        ("0344", "0", "0"),
    ]


def test_the_same_mailbox_gives_the_same_bytes(ikeur: Ikeur, box: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        ikeur("pairs", "box", "--out", out)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_every_finding_of_an_audit_is_explained(ikeur: Ikeur) -> None:
    codes = [code for code in finding_codes() if code.startswith(("PAIRS-", "FILE-"))]
    assert len(codes) == 23
    for code in codes:
        for lang in ("en", "nl"):
            assert len(ikeur("explain", code, "--lang", lang).said.splitlines()) == 3


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("nothing",), "USE-FILE"),
        (("box/WMO305.ei",), "USE-FOLDER"),
        (("empty",), "USE-FILE"),
        (("box", "--switch", "2.0"), "USE-OPTION"),
        (("box", "--switch", "2.0-2.2"), "USE-SWITCH"),
        (("box", "--manifest", "nothing.csv"), "USE-FILE"),
        (("box", "--overrides", "nothing.csv"), "USE-OVERRIDE"),
        (("box", "--out", "box/out"), "USE-FOLDER"),
        (("box", "--out", "full"), "USE-OVERWRITE"),
        ((), "USE-OPTION"),
    ],
)
def test_wrong_use_ends_in_one_line(
    ikeur: Ikeur, box: Path, tmp_path: Path, args: tuple[str, ...], code: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_bytes(b"kept")
    before = tree(tmp_path)
    done = ikeur("pairs", *args)
    assert (done.code, done.out) == (USAGE, b"")
    assert done.told.startswith(f"ikeur: {code}: ")
    assert done.told.count("\n") == 1
    assert tree(tmp_path) == before


def test_an_index_without_room_ends_in_one_line(
    ikeur: Ikeur, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_TABLES", f"{index._TABLES} pragma max_page_count=5;")
    for number in range(100):
        (box / f"{number}.ei").write_bytes(HEEN.read_bytes())
    done = ikeur("pairs", "box")
    assert (done.code, done.out) == (BROKEN, b"")
    assert done.told.startswith("ikeur: RUN-FILE: ")
    assert "TMPDIR" in done.told
    assert done.told.count("\n") == 1


def test_an_audit_that_is_cancelled_leaves_nothing(box: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for number in range(3000):
        (box / f"{number}.ei").write_bytes(HEEN.read_bytes())
    words = [str(PROGRAM), "pairs", str(box)]
    started = subprocess.Popen(words, env={**os.environ, "TMPDIR": str(temporary)})
    give_up = time.monotonic() + 30
    while not any(temporary.iterdir()) and time.monotonic() < give_up:
        time.sleep(0.01)
    started.send_signal(signal.SIGTERM)
    assert started.wait(30) in (130, RED)
    assert tree(temporary) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "file,sent\na,2017-05-02\n",
        "file,sent,read\na,yesterday,\n",
        "file,sent,read\na,,\na,,\n",
        "file,sent,read\na,2017-05-02T12:00\n",
        'file,sent,read\n"a,,\n',
        "file,sent,read\na,0001-01-01T00:00,\n",
    ],
)
def test_a_manifest_that_is_not_in_order_is_wrong_use(
    ikeur: Ikeur, box: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "times.csv").write_text(text, "utf-8")
    done = ikeur("pairs", "box", "--manifest", "times.csv")
    assert (done.code, done.out) == (USAGE, b"")
    assert done.told.startswith("ikeur: USE-MANIFEST: ")
