"""What is remembered of the findings of a kind, to tell what they follow from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from reports.events.events import CaseFinished, Finding
from reports.events.finding_place import without_places

# So many outputs are remembered: those whose hashes are the lowest, so that two traces remember
# the same ones.
MOST_OUTPUTS = 256
MOST_VALUES = 24
_LONGEST = 200
# A conversion is written `2.0-2.1`, and a way back follows the first output.
_FIRST_LEG = len("2.0-2.1")

# Where a value stands: the output, the suite, and the record or the parent element.
Spot = tuple[int, str, str]


@dataclass
class Trace:
    """The outputs and suites of some findings, and the first values, by the spot of each."""

    outputs: set[int] = field(default_factory=set)
    suites: set[str] = field(default_factory=set)
    values: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    is_whole: bool = True

    def add(self, case: CaseFinished, finding: Finding) -> None:
        """Remember a finding of a case."""
        output = output_of(case)
        self._add_output(output)
        self.suites.add(case.suite)
        if len(self.values) < MOST_VALUES:
            values = (finding.expected[:_LONGEST], finding.actual[:_LONGEST])
            self.values.setdefault((output, case.id, _spot(finding)), values)

    def _add_output(self, output: int) -> None:
        self.outputs.add(output)
        if len(self.outputs) > MOST_OUTPUTS:
            self.outputs.remove(max(self.outputs))
            self.is_whole = False

    def _known(self, other: Trace) -> set[int]:
        """The outputs of this trace of which the other one knows whether it has them."""
        if other.is_whole:
            return self.outputs
        highest = max(other.outputs)
        return {output for output in self.outputs if output <= highest}

    def share_in(self, other: Trace) -> float:
        """The share of its outputs that the other trace has too, from 0 to 1.

        If the other one remembers none of them either way, the share is 0.
        """
        known = self._known(other)
        return len(known & other.outputs) / len(known) if known else 0.0

    def may_be_in(self, other: Trace) -> bool:
        """Whether the other trace has some of its outputs, or may have had them."""
        return not other.outputs.isdisjoint(self.outputs) or not self._known(other)

    @property
    def reach(self) -> float:
        """A measure of the number of outputs, for comparison with that of other traces."""
        if self.is_whole:
            return float(len(self.outputs))
        return len(self.outputs) * 2**32 / (max(self.outputs) + 1)


def output_of(case: CaseFinished) -> int:
    """A hash of the answer that a case judges first; cases of other suites may share it."""
    tail = case.id.removeprefix(f"{case.message}.{case.suite}")
    tail = tail.replace(case.direction, case.direction[:_FIRST_LEG])
    return zlib.crc32(f"{case.message}{tail}".encode("utf-8", "backslashreplace"))


def _spot(finding: Finding) -> str:
    if finding.ei:
        return str(finding.ei.number)
    return finding.xml.path.rpartition("/")[0] if finding.xml else ""


def parent_of(finding: Finding) -> str:
    """The record of a finding, or the parent of its element without positions."""
    return finding.ei.record if finding.ei else path_of_parent(finding)


def path_of_parent(finding: Finding) -> str:
    """The parent of the element of a finding without positions; empty if it has none."""
    return without_places(finding.xml.path).rpartition("/")[0] if finding.xml else ""
