"""Runs a bench from its settings to its results."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from harness import clock
from harness.bench import anomalies, baseline
from harness.bench.baseline import Baseline
from harness.bench.deviations import BenchDeviations
from harness.bench.fidelity import Fidelity
from harness.bench.figures import Figures
from harness.bench.resource_usage import own_peak
from harness.bench.rounds import REFERENCE, SUT, Measured, Rounds
from harness.bench.settings import Settings
from harness.bench.store import Store
from harness.bench.timeline import histograms, moments
from harness.configuration.connect import SutOptions, reach
from harness.configuration.ikeur_toml import SutConfig
from harness.running.case_files import Keeper
from harness.sut.files.scratch import Scratch
from harness.sut.protocol import Sut
from harness.sut.stream import StreamSut
from harness.version import tables_digest, version
from reports.bench.results import TALLIES, BenchEnded, BenchResults, BenchStarted, Usage
from reports.events.deviations import Deviation
from reports.shared.texts import texts

HARNESS = "harness"


@dataclass(frozen=True)
class Bench:
    """A bench; `reproduce` is the command that repeats it, `out` the folder of its reports."""

    settings: Settings
    sut: Sut
    out: Path
    reproduce: str
    deviations: tuple[Deviation, ...] = ()
    baseline: Baseline | None = None
    threshold: float = 20.0
    unclaimed: tuple[str, ...] = ()

    @property
    def started(self) -> BenchStarted:
        """What the bench will do."""
        return BenchStarted(
            version=version(),
            tables=tables_digest(),
            seed=self.settings.seed,
            rounds=self.settings.rounds,
            sizes=tuple(sorted(set(self.settings.sizes))),
            messages=tuple(message.name for message in self.settings.messages),
            sut=self.sut.name,
            sut_version=self.sut.version,
            way=self.sut.way,
            command=self.sut.command,
            reference=f"ikeur {version()}",
            started_at=clock.now().isoformat(timespec="seconds"),
            unclaimed=self.unclaimed,
        )

    def run(self, begin: Callable[[float], None], advance: Callable[[float], None]) -> BenchResults:
        """Run the bench; `begin` gets the total work, `advance` the work just done.

        An interrupted bench returns what was measured, or raises KeyboardInterrupt if that is
        nothing.
        """
        started, since = self.started, time.monotonic()
        with _reference() as reference, closing(Scratch()) as scratch:
            store = Store(scratch.path, self.settings.seed)
            declared = BenchDeviations(self.deviations, started.started_at[:10])
            fidelity = Fidelity(store, Keeper(self.out), self.reproduce, declared)
            rounds = Rounds(self.settings, self.sut, reference, store, fidelity)
            begin(rounds.work)
            reason = _driven(rounds, advance)
            measured = rounds.measured
            end = BenchEnded(not reason, reason, round(time.monotonic() - since, 3))
            return self._results(started, Figures(measured, store, fidelity), end)

    @property
    def _whole(self) -> str:
        """The command that repeats the whole bench."""
        words = [("messages", ",".join(self.started.messages))]
        words += [("sizes", ",".join(map(str, self.started.sizes)))]
        if self.baseline is not None:
            words += [("compare", str(self.baseline.path)), ("threshold", f"{self.threshold:g}")]
        return " ".join([self.reproduce, *(f"--{name} {quote(word)}" for name, word in words)])

    def _results(self, started: BenchStarted, figures: Figures, end: BenchEnded) -> BenchResults:
        rows, measured = figures.rows(), figures.measured
        tallies = figures.fidelity.tallies
        comparison = None
        if self.baseline is not None:
            comparison = baseline.compare(self.baseline, rows, self.threshold)
        findings = figures.fidelity.all_findings()
        findings += baseline.worse(comparison, self._whole) if comparison else ()
        findings += anomalies.died(measured)
        findings += anomalies.leak(measured)
        findings += anomalies.stutter(measured)
        return BenchResults(
            bench=started,
            sizes=tuple(figures.sizes(rows)),
            rows=tuple(rows),
            usage={side: _usage(measured, side) for side in (SUT, REFERENCE, HARNESS)},
            answers={name: tallies[name] for name in TALLIES},
            timeline=tuple(moments(measured)),
            histograms=tuple(histograms(measured)),
            findings=tuple(map(figures.fidelity.declared.marked_whole, findings)),
            comparison=comparison,
            end=end,
        )


@contextmanager
def _reference() -> Iterator[StreamSut]:
    reference = reach(SutOptions(reference=True), SutConfig())
    assert isinstance(reference, StreamSut)
    try:
        yield reference
    finally:
        reference.close()


def _driven(rounds: Rounds, advance: Callable[[float], None]) -> str:
    """Run all rounds; returns why they were stopped early, or an empty string."""
    try:
        for done in rounds.run():
            advance(done)
    except KeyboardInterrupt:
        if rounds.measured.is_empty:
            raise
        return texts(rounds.settings.lang)("interrupted")
    return rounds.measured.reason


def _usage(measured: Measured, side: str) -> Usage:
    """The resources that a side used in the measured rounds."""
    sut = [part for parts in measured.parts[SUT].values() for part in parts]
    if side == HARNESS:
        return Usage(own_peak(), *_processor(measured.asking, sum(part.asked for part in sut)))
    parts = [part for some in measured.parts[side].values() for part in some]
    peak = measured.peaks.get(side, 0)
    if not peak:
        return Usage(None, None, None)
    times = _processor(sum(part.cpu for part in parts), sum(part.asked for part in parts))
    return Usage(peak, *times, anomalies.growth(measured.parts[side]))


def _processor(seconds: float, asked: int) -> tuple[float, float | None]:
    return round(seconds, 3), round(1000 * seconds / asked, 4) if asked else None
