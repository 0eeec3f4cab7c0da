"""`ikeur bench`: throughput, latency and correctness under load."""

from __future__ import annotations

import gc
from pathlib import Path

import click
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from harness.bench import baseline
from harness.bench.bench import Bench
from harness.bench.settings import DEFAULT_ROUNDS, DEFAULT_SIZES, Settings
from harness.cli.shared.consoles import for_messages, for_results, progress
from harness.cli.shared.options import (
    finite,
    json_option,
    lang_option,
    messages_option,
    seed_option,
)
from harness.cli.shared.output import guarded, tell_json
from harness.cli.shared.report_folder import force_option, report_folder
from harness.cli.shared.resume import claimed_by
from harness.cli.shared.signals import end_as_by_hand
from harness.cli.shared.sut_options import as_given, software, sut_options
from harness.configuration.connect import reach
from harness.configuration.ikeur_toml import SutConfig
from harness.configuration.software import SutOptions, no_software, operations
from harness.running.case_files import FOLDER as CASES
from harness.sut.protocol import CONVERT, OPERATIONS
from reports.bench import console as bench_console
from reports.bench import html as bench_html
from reports.bench import results_json as bench_json
from reports.bench.results import BenchResults
from reports.shared.texts import texts
from schemas.errors import RunBroken, UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType

_DEFAULT_OUT = Path("ikeur-bench")
_MOST_CLIENTS, _MOST_COUNT, _MOST_ROUNDS = 10_000, 100_000, 1000
_MOST_THRESHOLD = 1000.0


def _sizes(_: click.Context, __: click.Parameter, value: str) -> tuple[int, ...]:
    """Parse the numbers of clients."""
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
        raise click.BadParameter("give numbers of clients, separated by commas")
    sizes = tuple(dict.fromkeys(map(int, parts)))
    if not all(1 <= size <= _MOST_CLIENTS for size in sizes):
        raise click.BadParameter(f"a message has from 1 to {_MOST_CLIENTS} clients here")
    return sizes


def _named(text: str) -> tuple[MessageType, ...]:
    """The named message types, which must be convertible."""
    named = tuple(message for message in catalogue().select(text) if message.convertible)
    if not named:
        what = "none of these message types is converted"
        raise UsageError("USE-NOTHING", what, do="choose others")
    return named


def _claimed(named: tuple[MessageType, ...], sut: SutOptions, config: SutConfig) -> frozenset[str]:
    """The names of the types to measure; raises RunBroken if the software claims none of them."""
    claims = operations(sut, config)
    if not claims:
        raise no_software(config, *OPERATIONS)
    names, known = frozenset(message.name for message in named), claimed_by(config)
    claimed = names if known is None else names & known
    unclaimed = CONVERT if CONVERT not in claims else "" if claimed else ", ".join(sorted(names))
    if unclaimed:
        what = f"nothing was tested: the software does not claim {unclaimed}"
        do = "name what it claims, or add to what it claims"
        raise RunBroken("RUN-NOTHING", what, str(config.path), do)
    return claimed


def _again(sut: SutOptions, config: Path | None, settings: Settings) -> str:
    """The command of this bench, without its message types and sizes."""
    count = [f"--count {settings.count}"] if settings.count else []
    own = [f"--seed {settings.seed}", f"--rounds {settings.rounds}", *count]
    return " ".join(["ikeur bench", *as_given(sut, config), *own])


@click.command(
    epilog="Example:  ikeur bench --stream './convert' --compare bench-of-4.2.json --threshold 20",
    short_help="Measure throughput, latency and correctness under load.",
)
@sut_options
@messages_option()
@click.option(
    "--sizes",
    default=",".join(map(str, DEFAULT_SIZES)),
    show_default=True,
    callback=_sizes,
    metavar="CLIENTS",
    help="Comma-separated numbers of clients per message.",
)
@click.option(
    "--count",
    type=click.IntRange(1, _MOST_COUNT),
    help="Messages per type, direction and size in a round.  [default: 20 of one client, "
    "fewer of larger ones]",
)
@click.option(
    "--rounds",
    type=click.IntRange(1, _MOST_ROUNDS),
    default=DEFAULT_ROUNDS,
    show_default=True,
    help="Rounds after the warm-up; growing memory is reported from 3 rounds.",
)
@seed_option
@click.option(
    "--compare",
    "compared",
    type=click.Path(path_type=Path),
    metavar="BASELINE.json",
    help="bench.json of an earlier bench; worse results fail.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, _MOST_THRESHOLD),
    callback=finite,
    default=20.0,
    show_default=True,
    metavar="PERCENT",
    help="How much worse than the baseline is still accepted.",
)
@lang_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="New or empty folder for the reports.  [default: ikeur-bench, numbered]",
)
@force_option
@json_option
@guarded
def bench(
    sut: SutOptions,
    config: Path | None,
    messages: str,
    sizes: tuple[int, ...],
    count: int | None,
    rounds: int,
    seed: int,
    compared: Path | None,
    threshold: float,
    lang: str,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Measure throughput, latency, memory and processor time, and check every answer.

    The reference converter and the anchor (lxml parsing and validating the same 2.1 messages) are
    measured alternately in the same rounds, so that the ratios are meaningful on a busy machine.
    Latency is measured one message at a time, throughput with up to 64 messages in flight (a
    server too; a command: up to 8 processes). `--reference` measures the converter that
    comes with ikeur.

    Exit code 1: an answer was wrong under load, or a result is worse than the baseline by more than
    the threshold.
    """
    known = software(sut, config, lang)
    named = _named(messages)
    claimed = _claimed(named, sut, known)
    chosen = tuple(message for message in named if message.name in claimed)
    settings = Settings(chosen, sizes, rounds, count or 0, seed, lang)
    before = baseline.load(compared) if compared else None
    if before:
        baseline.check(before, (message.name for message in chosen), sizes)
    reached = reach(sut, known)
    others = (CASES, bench_html.NAME)
    folder = report_folder(out, _DEFAULT_OUT, force=force, mark=bench_json.NAME, others=others)
    again = _again(sut, config, settings)
    try:
        unclaimed = tuple(message.name for message in named if message.name not in claimed)
        plan = (settings, reached, folder, again, known.deviations, before, threshold, unclaimed)
        results = _run(Bench(*plan))
        _write(results, folder, lang)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise RunBroken("RUN-FILE", what, str(folder), "see to the disk, and run again") from None
    finally:
        reached.close()
    if as_json:
        tell_json(bench_json.short(results, folder))
    else:
        bench_console.print_results(results, for_results(), lang, folder / "bench.html")
    raise SystemExit(results.exit_code)


def _run(bench: Bench) -> BenchResults:
    """Run the bench; a terminal shows progress and an estimate."""
    # Trees have no cycles, so collecting often is wasted time.
    gc.freeze()
    end_as_by_hand()
    console = for_messages()
    bench_console.print_plan(bench.started, console, bench.settings.lang)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with progress(console, *columns) as shown:
        task = shown.add_task(texts(bench.settings.lang)("progress.bench"), total=None)
        return bench.run(
            lambda work: shown.update(task, total=work),
            lambda done: shown.advance(task, done),
        )


def _write(results: BenchResults, folder: Path, lang: str) -> None:
    bench_json.write(results, folder)
    bench_html.write(results, folder, lang)
