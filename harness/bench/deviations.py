"""Applies declared deviations to a bench: findings that they cover do not make it fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.running.deviations import covers
from reports.bench.results import BenchFinding
from reports.events.deviations import Deviation
from reports.events.events import Finding


@dataclass(frozen=True)
class BenchDeviations:
    """The declared deviations; those that expired before `day` (`2017-06-12`) cover nothing."""

    deviations: Sequence[Deviation] = ()
    day: str = ""

    def marked(self, finding: Finding) -> Finding:
        """Mark a finding with the first deviation that covers it."""
        for item in self._valid():
            if covers(item, finding):
                return replace(finding, deviation=item.number, deviation_reason=item.reason)
        return finding

    def marked_whole(self, finding: BenchFinding) -> BenchFinding:
        """Mark a finding about the bench itself, which has no field."""
        for item in self._valid():
            of_message = not item.messages or finding.message in item.messages
            if finding.code in item.codes and of_message and not item.fields:
                return replace(finding, blocking=False, deviation=item.number)
        return finding

    def _valid(self) -> list[Deviation]:
        return [item for item in self.deviations if item.expires >= self.day]
