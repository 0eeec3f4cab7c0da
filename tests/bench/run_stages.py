"""A run in a process of its own, whose processor time is told by what it goes to.

Prints JSON: the number of cases, the seconds of each stage, and those of the software.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import harness.cli.run  # noqa: F401 - loaded before the clock starts, as a run loads it once
from harness.cli import main
from harness.cli.shared import run_session
from harness.judging.field_tally import FieldTally
from harness.running import worker
from harness.running.settings import Settings
from harness.suites.registry import SUITES
from reports.events.events import CaseFinished
from reports.events.journal import Journal, read

STAGES = ("making", "asking", "judging", "counting", "journal", "reports", "rest")
TYPES = "WMO301,WMO302,WMO303,WMO304,WMO305,WMO306,WMO307,WMO308"
_clock = time.process_time


class Stages:
    """The processor time of each stage, without that of the stages that it calls."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self._inner: list[float] = []

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """A function that does the same, and is counted to a stage."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            begin = _clock()
            self._inner.append(0.0)
            try:
                return call(*args, **kwargs)
            finally:
                taken = _clock() - begin
                self.seconds[stage] += taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return counted

    def count(self, stage: str, place: object, name: str) -> None:
        """Count a function of a class or module to a stage."""
        setattr(place, name, self.timed(stage, vars(place)[name]))


def counted_stages() -> Stages:
    """The stages of the runs of this process from now on."""
    stages = Stages()
    for name, stage in (("question", "making"), ("judge", "judging")):
        for kind in {kind for suite in SUITES.values() for kind in type(suite).__mro__}:
            if name in vars(kind):
                stages.count(stage, kind, name)
    stages.count("making", Settings, "cases")
    stages.count("asking", worker, "CaseAnswers")
    # What it yields is made at once, so that it is counted.
    events = FieldTally.events
    FieldTally.events = lambda tally: iter([*events(tally)])  # type: ignore
    for name in ("add", "merge", "events"):
        stages.count("counting", FieldTally, name)
    stages.count("journal", Journal, "add")
    stages.count("reports", run_session, "write_all")
    return stages


def run(count: int, folder: Path) -> dict[str, float]:
    """Run the suite `convert` with the reference; the seconds by stage, and the cases."""
    stages, begin = counted_stages(), _clock()
    words = f"run --reference --suite convert --messages {TYPES} --json".split()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), suppress(SystemExit):
        main([*words, f"--count={count}", f"--out={folder}"])
    found = stages.seconds
    found["rest"] = _clock() - begin - sum(found.values())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    software = used.ru_utime + used.ru_stime
    cases = sum(isinstance(event, CaseFinished) for event in read(folder / "events.jsonl"))
    return {"cases": cases, "software": software, **found}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), Path(sys.argv[2]))))
