"""A run over prepared messages, from its events to its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.events.journal import Journal
from schemas.message.fault import EiAddress, XmlAddress
from tests.bench.prepared import SEED, Prepared
from tests.reports.writing import write_all

# One case of so many has a finding.
_RED = 20


def report_on(out: Path, batch: Sequence[Prepared]) -> None:
    """Journal a case about each message, and write all reports of them."""
    journal = Journal(out / "events.jsonl")
    for event in _events(batch):
        journal.add(event)
    journal.close()
    assert write_all(journal, out, "nl").cases == len(batch)


def _events(batch: Sequence[Prepared]) -> Iterator[Event]:
    yield RunStarted(
        version="0.1.0",
        seed=SEED,
        count=1,
        suites=("convert",),
        messages=tuple(dict.fromkeys(item.message.name for item in batch)),
        sut="Voorbeeld-ECD",
        sut_version="4.2.0",
        way="stream",
        command="./ecd --stream",
        planned=len(batch),
        block_on="ABC",
        tables="3f9a1c20",
        spec_pack="",
        started_at="2017-06-09T14:03:11+00:00",
    )
    for number, item in enumerate(batch):
        yield _case(item, is_red=number % _RED == 0)
    yield RunFinished(completed=True, reason="", seconds=1.0)


def _case(item: Prepared, is_red: bool) -> CaseFinished:
    name = f"{item.message.name}.convert.2.0-2.1.s{SEED}.n{item.index}"
    finding = Finding(
        code="FIELD-CHANGED",
        case=name,
        suite="convert",
        message=item.message.name,
        direction="2.0-2.1",
        expected="van den Berg",
        actual="van den Burg",
        evidence="A",
        blocking=True,
        reproduce=f"ikeur case {name} --out {name}",
        ei=EiAddress(2, "02", "NAAM", 58, 132),
        xml=XmlAddress("/Bericht/Clienten/Client[1]/Naam", 21),
    )
    return CaseFinished(
        id=name,
        suite="convert",
        message=item.message.name,
        direction="2.0-2.1",
        verdict="fail" if is_red else "pass",
        seconds=0.001,
        requirement="every field is carried over",
        findings=(finding,) if is_red else (),
        fidelity={"kept": 70, "lost_by_mapping": 3, "changed": int(is_red)},
    )
