"""`ikeur run`: tests software and writes the reports."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.accept_current import place_for
from harness.cli.shared.options import (
    block_on_option,
    count_option,
    json_option,
    lang_option,
    messages_option,
    schema_set,
    seed_option,
    spec_pack_option,
    workers_option,
)
from harness.cli.shared.output import guarded, last_folder
from harness.cli.shared.report_folder import force_option, report_folder
from harness.cli.shared.resume import JOURNAL, claimed_by, dispatch_of, resumed
from harness.cli.shared.run_session import carry_out
from harness.cli.shared.scope import scope_of, scope_of_cases
from harness.cli.shared.sut_options import software, sut_options
from harness.configuration.connect import SutOptions, reach_all
from harness.configuration.ikeur_toml import NAME
from harness.running.case_files import FOLDER as CASES
from harness.running.runner import Runner
from harness.running.settings import DEFAULT_COUNT, Settings
from harness.suites.registry import named_suites
from reports.run.registry import REPORTS
from schemas.errors import UsageError

_DEFAULT_OUT = Path("ikeur-report")


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
    help=f"Comma-separated suites, or all: {', '.join(named_suites())}.",
)
@messages_option()
@count_option(
    DEFAULT_COUNT,
    f"Cases per message type, direction and suite; {DEFAULT_COUNT} cover every kind of refusal.",
)
@seed_option
@block_on_option
@spec_pack_option
@lang_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="New or empty folder for the reports.  [default: ikeur-report, numbered]",
)
@force_option
@workers_option
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Address of a Dask scheduler to run on; needs ikeur[cluster].",
)
@click.option(
    "--quick",
    is_flag=True,
    help="Skip the field sweep of the suite `refuse`.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Resume the interrupted run in --out, by default the latest one here.",
)
@click.option(
    "--case",
    "ids",
    multiple=True,
    metavar="ID",
    help="Ask only this case; may be given more than once. `ikeur cases` lists the ids.",
)
@click.option(
    "--accept-current",
    is_flag=True,
    help=f"Declare all failures as deviations in a new {NAME}, or beside an existing one.",
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
    force: bool,
    workers: int | None,
    cluster: str | None,
    quick: bool,
    resume: bool,
    ids: tuple[str, ...],
    accept_current: bool,
    as_json: bool,
) -> None:
    """Run the suites against a system under test and write the reports.

    The software can also be configured in ikeur.toml. `--reference` tests the software that comes
    with ikeur.
    """
    known = software(sut, config, lang)
    claimed = claimed_by(known)
    schema_set(spec_pack)
    scope = scope_of_cases(ids) if ids else scope_of(suite, messages, count, seed)
    if resume and force:
        raise UsageError("USE-RESUME", "--resume and --force at once", do="give one of them")
    if cluster is not None and (workers or 1) > 1:
        raise UsageError("USE-WORKERS", "--workers and --cluster at once", do="give one of them")
    accepted = place_for(known) if accept_current else None
    reached = reach_all(sut, known)
    folder = _folder(out, resume, force)
    settings = Settings(
        messages=scope.messages,
        suites=scope.suites,
        count=scope.count,
        seed=scope.seed,
        chosen=scope.cases,
        block_on=block_on,
        lang=lang,
        claimed=claimed,
        spec_pack=spec_pack,
        options=sut,
        config=known,
        out=folder,
        quick=quick,
    )
    runner = Runner(settings, reached)
    kept = resumed(runner, folder / JOURNAL) if resume else 0
    dispatch = dispatch_of(runner, workers, cluster)
    carry_out(runner, folder / JOURNAL, kept, dispatch, as_json, accepted)


def _folder(out: Path | None, resume: bool, force: bool) -> Path:
    """The folder for the reports: a new or replaced one, or that of the run to resume."""
    if resume and out and (out / JOURNAL).is_file():
        return out
    if resume and not out and (last := last_folder(_DEFAULT_OUT)) and (last / JOURNAL).is_file():
        return last
    others = (CASES, *REPORTS)
    return report_folder(out, _DEFAULT_OUT, force=force, mark=JOURNAL, others=others)
