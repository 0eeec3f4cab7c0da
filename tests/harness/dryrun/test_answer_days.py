"""A bundle keeps the day on which a return message was given, and is judged by it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from harness.dryrun.verify.bundle import check
from tests.harness.dryrun.forge import members, rehashed
from tests.harness.dryrun.small import CLAIMED, Door

NAME = "answers/WMO305.jsonl"


@pytest.fixture(scope="module")
def of_tomorrow(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of a responder that dates its answers on the next day, which only advises."""
    config = tmp_path_factory.mktemp("of-tomorrow") / "ikeur.toml"
    target = "tests.suts.retour.vendors:dates_the_answer_tomorrow"
    config.write_text(f'{CLAIMED}[sut.respond]\npython = "{target}"\n', encoding="utf-8")
    return door.dryrun("of-tomorrow.zip", f"--config={config}")


def codes(path: Path) -> set[str]:
    """What is found against a bundle."""
    return {fault.code for fault in check(path, None).faults}


def on(bundle: Path, days: int) -> bytes:
    """The kept answers, said to be given some days later."""
    lines = []
    for line in members(bundle)[NAME].splitlines():
        told = json.loads(line)
        for answer in told["answers"]:
            given = date.fromisoformat(answer["day"]) + timedelta(days=days)
            answer["day"] = given.isoformat()
        lines.append(json.dumps(told).encode() + b"\n")
    return b"".join(lines)


def test_an_answer_of_the_next_day_is_judged_by_the_day_that_is_kept(of_tomorrow: Path) -> None:
    assert b"RETOUR-DATE" in members(of_tomorrow)["verdicts.csv"]
    assert codes(of_tomorrow) == set()


@pytest.mark.parametrize("days", [-400, 1])
def test_another_day_than_one_between_the_run_and_now_is_noticed(
    of_tomorrow: Path, tmp_path: Path, days: int
) -> None:
    data = on(of_tomorrow, days)
    assert "BUNDLE-ANSWER" in codes(rehashed(of_tomorrow, tmp_path / "x.zip", {NAME: data}))


def test_a_day_that_is_taken_out_is_noticed(of_tomorrow: Path, tmp_path: Path) -> None:
    lines = []
    for line in members(of_tomorrow)[NAME].splitlines():
        told = json.loads(line)
        for answer in told["answers"]:
            del answer["day"]
        lines.append(json.dumps(told).encode() + b"\n")
    data = b"".join(lines)
    assert "BUNDLE-ANSWER" in codes(rehashed(of_tomorrow, tmp_path / "x.zip", {NAME: data}))
