"""A small run with every verdict in it, and with texts that no report may stumble over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.events.journal import Journal
from schemas.message.fault import EiAddress, XmlAddress

NASTY = "<script>alert('1')</script> ]]> | `a` ``` \x00\x1b[31m\u202e\ufffe 👩‍⚕️ [x](y) [red]& &amp;"
LONG = "lang " * 40_000


def finding(case: str, code: str = "FIELD-CUT", **parts: object) -> Finding:
    values: dict[str, object] = {
        "suite": "convert",
        "message": "WMO301",
        "direction": "2.0-2.1",
        "expected": "van den Berg ",
        "actual": "van den",
        "evidence": "B",
        "blocking": True,
        "reproduce": f"ikeur run --case {case} --seed 7",
    }
    return Finding(code=code, case=case, **{**values, **parts})  # type: ignore[arg-type]


def case(name: str, verdict: str, *found: Finding, **parts: object) -> CaseFinished:
    values: dict[str, object] = {
        "suite": "convert",
        "message": "WMO301",
        "direction": "2.0-2.1",
        "seconds": 0.25,
        "requirement": "every field is carried over",
    }
    return CaseFinished(id=name, verdict=verdict, findings=found, **{**values, **parts})  # type: ignore[arg-type]


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    return finding


@pytest.fixture
def make_case() -> Callable[..., CaseFinished]:
    return case


@pytest.fixture
def nasty() -> str:
    return NASTY


@pytest.fixture
def started() -> RunStarted:
    return RunStarted(
        version="0.1.0",
        seed=7,
        count=5,
        suites=("schema", "convert"),
        messages=("WMO301", "WMO302", "JW321"),
        sut="Voorbeeld-ECD",
        sut_version="4.2.0",
        way="stream",
        command="./ecd --stream",
        planned=9,
        block_on="ABC",
        tables="3f9a1c20",
        spec_pack="",
        started_at="2017-06-09T14:03:11+00:00",
    )


@pytest.fixture
def cases() -> list[CaseFinished]:
    """Nine cases: 2 pass, 2 fail and 1 of each other verdict; 5 findings block, 1 advises."""
    ei_3, xml_3 = EiAddress(3, "02", "NAAM", 58, 132), XmlAddress("/B/C[2]/Naam", 48)
    ei_7, xml_7 = EiAddress(7, "02", "NAAM", 58, 132), XmlAddress("/B/C[6]/Naam", 90)
    cut_3, cut_4 = finding("c-3", ei=ei_3, xml=xml_3), finding("c-4", ei=ei_7, xml=xml_7)
    weak = finding("c-2", "EI-FILLED", evidence="D", blocking=False, actual="")
    declared = finding("c-8", deviation=1, deviation_reason="mended in 4.3")
    nasty = finding("c-4", "FIELD-CHANGED", expected=LONG + "a", actual=LONG + NASTY)
    return [
        case("c-1", "pass", fidelity={"kept": 20, "cut_by_mapping": 1}),
        case("c-2", "pass", weak, suite="schema"),
        case("c-3", "fail", cut_3, files={"actual": "cases/c-3/actual.xml"}),
        case("c-4", "fail", cut_4, nasty, fidelity={"kept": 18, "changed": 2}),
        case(
            "c-5",
            "crash",
            finding("c-5", "SUT-CRASH", message="JW321"),
            message="JW321",
            reason=NASTY,
        ),
        case("c-6", "timeout", finding("c-6", "SUT-TIMEOUT", message="JW321"), message="JW321"),
        case("c-7", "skip", message="WMO302", reason="respond is not claimed"),
        case("c-8", "xfail", declared, suite="schema"),
        case("c-9", "xpass", suite="schema", reason="FIELD-CUT no longer occurs"),
    ]


@pytest.fixture
def events(started: RunStarted, cases: list[CaseFinished]) -> list[Event]:
    return [started, *cases, RunFinished(completed=True, reason="", seconds=83.2)]


@pytest.fixture
def journal(events: list[Event], tmp_path: Path) -> Journal:
    written = Journal(tmp_path / "journal.jsonl")
    for event in events:
        written.add(event)
    written.close()
    return written
