"""`ikeur run`: the main job."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import Progress

from harness.cases import DEFAULT_COUNT, cases_of
from harness.cases import suites as suites_of
from harness.cli.accept import accept, place_for
from harness.cli.options import (
    block_on_option,
    count_option,
    json_option,
    lang_option,
    messages_option,
    schema_set,
    seed_option,
    spec_pack_option,
)
from harness.cli.output import free_folder, guarded, new_folder, tell_json
from harness.cli.sut_options import configuration, sut_options
from harness.config import NAME, SutConfig
from harness.reach import SutOptions, reach
from harness.runner import Runner, Settings
from reports.console import print_plan, print_summary
from reports.events import CaseFinished, Event, Journal
from reports.summary import Summary, exit_code
from reports.write import write_all
from schemas.errors import RunBroken, UsageError
from schemas.messages import catalogue

_DEFAULT_OUT = Path("ikeur-report")
_WIDTH = 100
_COLLECT_AFTER = 100_000


def _claimed(config: SutConfig) -> frozenset[str] | None:
    if config.messages is None:
        return None
    return frozenset(catalogue().one(name.upper()).name for name in config.messages)


def _journalled(events: Iterator[Event], journal: Journal, planned: int, console: Console) -> None:
    """Write the events down as they happen; progress shows on a terminal only."""
    with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task("cases", total=planned)
        for event in events:
            journal.add(event)
            if isinstance(event, CaseFinished):
                progress.advance(task)
    journal.close()


@click.command(
    epilog="Example:  ikeur run --command './convert --from {from} --to {to} {input} {output}'",
    short_help="Run the suites against a system under test.",
)
@sut_options
@click.option(
    "--suite",
    "suite",
    default="all",
    show_default=True,
    metavar="SUITES",
    help="Suites, separated by commas, or all: schema, convert, roundtrip, refuse.",
)
@messages_option()
@count_option(
    DEFAULT_COUNT,
    f"Cases per message type, direction and suite; {DEFAULT_COUNT} meet every kind of refusal.",
)
@seed_option
@block_on_option
@spec_pack_option
@lang_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A new or empty folder for the reports.  [default: ikeur-report, numbered]",
)
@click.option(
    "--accept-current",
    is_flag=True,
    help=f"Write what fails as declared deviations into a new {NAME}, or beside the one there is.",
)
@json_option
@guarded
def run(
    sut: SutOptions,
    config: Path | None,
    suite: str,
    messages: str,
    count: int,
    seed: int,
    block_on: str,
    spec_pack: Path | None,
    lang: str,
    out: Path | None,
    accept_current: bool,
    as_json: bool,
) -> None:
    """Run the suites against a system under test and write the reports.

    With no system under test it tests the converter that comes with ikeur. What is reached how can
    also stand in ikeur.toml.
    """
    known = configuration(config)
    chosen = tuple(catalogue().select(messages))
    claimed = _claimed(known)
    suites = tuple(suites_of(suite))
    schemas = schema_set(spec_pack)
    if not any(cases_of(message, suites, seed, 0) for message in chosen):
        raise UsageError(
            "USE-NOTHING", "no suite applies to these message types", do="choose others"
        )
    accepted = place_for(known) if accept_current else None
    reached = reach(sut, known)
    folder = new_folder(out) if out else free_folder(_DEFAULT_OUT)
    settings = Settings(
        messages=chosen,
        suites=suites,
        count=count,
        seed=seed,
        block_on=block_on,
        lang=lang,
        claimed=claimed,
        deviations=known.deviations,
        schemas=schemas,
        spec_pack=str(spec_pack or ""),
        out=folder,
    )
    _run(Runner(settings, reached), folder, as_json, accepted)


def _console(file: TextIO) -> Console:
    """A console; in a file or a pipe as wide as the matrix needs."""
    return Console(file=file, width=None if file.isatty() else _WIDTH)


def _run(runner: Runner, folder: Path, as_json: bool, accepted: Path | None) -> None:
    settings = runner.settings
    messages, console = _console(sys.stderr), _console(sys.stdout)
    # Trees have no cycles: looking for them in all that stays only costs time.
    gc.freeze()
    # A job that is cancelled ends its software too.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    gc.set_threshold(_COLLECT_AFTER, 50, 100)
    begin = runner.started
    print_plan(begin, messages, settings.lang)
    try:
        summary = _reported(runner, folder, begin.planned, messages)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise RunBroken("RUN-FILE", what, str(folder), "see to the disk, and run again") from None
    finally:
        runner.sut.close()
    if as_json:
        tell_json(_result(summary, folder))
    else:
        print_summary(summary, console, settings.lang, folder / "report.html")
    if accepted:
        accept(summary, accepted)
    raise SystemExit(exit_code(summary))


def _reported(runner: Runner, folder: Path, planned: int, console: Console) -> Summary:
    """Run all cases and write the reports; raises OSError where they cannot be written."""
    journal = Journal(folder / "events.jsonl")
    _journalled(runner.events(), journal, planned, console)
    return write_all(journal, folder, runner.settings.lang)


def _result(summary: Summary, folder: Path) -> dict[str, object]:
    """A run in short, for programs; `results.json` has it all."""
    return {
        "outcome": summary.outcome,
        "exit_code": exit_code(summary),
        "verdicts": summary.verdicts,
        "findings": summary.findings,
        "deviations": [vars(item) for item in summary.deviations],
        "fidelity": summary.fidelity,
        "results": str(folder / "results.json"),
    }
