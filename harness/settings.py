"""What a run is to do, in a form that goes to other processes and other machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from harness import clock
from harness.cases import REHEARSAL, Case, cases_of
from harness.config import SutConfig
from harness.reach import SutOptions, operations
from harness.sut import Sut
from harness.version import tables_digest, version
from reports.events import RunStarted
from schemas.messages import catalogue

# So many messages are made at a time: the processor does the same thing often faster.
BATCH = 10


@dataclass(frozen=True)
class Batch:
    """Some messages of a type: those with an index from `start` up to `stop`."""

    message: str
    start: int
    stop: int


@dataclass(frozen=True)
class Settings:
    """What to run; `count` is cases per message type, direction and suite.

    Where answers are kept as evidence, those to one of so many messages as `kept_one_in` says are
    kept also where they are right; 0 keeps none.
    """

    messages: tuple[str, ...]
    suites: tuple[str, ...]
    count: int
    seed: int
    block_on: str = "ABC"
    lang: str = "en"
    claimed: frozenset[str] | None = None
    spec_pack: Path | None = None
    options: SutOptions = field(default_factory=SutOptions)
    config: SutConfig = field(default_factory=SutConfig)
    out: Path = field(default_factory=lambda: Path("ikeur-report"))
    kept_one_in: int = 0

    @cached_property
    def operations(self) -> tuple[str, ...]:
        """The operations that the software claims."""
        return operations(self.options, self.config)

    def skipped(self, case: Case) -> str:
        """Why a case is not asked: `operation`, `type` or `outside`, and which; empty if it is.

        Outside is a message type that the run was not to be about.
        """
        if case.op not in self.operations:
            return f"operation {case.op}"
        for name in case.messages:
            if self.claimed is not None and name not in self.claimed:
                return f"type {name}"
        left = [name for name in case.messages if name not in self.messages]
        return f"outside {left[0]}" if left else ""

    def claims(self, case: Case) -> bool:
        """Whether a case is asked: the software claims it, and the run is about it."""
        return not self.skipped(case)

    @property
    def keeps_evidence(self) -> bool:
        """Whether all that was asked and answered is wanted, whatever its verdict."""
        return self.kept_one_in > 0

    def is_sampled(self, case: Case) -> bool:
        """Whether a case is kept as evidence also where it passes."""
        return self.keeps_evidence and (self.seed + case.index) % self.kept_one_in == 0

    def batches(self) -> Iterator[Batch]:
        """All that is to be done, in the order in which it is reported."""
        for message in self.messages:
            for start in range(0, self.count, BATCH):
                yield Batch(message, start, min(start + BATCH, self.count))

    @property
    def planned(self) -> int:
        """How many cases there are."""
        agreed, seed = self.config.overrides, self.seed
        steady = [suite for suite in self.suites if suite != REHEARSAL]
        moving = [suite for suite in self.suites if suite == REHEARSAL]
        number = 0
        for message in map(catalogue().one, self.messages):
            number += len(cases_of(message, steady, seed, 0, agreed)) * self.count
            for index in range(self.count if moving else 0):
                number += len(cases_of(message, moving, seed, index, agreed))
        return number


def started(settings: Settings, sut: Sut) -> RunStarted:
    """The event that says what a run will do."""
    return RunStarted(
        version=version(),
        seed=settings.seed,
        count=settings.count,
        suites=settings.suites,
        messages=settings.messages,
        sut=sut.name,
        sut_version=sut.version,
        way=sut.way,
        command=sut.command,
        planned=settings.planned,
        block_on=settings.block_on,
        tables=tables_digest(),
        spec_pack=str(settings.spec_pack or ""),
        started_at=clock.now().isoformat(timespec="seconds"),
        deviations=settings.config.deviations,
        overrides=tuple(map(str, settings.config.overrides)),
    )
