"""The settings of a run, picklable for other processes and machines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from harness import clock
from harness.cases.case import Case
from harness.cases.turns import ROUND
from harness.configuration.connect import SutOptions, operations
from harness.configuration.ikeur_toml import SutConfig
from harness.suites.registry import SUITES, cases_of, suite_of
from harness.sut.protocol import Sut
from harness.version import tables_digest, version
from reports.events.events import RunStarted
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType

# The default number of cases per message type, direction and suite.
DEFAULT_COUNT = ROUND
# Messages per batch: repeating one kind of work is faster than alternating.
BATCH = 10


@dataclass(frozen=True)
class Batch:
    """The messages of a type with an index from `start` up to, not including, `stop`."""

    message: str
    start: int
    stop: int


@dataclass(frozen=True)
class Settings:
    """What to run; `count` is the number of cases per message type, direction and suite.

    As evidence, the answers to one in `kept_one_in` messages are written even if they pass; 0
    writes none. A `quick` run leaves out the sweep. If cases are `chosen`, only these are asked.
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
    chosen: tuple[Case, ...] = ()

    @cached_property
    def operations(self) -> tuple[str, ...]:
        """The operations that the software claims."""
        return operations(self.options, self.config)

    def skipped(self, case: Case) -> str:
        """Why a case is skipped, or an empty string: `operation OP`, `type NAME` or `outside NAME`.

        `outside` is a message type that the run does not cover.
        """
        if case.op not in self.operations:
            return f"operation {case.op}"
        for name in case.messages:
            if self.claimed is not None and name not in self.claimed:
                return f"type {name}"
        left = [name for name in case.messages if name not in self.messages]
        return f"outside {left[0]}" if left else ""

    def claims(self, case: Case) -> bool:
        """Whether a case is asked: the software claims it, and the run covers it."""
        return not self.skipped(case)

    @property
    def keeps_evidence(self) -> bool:
        """Whether questions and answers are written whatever the verdict."""
        return self.kept_one_in > 0

    def is_sampled(self, case: Case) -> bool:
        """Whether a case is written as evidence even if it passes."""
        place = self.seed + suite_of(case).sample_place(case)
        return self.keeps_evidence and place % self.kept_one_in == 0

    def cases(self, message: MessageType, index: int) -> list[Case]:
        """The cases of a message type at an index, with its share of those that run once."""
        if self.chosen:
            here = (message.name, index)
            return [case for case in self.chosen if (case.message, case.index) == here]
        found = cases_of(message, self.suites, self.seed, index, self.config.overrides)
        return found if self.quick else found + self._once(message)[index :: self.count]

    def _once(self, message: MessageType) -> list[Case]:
        """The cases that run once for a message type, if the software claims them."""
        found: list[Case] = []
        for name in self.suites:
            cases = SUITES[name].once(message, self.seed)
            found += cases if any(map(self.claims, cases[:1])) else []
        return found

    @property
    def sweep(self) -> int:
        """The number of cases that run once, skipped ones included."""
        return 0 if self.chosen else self._swept(self.messages)

    def _swept(self, names: Sequence[str]) -> int:
        return sum(len(self._once(message)) for message in map(catalogue().one, names))

    def batches(self) -> Iterator[Batch]:
        """All batches, in the order of the report."""
        for message in self.messages:
            for index in sorted({case.index for case in self.chosen if case.message == message}):
                yield Batch(message, index, index + 1)
            for start in range(0, self.count, BATCH):
                yield Batch(message, start, min(start + BATCH, self.count))

    @property
    def number_of_batches(self) -> int:
        """The number of batches."""
        if self.chosen:
            return len({(case.message, case.index) for case in self.chosen})
        return len(self.messages) * math.ceil(self.count / BATCH)

    @property
    def planned(self) -> int:
        """The number of cases, skipped ones included."""
        return self._planned(self.messages)

    @property
    def planned_of_claimed(self) -> int:
        """The number of cases of the message types that the software claims."""
        claimed = self.claimed
        return self._planned([name for name in self.messages if claimed is None or name in claimed])

    def _planned(self, names: Sequence[str]) -> int:
        if self.chosen:
            return len(self.chosen)
        number, agreed = 0 if self.quick else self._swept(names), self.config.overrides
        for message in map(catalogue().one, names):
            for name in self.suites:
                number += SUITES[name].planned(message, self.seed, self.count, agreed)
        return number


def started(settings: Settings, sut: Sut) -> RunStarted:
    """The event that announces a run."""
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
