"""A process per message: all processors by default, and a word on how long it will take."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.cli.shared import resume, run_session
from harness.running.pace import Pace, PaceMeter
from tests.harness.cli.door import Done

Ikeur = Callable[..., Done]
RUN = ("run", "--messages=WMO305,WMO307", "--suite=convert,retour", "--count=10", "--quick")
REFUSES = "--command=sh -c 'cat >/dev/null; echo no >&2; exit 3'"
SAID = "This will take about "


def test_the_pace_is_told_once_after_ten_answers() -> None:
    told: list[Pace] = []
    meter = PaceMeter(told.append)
    # Of eight cases, six are skipped and two take one request each.
    meter.begin(requests=2, cases=8)
    meter.answered(9, 18.0)
    assert told == []
    meter.answered(1, 2.0)
    meter.answered(50, 1.0)
    assert told == [Pace(0.5)]


def test_a_batch_that_asks_nothing_takes_no_time() -> None:
    told: list[Pace] = []
    meter = PaceMeter(told.append)
    meter.answered(9, 9.0)
    meter.begin(requests=0, cases=0)
    meter.answered(1, 1.0)
    assert told == [Pace(0.0)]


class Sized:
    """Stands in for a pool, which it does not start."""

    sizes: list[int]

    def __init__(self, _settings: object, size: int, _tell: object) -> None:
        self.sizes.append(size)
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("options", "sizes"),
    [
        # Two types of ten messages are two batches; three of twenty are six.
        ((REFUSES,), [2]),
        ((REFUSES, "--messages=WMO305,WMO307,WMO303", "--count=20"), [5]),
        ((REFUSES, "--workers=3"), [3]),
        ((REFUSES, "--workers=1"), []),
        ((REFUSES, "--messages=WMO305"), []),
        (("--reference", "--count=2"), []),
    ],
)
def test_a_process_per_message_uses_all_processors(
    ikeur: Ikeur,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    sizes: list[int],
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(5)), raising=False)
    monkeypatch.setattr(Sized, "sizes", [], raising=False)
    monkeypatch.setattr(resume, "Pool", Sized)
    ikeur(*RUN, "--suite=retour", *options)
    assert Sized.sizes == sizes


def test_cases_of_several_messages_use_all_processors_too(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(5)), raising=False)
    monkeypatch.setattr(Sized, "sizes", [], raising=False)
    monkeypatch.setattr(resume, "Pool", Sized)
    ids = [f"WMO305.convert.{route}.s1.n{n}" for n in range(3) for route in ("2.0-2.1", "2.1-2.0")]
    ikeur("run", REFUSES, *(f"--case={case}" for case in ids))
    assert Sized.sizes == [3]


@pytest.mark.parametrize(
    ("workers", "lang", "said"),
    [
        (1, "en", "This will take about a minute, for 80 test cases."),
        (2, "nl", "Dit duurt ongeveer een minuut, voor 80 testgevallen."),
    ],
)
def test_a_long_run_says_once_how_long_it_will_take(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch, workers: int, lang: str, said: str
) -> None:
    monkeypatch.setattr(run_session, "_LONG", 0)
    done = ikeur(*RUN, REFUSES, f"--workers={workers}", f"--lang={lang}")
    # Two types, ten messages in two directions; and as many return messages, which are skipped.
    assert done.told.splitlines().count(said) == 1


def test_types_that_are_not_claimed_take_no_time(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_session, "_LONG", 0)
    Path("ikeur.toml").write_text('[sut]\nmessages = ["WMO305"]\n', encoding="utf-8")
    told = ikeur(*RUN, REFUSES, "--workers=1", "--lang=en").told
    assert f"{SAID}a minute, for 40 test cases." in told.splitlines()


def test_a_short_run_does_not(ikeur: Ikeur) -> None:
    assert SAID not in ikeur(*RUN, REFUSES, "--messages=WMO305", "--suite=convert").told


def test_software_that_stays_alive_does_not(
    ikeur: Ikeur,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_session, "_LONG", 0)
    assert SAID not in ikeur(*RUN, "--reference", "--messages=WMO305", "--suite=convert").told


def test_the_time_is_that_of_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[float, int]] = []
    monkeypatch.setattr(
        run_session, "print_how_long", lambda seconds, cases, *_: told.append((seconds, cases))
    )

    class Under:
        """A run of which a part was done before."""

        settings: Any = type("Settings", (), {"lang": "en", "planned_of_claimed": 1000})
        cases_done = 400

    tell = run_session._how_long(Under(), None)  # type: ignore[arg-type]
    tell(Pace(0.049))
    tell(Pace(0.5))
    tell(Pace(0.6))
    assert told == [(300.0, 600)]
