"""Selects the failures to reduce, and writes the smallest message of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.cases.case import Case
from harness.cases.question import AskedCase
from harness.judging.judge import Judge
from harness.running.case_files import Keeper
from harness.running.failed_cases.budget import Budget
from harness.running.failed_cases.delta_debugging import MOST_SECONDS, Reduced, Reduction
from harness.running.failed_cases.second_try import Cause, cause_of
from harness.sut.protocol import SAME, TIMEOUT, Sut
from reports.events.events import CaseFinished, Finding, Smallest

# The most reductions of one message type in a run.
MOST_OF_MESSAGE = 10


class Reducer:
    """Reduces the first failure of each cause, while the budget lasts."""

    def __init__(self, judge: Judge, sut: Sut, keeper: Keeper, budget: Budget) -> None:
        self.judge = judge
        self.sut = sut
        self.keeper = keeper
        self.budget = budget
        self.seen: dict[str, set[Cause]] = {}

    def findings(self, asked: AskedCase, known: Sequence[Finding]) -> list[Finding]:
        """The `known` findings of a case, with the smallest message of those reduced."""
        found: list[Finding] = []
        number = 0
        for finding in known:
            # A timeout costs too much to repeat.
            if asked.answer.status == TIMEOUT or not self.is_first(asked.case, finding):
                found.append(finding)
            elif finding.again and finding.again.gave != SAME:
                # No single message shows a finding that needs earlier ones.
                found.append(finding)
            else:
                number += 1
                reduced = self.reduce(asked, finding)
                smallest = self.kept(asked, reduced, number)
                found.append(replace(finding, smallest=smallest))
        return found

    def resume(self, event: CaseFinished) -> None:
        """Restore what was reduced in a case before the run stopped."""
        for finding in event.findings:
            if finding.smallest:
                self.seen.setdefault(event.message, set()).add(cause_of(finding))

    def is_first(self, case: Case, finding: Finding) -> bool:
        """Whether a finding blocks, is the first of its cause, and fits the budget."""
        seen = self.seen.setdefault(case.message, set())
        cause = cause_of(finding)
        is_full = len(seen) >= MOST_OF_MESSAGE or self.budget.left <= 0
        if is_full or not finding.blocking or cause in seen:
            return False
        seen.add(cause)
        return True

    def reduce(self, asked: AskedCase, finding: Finding) -> Reduced:
        """Reduce the message of a finding."""
        with self.budget:
            reduction = Reduction(asked, self.judge, self.sut)
            return reduction.run(finding, min(MOST_SECONDS, self.budget.left))

    def kept(self, asked: AskedCase, reduced: Reduced, number: int) -> Smallest:
        """Write a reduced message; `number` is its position in the case, from 1."""
        release, files = asked.case.route[0], dict[str, str]()
        if reduced.ended != "not-again":
            files = self.keeper.keep_smallest(reduced.asked, number)
        return Smallest(
            files=files,
            bytes_before=len(asked.specimen.sources[release]),
            bytes_after=len(reduced.asked.specimen.sources[release]),
            asked=reduced.times,
            ended=reduced.ended,
            ei=reduced.finding.ei,
            xml=reduced.finding.xml,
        )
