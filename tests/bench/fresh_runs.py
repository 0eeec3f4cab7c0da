"""Figures of fresh processes: what the stages cost beside the anchor, the median of some rounds."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.bench.fresh import ANCHOR, BESIDES, JUDGING, MAKING, Times
from tests.paths import ROOT

STAGES = (*MAKING, *JUDGING, *BESIDES)
# What is published as one figure: the stages that it adds up.
SUMS = {"making": MAKING, "whole pipeline": (*MAKING, *JUDGING)}


@dataclass
class FreshRuns:
    """Rounds of a number of messages of each type, each round in a process of its own."""

    count: int
    rounds: list[Mapping[str, Times]] = field(default_factory=list)

    def __call__(self) -> None:
        """Add a round."""
        words = [sys.executable, "-m", "tests.bench.fresh", str(self.count)]
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        self.rounds.append(json.loads(done.stdout))

    def ratio(self, stages: Iterable[str], name: str = "") -> float:
        """Return what some stages cost over the anchor, of one type or of all together."""
        return statistics.median(_ratio(times, [*stages], name) for times in self.rounds)

    def of(self, figure: str, name: str = "") -> float:
        """Return a stage, or a sum of stages, over the anchor."""
        return self.ratio(SUMS.get(figure, (figure,)), name)


def _ratio(times: Mapping[str, Times], stages: list[str], name: str) -> float:
    listed = [times[name]] if name else [*times.values()]
    taken = sum(one[stage] for one in listed for stage in stages)
    return taken / sum(one[ANCHOR] for one in listed)
