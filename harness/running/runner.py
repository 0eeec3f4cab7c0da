"""Runs batches in a fixed order and turns each judged case into an event."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from harness.judging.field_tally import FieldTally
from harness.running.case_files import Keeper
from harness.running.deviations import DeviationTracker
from harness.running.failed_cases.budget import Budget
from harness.running.failed_cases.reducer import Reducer
from harness.running.failed_cases.retry import CaseRetrier
from harness.running.failed_cases.second_try import SecondTry
from harness.running.pace import Pace
from harness.running.settings import Batch, Settings, started
from harness.running.worker import BatchResult, CaseResult, Worker
from harness.sut.circuit_breaker import FailureStreak
from harness.sut.files import scratch
from harness.sut.protocol import Sut
from reports.events.events import (
    BatchFinished,
    CaseFinished,
    Event,
    Finding,
    RunFinished,
    RunStarted,
)

# Runs batches somewhere, and yields their results in submission order.
Dispatch = Callable[[Iterable[Batch]], Iterator[BatchResult]]


class Runner:
    """Turns the results of batches, in order, into the events of a run.

    It asks the system under test itself when no dispatcher is given, and to retry and reduce
    failures. `on_pace` is called with the pace of software that is a process per message.
    """

    def __init__(self, settings: Settings, sut: Sut) -> None:
        self.settings = settings
        self.sut = sut
        self.on_pace: Callable[[Pace], None] = lambda _: None
        self.worker = Worker(settings, sut, None if sut.shares_process else self.tell_pace)
        self.started = started(settings, sut)
        self.streak = FailureStreak()
        self.fields = FieldTally()
        self.batches_done = self.cases_done = 0
        self.before = 0.0
        self.is_under_way = self.between_types = False
        self.begin(self.started)

    def begin(self, event: RunStarted) -> None:
        """Start a run, or continue one from its first event."""
        self.started = event
        self.declared = DeviationTracker(event)
        # A limit for each verdict, so that known failures leave room for new ones.
        self.keepers = {what: Keeper(self.settings.out) for what in ("fail", "xfail", "pass")}
        self.budget = Budget()
        judge, keeper = self.worker.judge, self.keepers["fail"]
        retrier = CaseRetrier(judge, self.sut, self.settings.config.overrides)
        self.second_try = SecondTry(retrier, keeper, self.budget)
        self.reducer = Reducer(judge, self.sut, keeper, self.budget)

    def tell_pace(self, pace: Pace) -> None:
        """Pass on the pace that a worker measured."""
        self.on_pace(pace)

    def here(self, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        """Run the batches in this process."""
        return map(self.worker.work, batches)

    def events(self, dispatch: Dispatch | None = None) -> Generator[Event, None, None]:
        """Yield the events of the run as they happen; by default batches run in this process."""
        self.clock = time.monotonic()
        todo = islice(self.settings.batches(), self.batches_done, None)
        if not self.is_under_way:
            yield self.started
        # A run may have stopped between the last batch of a type and its field counts.
        if self.between_types:
            yield from self.fields.events()
        if not self.streak.is_over:
            yield from self._batches((dispatch or self.here)(todo))
        is_over = self.streak.is_over
        if not is_over:
            yield from self.declared.ended()
        reason = self.streak.reason(self.settings.lang) if is_over else ""
        # Files that the software has open can be removed only after it has closed.
        self.sut.close()
        yield RunFinished(not is_over, reason, self._seconds(), tuple(scratch.left()))

    def _seconds(self) -> float:
        return round(self.before + time.monotonic() - self.clock, 3)

    def _batches(self, all_done: Iterator[BatchResult]) -> Iterator[Event]:
        for _, group in groupby(all_done, key=lambda done: done.batch.message):
            for done in group:
                yield from self._settled(done)
                if self.streak.is_over:
                    break
            yield from self.fields.events()
            if self.streak.is_over:
                return

    def _settled(self, done: BatchResult) -> Iterator[Event]:
        """The events of a batch, up to the answer at which the software was given up."""
        over = self.streak.after(done.failures, done.asked)
        kept = [item for item in done.cases if over is None or item.number <= over]
        for item in kept:
            yield self._finished(item)
        fields = done.fields if len(kept) == len(done.cases) else ()
        self.fields.merge(fields)
        batch, streak = done.batch, self.streak
        yield BatchFinished(
            message=batch.message,
            start=batch.start,
            stop=batch.stop,
            fields=fields,
            **vars(streak),
            left=round(self.budget.left, 3),
            seconds=self._seconds(),
        )

    def _finished(self, done: CaseResult) -> CaseFinished:
        """The event of a judged case, after writing its files and retrying its failures."""
        event = self.declared.judged(done.event)
        keeper = self._keeper(event)
        if event.verdict == "skip" or event.is_quiet or keeper.is_full:
            return event
        asked = done.asked
        assert asked is not None
        event = replace(event, files=keeper.keep(asked))
        # Retries depend on the time that is left, and evidence must not.
        is_red = keeper is self.keepers["fail"]
        if not is_red or self.settings.keeps_evidence:
            return event
        tried = self.second_try.of(asked, done.event.findings, done.before)
        event = replace(
            event,
            findings=tuple(map(_with_retry, event.findings, tried.findings)),
            files={**event.files, **tried.files},
        )
        # Only what is generated can be made smaller, as the rest follows from its message.
        if asked.case.kind or not asked.question.route:
            return event
        return _reduced(event, self.reducer.findings(asked, event.findings))

    def _keeper(self, event: CaseFinished) -> Keeper:
        """The writer of the files of a case with this verdict."""
        return self.keepers.get(event.verdict, self.keepers["fail"])

    def resume(self, events: Iterable[Event]) -> None:
        """Resume a run after the events of its journal."""
        for event in events:
            if isinstance(event, RunStarted):
                self.is_under_way = True
                self.begin(event)
            elif isinstance(event, CaseFinished):
                self._resume_case(event)
            elif isinstance(event, BatchFinished):
                self._resume_batch(event)

    def _resume_case(self, event: CaseFinished) -> None:
        self.cases_done += 1
        self.declared.judged(event)
        if event.files:
            self._keeper(event).kept += 1
        self.second_try.resume(event)
        self.reducer.resume(event)

    def _resume_batch(self, event: BatchFinished) -> None:
        if event.start == 0:
            self.fields = FieldTally()
        self.fields.merge(event.fields)
        self.streak = FailureStreak(event.lost, event.times, event.code)
        self.budget.left, self.before = event.left, event.seconds
        self.batches_done += 1
        self.between_types = event.stop == self.settings.count


def _with_retry(finding: Finding, tried: Finding) -> Finding:
    return replace(finding, again=tried.again)


def _reduced(event: CaseFinished, found: Sequence[Finding]) -> CaseFinished:
    """The event with the reduced message of each finding in `found`."""
    findings, files = [], dict(event.files)
    for item, other in zip(event.findings, found, strict=True):
        findings.append(replace(item, smallest=other.smallest))
        files |= other.smallest.files if other.smallest else {}
    return replace(event, findings=tuple(findings), files=files)
