"""A bench asks one process for more messages than its rounds do, and judges them all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.bench import endurance, rounds
from harness.bench.fidelity import Fidelity
from harness.bench.rounds import Rounds
from harness.bench.settings import Settings
from harness.bench.store import Store
from harness.running.case_files import Keeper
from harness.sut.command import CommandSut
from harness.sut.protocol import Sut
from harness.sut.stream import StreamSut
from schemas.facts.catalogue import catalogue
from tests.harness.cli.door import PASS, RED, Done
from tests.paths import ROOT

Ikeur = Callable[..., Done]
ONE = ("--messages", "WMO305", "--sizes", 1, "--rounds", 1)
# Alone and together, in both directions, in the warm-up and in one round.
IN_ROUNDS = 20 * 2 * 2 * 2
FEW = 700


@pytest.fixture(autouse=True)
def software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endurance of few messages."""
    for module in (endurance, rounds):
        monkeypatch.setattr(module, "MESSAGES", FEW)


def found(folder: Path) -> tuple[dict[str, int], dict[str, Any]]:
    """The answers by verdict, and by code the first finding, with the count of all sizes."""
    told = json.loads((folder / "bench.json").read_text(encoding="utf-8"))
    answers = {name: number for name, number in told["answers"].items() if number}
    findings: dict[str, Any] = {}
    for item in told["findings"]:
        if first := findings.get(item["code"]):
            first["count"] += item["count"]
        else:
            findings[item["code"]] = item
    return answers, findings


@pytest.mark.usefixtures("few")
def test_a_fault_behind_the_rounds_is_found_with_how_often_it_showed(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    done = ikeur(
        "bench", "--python", "tests.suts.keeps_state:wrong_from_the_600th", *ONE, "--out", "out"
    )
    assert done.code == RED, done.told
    answers, findings = found(tmp_path / "out")
    assert IN_ROUNDS < 600
    assert sum(answers.values()) == FEW
    # Of the last 101 messages each second one is converted to 2.1, in which the fault shows.
    assert 50 <= answers["wrong"] <= 51
    assert findings["BENCH-WRONG"]["count"] == answers["wrong"]
    assert findings["FIELD-CHANGED"]["count"] == answers["wrong"]
    assert "--messages WMO305 --sizes 1" in findings["BENCH-WRONG"]["reproduce"]


@pytest.mark.usefixtures("few")
def test_a_fault_behind_the_rounds_that_only_several_clients_show_is_found(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    name = "tests.suts.world:loses_the_last_client_behind_500_messages"
    done = ikeur("bench", "--python", name, *ONE, "--out", "out")
    assert done.code == RED, done.told
    assert IN_ROUNDS < 500
    answers, findings = found(tmp_path / "out")
    # One of 64 has several clients: of the last 200 messages three or four.
    assert 3 <= answers["wrong"] <= 4
    assert sum(answers.values()) == FEW
    assert findings["BENCH-WRONG"]["size"] == 3
    assert "--messages WMO305 --sizes 1" in findings["BENCH-WRONG"]["reproduce"]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("--count", 4), 4 * 2 * 2 * 2),
        (("--count", 4, "--sizes", 2), 4 * 2 * 2 * 2),
    ],
)
def test_a_number_that_was_asked_for_is_not_exceeded(
    ikeur: Ikeur, tmp_path: Path, words: tuple[object, ...], asked: int
) -> None:
    assert ikeur("bench", "--reference", *ONE, *words, "--out", "out").code == PASS
    assert found(tmp_path / "out")[0] == {"right": asked}


@pytest.mark.parametrize(("way", "is_asked"), [(CommandSut, False), (StreamSut, True)])
def test_a_process_for_each_message_keeps_nothing_and_is_not_asked_more(
    tmp_path: Path, way: Callable[..., Sut], is_asked: bool
) -> None:
    settings, store = Settings((catalogue().one("WMO305"),), (1,), 1, 0, 1), Store(tmp_path, 1)
    fidelity, reference = Fidelity(store, Keeper(tmp_path), ""), StreamSut(["x"], "", "", 1)
    beside = Rounds(settings, way(["x"], "", "", 1), reference, store, fidelity)
    assert bool(beside._enduring) == is_asked


@pytest.mark.long
def test_a_counter_of_16_bits_with_a_sign_is_found_to_overflow(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    done = ikeur(
        "bench", "--python", "tests.suts.keeps_state:wrong_from_the_32768th", *ONE, "--out", "out"
    )
    assert done.code == RED, done.told
    answers, findings = found(tmp_path / "out")
    assert sum(answers.values()) == endurance.MESSAGES
    assert findings["FIELD-CHANGED"]["count"] == answers["wrong"] > 0
