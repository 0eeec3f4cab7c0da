"""Matches the findings of a run against the declared deviations.

A deviation without a match counts as gone only if the run was as wide as by default (all suites,
all message types of the declaration, at least the default number of cases) and the software
answered: a crash hides other faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from harness.running.settings import DEFAULT_COUNT
from harness.suites.registry import SUITES, default_suites
from harness.sut.protocol import CONVERT, GATE, OPERATIONS, RESPOND
from reports.events.deviations import (
    EXPIRED,
    GONE,
    WHOLE_MESSAGE,
    Deviation,
    DeviationEnded,
)
from reports.events.events import CaseFinished, Finding, RunStarted
from reports.events.finding_place import place_of, without_places
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes


@cache
def _without_answer() -> frozenset[str]:
    """The codes of findings about the software itself, where there was no message to judge."""
    return frozenset(code for code, row in finding_codes().items() if row.kind == "sut")


# The finding that only a message together with its return message can show.
_PAIR = "PAIR-BROKEN"
# The operations that can produce a kind of finding.
_OPERATIONS = {"fidelity": (CONVERT,), "retour": (RESPOND,), "gate": (GATE,)}


def _operations(deviation: Deviation) -> tuple[str, ...]:
    """The operations in which a deviation can occur."""
    known = finding_codes()
    kinds = {known[code].kind for code in deviation.codes if code in known}
    return _OPERATIONS.get("".join(kinds), OPERATIONS)


def covers(deviation: Deviation, finding: Finding) -> bool:
    """Whether a declared deviation matches a finding."""
    return (
        finding.code in deviation.codes
        and (not deviation.messages or finding.message in deviation.messages)
        and (not deviation.fields or any(_is_at(finding, name) for name in deviation.fields))
    )


def _is_at(finding: Finding, name: str) -> bool:
    """Whether a finding is at a 2.0 record and field, or at the end of a 2.1 path.

    The name of the whole message is that of a finding without a place.
    """
    if name == WHOLE_MESSAGE:
        return not place_of(finding).strip("/ ")
    if finding.ei and f"{finding.ei.record} {finding.ei.field}".strip() == name:
        return True
    path = without_places(name).removeprefix("/")
    return finding.xml is not None and f"/{without_places(finding.xml.path)}".endswith(f"/{path}")


class DeviationTracker:
    """Tracks the declared deviations of a run."""

    def __init__(self, started: RunStarted) -> None:
        self.started = started
        self._met: Counter[int] = Counter()
        self._answered: Counter[tuple[str, str]] = Counter()
        self._unanswered: set[str] = set()
        # Message types whose pair was not tested, because the run left out the other type.
        self._narrowed: set[str] = set()

    def judged(self, case: CaseFinished) -> CaseFinished:
        """Apply the declared deviations to a case; call once for each case of the run."""
        self._count(case)
        if not self.started.deviations:
            return case
        findings = tuple(map(self._marked, case.findings))
        blocking = [finding for finding in findings if finding.blocking]
        declared = blocking and not any(finding.fails for finding in blocking)
        return replace(case, findings=findings, verdict="xfail" if declared else case.verdict)

    def ended(self) -> Iterator[DeviationEnded]:
        """The outcome of each declared deviation, after all cases are judged."""
        for deviation in self.started.deviations:
            number, met = deviation.number, self._met[deviation.number]
            if self._expired(deviation):
                yield DeviationEnded(number, "fail", met, EXPIRED)
            elif met:
                yield DeviationEnded(number, "xfail", met)
            elif self._tried(deviation):
                yield DeviationEnded(number, "xpass", met, GONE)
            else:
                yield DeviationEnded(number, "skip", met)

    def _count(self, case: CaseFinished) -> None:
        codes = {finding.code for finding in case.findings}
        if SUITES[case.suite].wants_message and not codes.isdisjoint(_without_answer()):
            self._unanswered.add(case.message)
        if case.skipped.startswith("outside "):
            self._narrowed.add(case.message)
        # Cases that only a dry-run has do not show what was tried.
        if case.verdict != "skip" and not SUITES[case.suite].in_dryrun_only:
            self._answered[case.message, case.op] += 1

    def _marked(self, finding: Finding) -> Finding:
        """Mark a finding with the first deviation that covers it; every match is counted."""
        found = [item for item in self.started.deviations if covers(item, finding)]
        self._met.update(item.number for item in found)
        first = next((item for item in found if not self._expired(item)), None)
        if first is None:
            return replace(finding, deviation=0, deviation_reason="")
        return replace(finding, deviation=first.number, deviation_reason=first.reason)

    def _expired(self, deviation: Deviation) -> bool:
        return deviation.expires < self.started.day

    def _tried(self, deviation: Deviation) -> bool:
        messages: Sequence[str] = deviation.messages or tuple(catalogue().messages)
        return (
            set(default_suites()) <= set(self.started.suites)
            and self.started.count >= DEFAULT_COUNT
            and set(messages) <= set(self.started.messages)
            and self._unanswered.isdisjoint(messages)
            and (set(deviation.codes) != {_PAIR} or self._narrowed.isdisjoint(messages))
            and any(
                self._answered[message, operation]
                for message in messages
                for operation in _operations(deviation)
            )
        )
