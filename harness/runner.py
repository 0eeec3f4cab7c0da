"""The run: case after case through the system under test, each ending in one event."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generators.shapes import forget
from harness import clock
from harness.cases import REFUSE, Case, cases_of, requirement
from harness.damage.kinds import Damaged
from harness.damaged import damaged
from harness.declared import Declared
from harness.exchange import Exchange
from harness.fields import FieldTally
from harness.kept import Keeper
from harness.patience import Patience
from harness.smallest import Reducer
from harness.sut import CRASH, TIMEOUT, UNASKED, Answer, Request, Sut
from harness.verdicts import Judge, Judgement
from harness.version import tables_digest, version
from reports.deviations import Deviation
from reports.events import CaseFinished, Event, Finding, RunFinished, RunStarted
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
    deviations: tuple[Deviation, ...] = ()
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
        started_at=clock.now().isoformat(timespec="seconds"),
        deviations=settings.deviations,
    )


class Runner:
    """Runs the cases of its settings against one system under test."""

    def __init__(self, settings: Settings, sut: Sut) -> None:
        self.settings = settings
        self.sut = sut
        self.patience = Patience(sut)
        self.judge = Judge(settings.block_on)
        self.started = started(settings, sut)
        self.declared = Declared(self.started)
        # Apart, so that what is known already leaves room for what is new.
        self.keepers = {verdict: Keeper(settings.out) for verdict in ("fail", "xfail")}
        self.reducer = Reducer(self.judge, sut, self.keepers["fail"])
        self.fields = FieldTally()
        # What was asked, and answered, of the inputs to refuse of the messages that are under way.
        self.refusals: dict[str, tuple[Damaged, Answer]] = {}

    def events(self) -> Iterator[Event]:
        """The events of the run, as they happen."""
        begin = time.monotonic()
        yield self.started
        for message in self.settings.messages:
            for start in range(0, self.settings.count, _BATCH):
                yield from self.batch(message, range(start, self.settings.count)[:_BATCH])
                if self.patience.is_over:
                    break
            yield from self.fields.events()
            forget()
            if self.patience.is_over:
                break
        is_over = self.patience.is_over
        if not is_over:
            yield from self.declared.ended()
        reason = self.patience.reason(self.settings.lang) if is_over else ""
        yield RunFinished(not is_over, reason, round(time.monotonic() - begin, 3))

    def batch(self, message: MessageType, indexes: Sequence[int]) -> Iterator[CaseFinished]:
        """The cases of some messages; those of one share what was asked of the software."""
        seed, schemas = self.settings.seed, self.settings.schemas
        exchanges = [Exchange(message, seed, index, schemas) for index in indexes]
        cases = [
            (exchange, cases_of(message, self.settings.suites, seed, exchange.index))
            for exchange in exchanges
        ]
        if self.claims(message.name):
            self.ask(cases)
        for exchange, found in cases:
            for case in found:
                if not self.is_unasked(case, exchange):
                    yield self.case(case, exchange)

    def is_unasked(self, case: Case, exchange: Exchange) -> bool:
        """Whether the software was given up before this case."""
        if not self.patience.is_over or not self.claims(case.message):
            return False
        return self.answer(case, exchange).status == UNASKED

    def answer(self, case: Case, exchange: Exchange) -> Answer:
        """What the software answered in a case."""
        if case.kind:
            return self.refusals[case.id][1]
        return exchange.answer(self.patience, case.route)

    def ask(self, cases: Sequence[tuple[Exchange, Sequence[Case]]]) -> None:
        """Ask all that the cases need: the first legs of their routes together, then the others."""
        for legs in (2, 3):
            asked = [
                (exchange, route, request)
                for exchange, found in cases
                for route in dict.fromkeys(case.route[:legs] for case in found if not case.kind)
                if len(route) == legs and (request := exchange.request(route))
            ]
            answers = self.patience.ask([request for _, _, request in asked])
            for (exchange, route, _), answer in zip(asked, answers, strict=True):
                exchange.answered(route, answer)
        bad = [(exchange, case) for exchange, found in cases for case in found if case.kind]
        sources = [damaged(case, exchange) for exchange, case in bad]
        answers = self.patience.ask(
            [
                Request(case.message, case.route[0], case.route[1], source.data)
                for (_, case), source in zip(bad, sources, strict=True)
            ]
        )
        self.refusals = {
            case.id: (source, answer)
            for (_, case), source, answer in zip(bad, sources, answers, strict=True)
        }

    def claims(self, message: str) -> bool:
        """Whether the software claims a message type."""
        return self.settings.claimed is None or message in self.settings.claimed

    def case(self, case: Case, exchange: Exchange) -> CaseFinished:
        """One case, judged."""
        if not self.claims(case.message):
            return self.finished(case, "skip", 0.0, Judgement(), exchange, b"")
        begin, source = time.monotonic(), b""
        if case.suite == REFUSE:
            found, answer = self.refusals[case.id]
            source = found.data
            judgement = self.judge.judge_refusal(case, answer, found.evidence)
        else:
            judgement = self.judge.judge(case, exchange, self.patience)
            if judgement.compared is not None:
                self.fields.add(case, exchange, judgement.compared)
        seconds = time.monotonic() - begin + judgement.answer.seconds
        return self.finished(case, _verdict(judgement), seconds, judgement, exchange, source)

    def event(self, case: Case, verdict: str, seconds: float, judgement: Judgement) -> CaseFinished:
        """The event of a case, before it is held against what was declared."""
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
        )

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
        event = self.declared.judged(self.event(case, verdict, seconds, judgement))
        if event.verdict in ("pass", "skip"):
            return event
        keeper = self.keepers["xfail" if event.verdict == "xfail" else "fail"]
        event = replace(event, files=keeper.keep(case, exchange, judgement.answer, source))
        if not event.files or case.suite == REFUSE or event.verdict == "xfail":
            return event
        return self.reduced(event, self.reducer.findings(case, exchange, judgement))

    @staticmethod
    def reduced(event: CaseFinished, found: Sequence[Finding]) -> CaseFinished:
        """The event with the smallest message of each finding, as `found` has it."""
        findings, files = [], dict(event.files)
        for item, other in zip(event.findings, found, strict=True):
            findings.append(replace(item, smallest=other.smallest))
            files |= other.smallest.files if other.smallest else {}
        return replace(event, findings=tuple(findings), files=files)


def _verdict(judgement: Judgement) -> str:
    if judgement.answer.status in (CRASH, TIMEOUT):
        return judgement.answer.status
    return "fail" if any(item.blocking for item in judgement.findings) else "pass"
