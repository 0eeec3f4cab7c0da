"""Carries out a run: journals its events, writes the reports and prints the outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from rich.console import Console

from harness.cli.shared.accept_current import accept
from harness.cli.shared.consoles import for_messages, for_results, progress
from harness.cli.shared.output import tell_json
from harness.cli.shared.signals import end_as_by_hand
from harness.running.pace import Pace
from harness.running.process_pool import relax_gc
from harness.running.runner import Dispatch, Runner
from reports.events.events import CaseFinished, Event
from reports.events.journal import Journal, read
from reports.run.console import print_how_long, print_plan, print_summary
from reports.run.html import NAME as PAGE
from reports.run.results_json import NAME as RESULTS
from reports.run.summary import Summary, Tally, exit_code
from reports.run.write import write_all
from reports.shared.texts import texts
from schemas.errors import RunBroken

# Seconds that one waits without asking how long it takes.
_LONG = 30


def _journalled(
    events: Iterator[Event], journal: Journal, tally: Tally, runner: Runner, to: Console
) -> None:
    """Journal the events as they happen, and sum them up; a terminal shows progress."""
    with progress(to) as shown:
        name = texts(runner.settings.lang)("progress.cases")
        task = shown.add_task(name, total=runner.started.planned, completed=runner.cases_done)
        try:
            for event in events:
                journal.add(event)
                tally.add(event)
                if isinstance(event, CaseFinished):
                    shown.advance(task)
        finally:
            journal.close()


def _how_long(runner: Runner, console: Console) -> Callable[[Pace], None]:
    """Prints once, at the first pace, how long a run will take, if that is long."""
    once = threading.Lock()

    def tell(pace: Pace) -> None:
        left = max(0, runner.settings.planned_of_claimed - runner.cases_done)
        # Each worker tells its pace from a thread of its own.
        if pace.seconds * left >= _LONG and once.acquire(blocking=False):
            print_how_long(pace.seconds * left, left, console, runner.settings.lang)

    return tell


def carry_out(
    runner: Runner,
    journal: Path,
    keep: int,
    dispatch: Dispatch | None,
    as_json: bool,
    accepted: Path | None,
) -> None:
    """Run all cases, write the reports, print the result, and exit.

    The first `keep` bytes of the journal belong to a run that is resumed; failures are declared in
    the file `accepted`, if one is given.
    """
    folder = journal.parent
    summary = carried_out(runner, journal, keep, dispatch)
    if as_json:
        tell_json(result_of(summary) | {"results": str(folder / RESULTS)})
    else:
        print_summary(summary, for_results(), runner.settings.lang, folder / PAGE)
    if accepted:
        accept(summary, accepted, runner.settings.options, runner.settings.lang)
    raise SystemExit(exit_code(summary))


def carried_out(runner: Runner, journal: Path, keep: int, dispatch: Dispatch | None) -> Summary:
    """Run all cases and write the reports, as `carry_out` does."""
    settings, folder, console = runner.settings, journal.parent, for_messages()
    relax_gc()
    # A cancelled job must end its software too.
    end_as_by_hand()
    print_plan(runner.started, console, settings.lang)
    runner.on_pace = _how_long(runner, console)
    try:
        tally = Tally()
        for event in read(journal, keep) if keep else ():
            tally.add(event)
        written = Journal(journal, keep)
        with closing(runner.events(dispatch)) as events:
            _journalled(events, written, tally, runner, console)
        summary = tally.summary()
        write_all(summary, written, folder, settings.lang)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise RunBroken("RUN-FILE", what, str(folder), "see to the disk, and run again") from None
    finally:
        runner.sut.close()
    return summary


def result_of(summary: Summary) -> dict[str, object]:
    """A short result for programs."""
    return {
        "outcome": summary.outcome,
        "exit_code": exit_code(summary),
        "verdicts": summary.verdicts,
        "findings": summary.findings,
        "deviations": [vars(item) for item in summary.deviations],
        "fidelity": summary.fidelity,
    }
