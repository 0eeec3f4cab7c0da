"""Retries a failing case: alone in a fresh process, then after the messages before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.cases.question import AskedCase
from harness.running.case_files import Keeper
from harness.running.failed_cases import sequence
from harness.running.failed_cases.budget import Budget
from harness.running.failed_cases.retry import CaseRetrier
from harness.running.failed_cases.sequence import FoundSequence, Search
from harness.sut.protocol import SAME, TIMEOUT, Request
from reports.events.events import CaseFinished, Finding, Retry
from reports.events.finding_place import place_of

RIGHT, OTHER = "right", "other"
# The most retries of one message type, and the most of cases that timed out.
MOST_OF_MESSAGE, _MOST_HANGS = 10, 2
# The share of the search time that the messages before a case may take.
_SHARE = 0.3
Cause = tuple[str, ...]


def cause_of(finding: Finding) -> Cause:
    """The cause of a finding: only the first finding of a cause is investigated.

    The suite is left out, as several suites show the same fault.
    """
    return finding.direction, *mark_of(finding)


def mark_of(finding: Finding) -> Cause:
    """What identifies a finding in another answer to the same message."""
    return finding.code, finding.rule, place_of(finding)


@dataclass(frozen=True)
class Tried:
    """The findings of a case with the results of the retry, and its files by role."""

    findings: tuple[Finding, ...]
    files: dict[str, str]


class SecondTry:
    """Retries the first failing case of each cause, while the budget lasts."""

    def __init__(self, retrier: CaseRetrier, keeper: Keeper, budget: Budget) -> None:
        self.retrier = retrier
        self.keeper = keeper
        self.budget = budget
        self.seen: dict[str, set[Cause]] = {}
        self.tried: dict[str, int] = {}
        self.hangs = 0

    def resume(self, event: CaseFinished) -> None:
        """Restore what was retried before the run stopped."""
        is_hang, was_told = event.verdict == TIMEOUT, any(item.again for item in event.findings)
        if was_told and self.wants(event.message, event.findings, is_hang=is_hang):
            self._note(event.message, event.findings, is_hang)

    def wants(self, message: str, findings: Sequence[Finding], *, is_hang: bool) -> bool:
        """Whether any finding of a case blocks and is the first of its cause."""
        seen = self.seen.get(message, set())
        return (
            self.budget.left > 0
            and self.tried.get(message, 0) < MOST_OF_MESSAGE
            and not (is_hang and self.hangs >= _MOST_HANGS)
            and any(item.blocking and cause_of(item) not in seen for item in findings)
        )

    def _note(self, message: str, findings: Sequence[Finding], is_hang: bool) -> None:
        self.seen.setdefault(message, set()).update(map(cause_of, findings))
        self.tried[message] = self.tried.get(message, 0) + 1
        self.hangs += is_hang

    def of(
        self, asked: AskedCase, findings: Sequence[Finding], before: tuple[Request, ...]
    ) -> Tried:
        """Return the findings of a case, retried if that is wanted."""
        case, specimen, is_hang = asked.case, asked.specimen, asked.answer.status == TIMEOUT
        if not self.wants(case.message, findings, is_hang=is_hang):
            return Tried(tuple(findings), {})
        self._note(case.message, findings, is_hang)
        with self.budget:
            second = self.retrier.ask(case, specimen)
            again, is_fresh = second.judgement.findings, second.is_fresh
            found = [_compared(item, again, is_fresh) for item in findings]
            files: dict[str, str] = {}
            place = next((at for at, item in enumerate(found) if _needs_more(item)), None)
            if place is not None and before:
                sought = self._sequence(asked, findings[place], before)
                files = self.keeper.keep_sequence(case, sought.messages)
                found[place] = _with_sequence(found[place], sought, files)
        return Tried(tuple(found), files)

    def _sequence(
        self, asked: AskedCase, finding: Finding, before: tuple[Request, ...]
    ) -> FoundSequence:
        """Search for the shortest sequence of messages after which a finding shows again."""
        mark = mark_of(finding)

        def shows(messages: Sequence[Request]) -> bool:
            found = self.retrier.ask(asked.case, asked.specimen, messages).judgement
            return mark in map(mark_of, found.findings)

        seconds = min(sequence.MOST_SECONDS, self.budget.left)
        each = asked.answer.seconds
        most = int(_SHARE * seconds / each) if each > 0 else len(before)
        return Search(shows, seconds).run(before[-max(most, 1) :])


def _compared(finding: Finding, second: Sequence[Finding], is_fresh: bool) -> Finding:
    """A finding with the result of the retry."""
    if mark_of(finding) in map(mark_of, second):
        gave = SAME
    else:
        gave = OTHER if any(item.blocking for item in second) else RIGHT
    return replace(finding, again=Retry(gave, is_fresh))


def _needs_more(finding: Finding) -> bool:
    """Whether a blocking finding did not show in a fresh process."""
    return finding.blocking and finding.again is not None and finding.again.gave != SAME


def _with_sequence(finding: Finding, found: FoundSequence, files: dict[str, str]) -> Finding:
    assert finding.again is not None
    again = replace(
        finding.again,
        before=tuple(request.about for request in found.messages),
        file=next(iter(files.values()), ""),
        ended=found.ended,
    )
    return replace(finding, again=again)
