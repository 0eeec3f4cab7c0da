"""Records each case of a dry-run, always ahead of the journal."""

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
    """The evidence file: a line per case with digests, and the full record if it is kept."""

    def __init__(self, path: Path, runner: Runner) -> None:
        """Start the file, or continue after the cases that the runner has resumed."""
        self.path = path
        self.runner = runner
        self._file = outside.continued(path, _size(path, runner.cases_done))

    def of(self, inner: Dispatch) -> Dispatch:
        """Wrap a dispatcher, and record each batch before passing it on."""

        def in_order(batches: Iterable[Batch]) -> Iterator[BatchResult]:
            for done in inner(batches):
                self._file.writelines(map(self.line, done.cases))
                self._file.flush()
                yield done

        return in_order

    def line(self, done: CaseResult) -> bytes:
        """The line of a case."""
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
        """Flush and close the file."""
        self._file.close()


def expected_of(asked: AskedCase) -> bytes | None:
    """The expected output of a case, if it has one."""
    files = suite_of(asked.case).given(asked)
    return files["expected"][1] if "expected" in files else None


def is_sampled(settings: Settings, case_id: str) -> bool:
    """Whether a case is kept even if it passes."""
    return settings.is_sampled(parse(case_id))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read the lines of the evidence file; raises RunBroken for an invalid line."""
    with outside.opened(path, follow=False) as file:
        for number, line in enumerate(outside.lines(file), 1):
            try:
                yield shapes.evidence().read(line)
            except Misshapen:
                raise no_answers(path, number) from None


def no_answers(path: Path, number: int) -> RunBroken:
    """The error for a line that is not the record of its case."""
    where = f"{path}, line {number}"
    return RunBroken("RUN-JOURNAL", "no answers of a case", where, "run again in a new folder")


def _size(path: Path, cases: int) -> int:
    """The size in bytes of the first `cases` lines; raises UsageError if there are fewer."""
    found: list[int] = []
    if cases and os.path.lexists(path):
        with outside.opened(path, follow=False) as file:
            found = [
                len(line) for line in islice(outside.lines(file), cases) if line.endswith(b"\n")
            ]
    if len(found) < cases:
        raise UsageError("USE-RESUME", "answers are missing", str(path), "remove the folder")
    return sum(found)
