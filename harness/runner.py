"""The run: case after case through the system under test, each ending in one event."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from generators.shapes import forget
from harness.cases import REFUSE, Case, cases_of, requirement
from harness.damaged import damaged
from harness.exchange import Exchange
from harness.fields import FieldTally
from harness.kept import Keeper
from harness.sut import CRASH, TIMEOUT, Request, Sut
from harness.verdicts import Judge, Judgement
from harness.version import tables_digest, version
from reports.events import CaseFinished, Event, RunFinished, RunStarted
from schemas.messages import MessageType
from schemas.xml_schemas import SchemaSet

# So many messages are made at a time: the processor does the same thing often faster.
_BATCH = 20


@dataclass(frozen=True)
class Settings:
    """What to run; `count` is cases per message type, direction and suite."""

    messages: tuple[MessageType, ...]
    suites: tuple[str, ...]
    count: int
    seed: int
    block_on: str = "ABC"
    lang: str = "en"
    claimed: frozenset[str] | None = None
    schemas: SchemaSet | None = None
    spec_pack: str = ""
    out: Path = field(default_factory=lambda: Path("ikeur-report"))


def planned(settings: Settings) -> int:
    """How many cases a run has."""
    per_index = sum(
        len(cases_of(message, settings.suites, settings.seed, 0)) for message in settings.messages
    )
    return per_index * settings.count


def started(settings: Settings, sut: Sut) -> RunStarted:
    """The event that says what a run will do."""
    return RunStarted(
        version=version(),
        seed=settings.seed,
        count=settings.count,
        suites=settings.suites,
        messages=tuple(message.name for message in settings.messages),
        sut=sut.name,
        sut_version=sut.version,
        way=sut.way,
        command=sut.command,
        planned=planned(settings),
        block_on=settings.block_on,
        tables=tables_digest(),
        spec_pack=settings.spec_pack,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


class Runner:
    """Runs the cases of its settings against one system under test."""

    def __init__(self, settings: Settings, sut: Sut) -> None:
        self.settings = settings
        self.sut = sut
        self.judge = Judge(settings.block_on)
        self.keeper = Keeper(settings.out)
        self.fields = FieldTally()

    def events(self) -> Iterator[Event]:
        """The events of the run, as they happen."""
        begin = time.monotonic()
        yield started(self.settings, self.sut)
        for message in self.settings.messages:
            for start in range(0, self.settings.count, _BATCH):
                yield from self.batch(message, range(start, self.settings.count)[:_BATCH])
            yield from self.fields.events()
            forget()
        yield RunFinished(True, "", round(time.monotonic() - begin, 3))

    def batch(self, message: MessageType, indexes: Sequence[int]) -> Iterator[CaseFinished]:
        """The cases of some messages; those of one share what was asked of the software."""
        seed, schemas = self.settings.seed, self.settings.schemas
        exchanges = [Exchange(message, seed, index, schemas) for index in indexes]
        if self.claims(message.name):
            for exchange in exchanges:
                exchange.prepare()
        for exchange in exchanges:
            for case in cases_of(message, self.settings.suites, seed, exchange.index):
                yield self.case(case, exchange)

    def claims(self, message: str) -> bool:
        """Whether the software claims a message type."""
        return self.settings.claimed is None or message in self.settings.claimed

    def case(self, case: Case, exchange: Exchange) -> CaseFinished:
        """One case, judged."""
        if not self.claims(case.message):
            return self.finished(case, "skip", 0.0, Judgement(), exchange, b"")
        begin, source = time.monotonic(), b""
        if case.suite == REFUSE:
            found = damaged(case, exchange)
            source = found.data
            answer = self.sut.convert(Request(case.message, case.route[0], case.route[1], source))
            judgement = self.judge.judge_refusal(case, answer, found.evidence)
        else:
            judgement = self.judge.judge(case, exchange, self.sut)
            if judgement.compared is not None:
                self.fields.add(case, exchange, judgement.compared)
        seconds = time.monotonic() - begin
        return self.finished(case, _verdict(judgement), seconds, judgement, exchange, source)

    def finished(
        self,
        case: Case,
        verdict: str,
        seconds: float,
        judgement: Judgement,
        exchange: Exchange,
        source: bytes,
    ) -> CaseFinished:
        """The event of a judged case; what a red one was about is kept beside the reports."""
        files = {}
        if verdict not in ("pass", "skip"):
            files = self.keeper.keep(case, exchange, judgement.answer, source)
        return CaseFinished(
            id=case.id,
            suite=case.suite,
            message=case.message,
            direction=case.direction,
            verdict=verdict,
            seconds=round(seconds, 6),
            requirement=requirement(case, self.settings.lang),
            reason=judgement.answer.reason,
            findings=tuple(judgement.findings),
            fidelity=judgement.fidelity,
            files=files,
        )


def _verdict(judgement: Judgement) -> str:
    if judgement.answer.status in (CRASH, TIMEOUT):
        return judgement.answer.status
    return "fail" if any(item.blocking for item in judgement.findings) else "pass"
