"""What a dry-run writes down of each case as it goes, beside the journal and never behind it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from harness.cases.question import AskedCase
from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen
from harness.dryrun.record import Record, line_of
from harness.running.runner import Dispatch, Runner
from harness.running.settings import Batch, Settings
from harness.running.worker import BatchResult, CaseResult
from harness.suites.registry import parse, suite_of
from schemas import outside
from schemas.errors import RunBroken, UsageError

NAME = "answers.jsonl"
_SKIPPED: dict[str, Any] = {"asked": "", "answered": "", "kept": None}


class Evidence:
    """A line for each case in the order of the run: digests, and the whole where it is kept."""

    def __init__(self, path: Path, runner: Runner) -> None:
        """Begin, or go on behind the cases that the runner has taken up."""
        self.path = path
        self.runner = runner
        self._file = outside.continued(path, _size(path, runner.cases_done))

    def of(self, inner: Dispatch) -> Dispatch:
        """A way to do batches that writes down what comes of them before it is told."""

        def in_order(batches: Iterable[Batch]) -> Iterator[BatchResult]:
            for done in inner(batches):
                self._file.writelines(map(self.line, done.cases))
                self._file.flush()
                yield done

        return in_order

    def line(self, done: CaseResult) -> bytes:
        """What is written of a case."""
        event, asked = done.event, done.asked
        if asked is None:
            return line_of({"case": event.id, **_SKIPPED})
        inputs, answers = asked.question.inputs, asked.answers
        record = Record(event.id, inputs, answers)
        digests = {"case": event.id, "asked": record.asked, "answered": record.answered}
        if not event.is_quiet:
            record = Record(event.id, inputs, answers, expected_of(asked))
        is_kept = not event.is_quiet or is_sampled(self.runner.settings, event.id)
        return line_of({**digests, "kept": record.to_json() if is_kept else None})

    def close(self) -> None:
        """Write out what is still buffered."""
        self._file.close()


def expected_of(asked: AskedCase) -> bytes | None:
    """What a right answer is, where one can be named."""
    files = suite_of(asked.case).given(asked)
    return files["expected"][1] if "expected" in files else None


def is_sampled(settings: Settings, case_id: str) -> bool:
    """Whether a case is kept also where it passes."""
    return settings.is_sampled(parse(case_id))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """What was written of each case; raises RunBroken where a line is none of it."""
    with outside.opened(path, follow=False) as file:
        for number, line in enumerate(outside.lines(file), 1):
            try:
                yield shapes.evidence().read(line)
            except Misshapen:
                raise no_answers(path, number) from None


def no_answers(path: Path, number: int) -> RunBroken:
    """The error that a line is not what was answered in its case."""
    where = f"{path}, line {number}"
    return RunBroken("RUN-JOURNAL", "no answers of a case", where, "run again in a new folder")


def _size(path: Path, cases: int) -> int:
    """How many bytes the lines of the first cases take; raises UsageError where there are fewer."""
    found: list[int] = []
    if cases and os.path.lexists(path):
        with outside.opened(path, follow=False) as file:
            found = [
                len(line) for line in islice(outside.lines(file), cases) if line.endswith(b"\n")
            ]
    if len(found) < cases:
        raise UsageError("USE-RESUME", "answers are missing", str(path), "remove the folder")
    return sum(found)
