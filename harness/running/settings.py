"""What a run is to do, in a form that goes to other processes and other machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zlib import crc32

from harness import clock
from harness.cases.case import REFUSE, REHEARSAL, Case, cases_of, sweep_of
from harness.configuration.connect import SutOptions, operations
from harness.configuration.ikeur_toml import SutConfig
from harness.sut.protocol import Sut
from harness.version import tables_digest, version
from reports.stream.events import RunStarted
from schemas.facts.message_types import MessageType, catalogue

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
    kept also where they are right; 0 keeps none. A `quick` run leaves the sweep out.
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
    quick: bool = False

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
        place = crc32(case.kind.encode()) if case.is_swept else case.index
        return self.keeps_evidence and (self.seed + place) % self.kept_one_in == 0

    def cases(self, message: MessageType, index: int) -> list[Case]:
        """The cases of a message type with one index, with its share of the sweep."""
        found = cases_of(message, self.suites, self.seed, index, self.config.overrides)
        if self.quick or not self._is_swept(message):
            return found
        return found + sweep_of(message, self.seed, index, self.count)

    def _is_swept(self, message: MessageType) -> bool:
        """Whether there is a sweep over a message type."""
        first = sweep_of(message, self.seed)[:1] if REFUSE in self.suites else []
        return any(map(self.claims, first))

    @property
    def sweep(self) -> int:
        """How many cases the sweep has, whether it is asked or not."""
        messages = map(catalogue().one, self.messages)
        return sum(len(sweep_of(item, self.seed)) for item in messages if self._is_swept(item))

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
        number = 0 if self.quick else self.sweep
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
        sweep=settings.sweep,
        quick=settings.quick,
        block_on=settings.block_on,
        tables=tables_digest(),
        spec_pack=str(settings.spec_pack or ""),
        started_at=clock.now().isoformat(timespec="seconds"),
        deviations=settings.config.deviations,
        overrides=tuple(map(str, settings.config.overrides)),
    )
