"""Summarises a run for the reports, in memory that does not grow with the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.events.deviations import DeviationEnded
from reports.events.events import (
    FIDELITY,
    RED_VERDICTS,
    VERDICTS,
    CaseFinished,
    Event,
    FieldsCounted,
    RunFinished,
    RunStarted,
)
from reports.run.causes.causes import KINDS, Cause, Causes
from reports.run.causes.folding import folded
from reports.shared.visible import shortened
from schemas.errors import RunBroken

MOST_RED_CASES = 500
MOST_CODES = 5
_BROKEN_OFF = RunFinished(completed=False, reason="", seconds=0.0)


@dataclass(frozen=True)
class RedCase:
    """A case that makes the run fail, as the reports list it."""

    id: str
    suite: str
    message: str
    direction: str
    verdict: str
    requirement: str
    reason: str
    codes: tuple[str, ...]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Summary:
    """The results of a run; `beyond` is the number of findings whose cause was not kept.

    `symptoms` are the findings by code, message type and field, `causes` the same folded into what
    they follow from. `verdicts` counts the cases, and the declared deviations that make the run
    fail. `operations` lists those that were asked; `skipped` counts skipped cases by reason,
    `money` the advisory findings about amounts of money.
    """

    started: RunStarted
    finished: RunFinished
    verdicts: Mapping[str, int]
    matrix: Mapping[tuple[str, str], Mapping[str, int]]
    fidelity: Mapping[str, int]
    findings: Mapping[str, int]
    symptoms: tuple[Cause, ...]
    causes: tuple[Cause, ...]
    beyond: int
    red_cases: tuple[RedCase, ...]
    fields: tuple[FieldsCounted, ...] = ()
    deviations: tuple[DeviationEnded, ...] = ()
    operations: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    money: int = 0

    @property
    def stale(self) -> tuple[DeviationEnded, ...]:
        """The declared deviations that make the run fail: those that are gone or expired."""
        return tuple(item for item in self.deviations if item.verdict in RED_VERDICTS)

    @property
    def cases(self) -> int:
        """The number of finished cases."""
        return sum(self.verdicts.values()) - len(self.stale)

    @property
    def tested(self) -> int:
        """The number of cases that were not skipped."""
        return self.cases - self.verdicts["skip"]

    @property
    def red(self) -> int:
        """The number of cases and declared deviations that make the run fail."""
        return sum(self.verdicts[verdict] for verdict in RED_VERDICTS)

    @property
    def deviating(self) -> int:
        """The number of cases that make the run fail."""
        return self.red - len(self.stale)

    @property
    def outcome(self) -> str:
        """`broken`, `empty` if nothing was tested, `red`, `partial` if little was, or `good`.

        A run of which most was skipped is not good, whatever the rest shows.
        """
        if not self.finished.completed:
            return "broken"
        if not self.tested:
            return "empty"
        if self.red:
            return "red"
        return "good" if 2 * self.tested >= self.cases else "partial"

    @property
    def tested_messages(self) -> tuple[str, ...]:
        """The message types with a case that was asked."""
        cells = self.matrix.items()
        found = [name for (name, _), cell in cells if sum(cell.values()) > cell.get("skip", 0)]
        return tuple(dict.fromkeys(found))

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types: the planned ones, then any others."""
        return tuple(dict.fromkeys([*self.started.messages, *(cell[0] for cell in self.matrix)]))

    @property
    def suites(self) -> tuple[str, ...]:
        """The suites: the planned ones, then any others."""
        return tuple(dict.fromkeys([*self.started.suites, *(cell[1] for cell in self.matrix)]))


def exit_code(summary: Summary) -> int:
    """3 if the run was not completed or tested nothing, 1 if it is red, else 0."""
    return {"broken": 3, "empty": 3, "red": 1}.get(summary.outcome, 0)


@dataclass
class Tally:
    """Takes the events of a run, one at a time, and sums them up."""

    started: RunStarted | None = None
    finished: RunFinished = _BROKEN_OFF
    matrix: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    fidelity: Counter[str] = field(default_factory=Counter)
    causes: Causes = field(default_factory=Causes)
    red_cases: list[RedCase] = field(default_factory=list)
    fields: list[FieldsCounted] = field(default_factory=list)
    deviations: list[DeviationEnded] = field(default_factory=list)
    operations: dict[str, None] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)

    def add(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, RunStarted):
            self.started = self.started or event
        elif isinstance(event, RunFinished):
            self.finished = event
        elif isinstance(event, FieldsCounted):
            self.fields.append(event)
        elif isinstance(event, DeviationEnded):
            self.deviations.append(event)
        elif isinstance(event, CaseFinished):
            self._add_case(event)

    def _add_case(self, case: CaseFinished) -> None:
        self.matrix.setdefault((case.message, case.suite), Counter())[case.verdict] += 1
        self.fidelity.update(case.fidelity)
        if case.verdict == "skip":
            self.skipped[case.skipped] += 1
        else:
            self.operations[case.op] = None
            self.causes.asked(case)
        for finding in case.findings:
            self.causes.add(case, finding)
        if case.verdict in RED_VERDICTS and len(self.red_cases) < MOST_RED_CASES:
            self.red_cases.append(_red_case(case))

    def summary(self) -> Summary:
        """Sum up the run so far; raises RunBroken if it never started."""
        if self.started is None:
            raise RunBroken("RUN-EMPTY", "no run was started", do="start the run again")
        verdicts = sum(self.matrix.values(), Counter[str]())
        verdicts.update(item.verdict for item in self.deviations if item.verdict in RED_VERDICTS)
        symptoms = self.causes.sorted()
        return Summary(
            started=self.started,
            finished=self.finished,
            verdicts={verdict: verdicts[verdict] for verdict in VERDICTS},
            matrix=self.matrix,
            fidelity={name: self.fidelity[name] for name in FIDELITY},
            findings={kind: self.causes.findings[kind] for kind in KINDS},
            symptoms=symptoms,
            causes=folded(symptoms),
            beyond=self.causes.beyond,
            red_cases=tuple(self.red_cases),
            fields=tuple(self.fields),
            deviations=tuple(self.deviations),
            operations=tuple(self.operations),
            skipped=self.skipped,
            money=self.causes.money,
        )


def _red_case(case: CaseFinished) -> RedCase:
    codes = tuple(dict.fromkeys(finding.code for finding in case.findings if finding.fails))
    return RedCase(
        id=case.id,
        suite=case.suite,
        message=case.message,
        direction=case.direction,
        verdict=case.verdict,
        requirement=case.requirement,
        reason=shortened(case.reason),
        codes=codes[:MOST_CODES],
        files=case.files,
    )


def summarise(events: Iterable[Event]) -> Summary:
    """Summarise a run in one pass; raises RunBroken if the run never started."""
    tally = Tally()
    for event in events:
        tally.add(event)
    return tally.summary()
