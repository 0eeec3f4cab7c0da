"""`ikeur dryrun`: the certification dry-run and its evidence."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.cli.shared.consoles import for_results
from harness.cli.shared.dryrun_folder import ABOUT, begun, cleared, folder_for, read_about
from harness.cli.shared.options import json_option, lang_option, seed_option, workers_option
from harness.cli.shared.output import guarded, on_one_line, tell, tell_json
from harness.cli.shared.resume import JOURNAL, claimed_by, dispatch_of, resumed
from harness.cli.shared.run_session import carried_out, result_of
from harness.cli.shared.sut_options import software, sut_options
from harness.configuration.connect import SutOptions, reach_all
from harness.dryrun import keys
from harness.dryrun import record_run as evidence
from harness.dryrun.manifest import About
from harness.dryrun.pack_bundle import pack
from harness.dryrun.profiles import Profile, profiles
from harness.dryrun.record_run import Evidence
from harness.running.runner import Runner
from harness.running.settings import Settings
from reports.dryrun import bundle_text as bundle
from reports.events.journal import read
from reports.run.console import print_summary
from reports.run.html import NAME as PAGE
from reports.run.summary import Summary, exit_code
from schemas import outside
from schemas.errors import RunBroken, UsageError
from schemas.facts.catalogue import catalogue


@click.command(
    epilog="Example:  ikeur dryrun --stream './convert' --profile quick --out bundle.zip",
    short_help="Run the certification dry-run and pack the evidence.",
)
@sut_options
@click.option(
    "--profile",
    type=click.Choice(list(profiles())),
    default="quick",
    show_default=True,
    help="Scope: quick to start with, certification before go-live.",
)
@seed_option
@click.option("--out", type=click.Path(path_type=Path), help="New zip file for the bundle.")
@click.option("--key", type=click.Path(path_type=Path), help="Private key to sign with.")
@click.option(
    "--new-key",
    type=click.Path(path_type=Path),
    help="Only create a key pair: the private key in this file, the public key in FILE.pub.",
)
@workers_option
@click.option("--resume", is_flag=True, help="Resume an interrupted dry-run.")
@lang_option
@json_option
@guarded
def dryrun(
    sut: SutOptions,
    config: Path | None,
    profile: str,
    seed: int,
    out: Path | None,
    key: Path | None,
    new_key: Path | None,
    workers: int | None,
    resume: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Run all suites of a profile and pack the results as evidence, signed if a key is given.

    `ikeur verify` verifies a bundle offline. Exit codes are those of `ikeur run`. The bundle is
    written whatever the verdicts, unless the run could not be completed or tested nothing.
    """
    if new_key:
        made = keys.fingerprint(keys.make(new_key))
        tell_json({"key": str(new_key), "fingerprint": made}) if as_json else tell(made)
        return
    if out is None:
        raise UsageError("USE-OPTION", "no --out", do="name the bundle: --out BUNDLE.zip")
    signer = keys.private_key(key) if key else None
    known = software(sut, config, lang)
    chosen = profiles()[profile]
    reached = reach_all(sut, known)
    folder = folder_for(out, resume)
    settings = Settings(
        messages=tuple(catalogue().messages),
        suites=chosen.suites,
        count=chosen.count,
        seed=seed,
        lang=lang,
        claimed=claimed_by(known),
        options=sut,
        config=known,
        out=folder,
        kept_one_in=chosen.kept_one_in,
        quick=chosen.quick,
    )
    summary = _carried_out(Runner(settings, reached), chosen, workers)
    if is_evidence(summary):
        _packed(folder, summary, About.of(chosen, settings), signer).replace(out)
    if summary.finished.completed:
        cleared(folder)
    _tell(summary, out, folder, signer, lang, as_json)
    raise SystemExit(exit_code(summary))


def is_evidence(summary: Summary) -> bool:
    """Whether a dry-run gets a bundle: it was completed, and tested something."""
    return summary.outcome not in ("broken", "empty")


def _tell(
    summary: Summary,
    out: Path,
    folder: Path,
    key: Ed25519PrivateKey | None,
    lang: str,
    as_json: bool,
) -> None:
    """Print the outcome, and the bundle if there is one."""
    signer = keys.fingerprint(key.public_key()) if key else None
    made: dict[str, str | None] = {"bundle": None}
    lines: list[str] = []
    if is_evidence(summary):
        with outside.opened(out) as file:
            digest = file_digest(file, "sha256").hexdigest()
        made = {"bundle": str(out), "sha256": digest, "signer": signer}
        lines = bundle.packed(on_one_line(str(out)), digest, signer, lang)
    if as_json:
        tell_json(result_of(summary) | made)
        return
    report = None if summary.finished.completed else folder / PAGE
    print_summary(summary, for_results(), lang, report)
    for line in lines:
        tell(line)


def _carried_out(runner: Runner, profile: Profile, workers: int | None) -> Summary:
    """Run the dry-run, or resume it."""
    folder = runner.settings.out
    about = About.of(profile, runner.settings)
    begun(folder, about)
    kept = resumed(runner, folder / JOURNAL)
    written = Evidence(folder / evidence.NAME, runner)
    try:
        dispatch = dispatch_of(runner, workers) or runner.here
        return carried_out(runner, folder / JOURNAL, kept, written.of(dispatch))
    finally:
        written.close()


def _packed(folder: Path, summary: Summary, about: About, key: Ed25519PrivateKey | None) -> Path:
    """Pack the bundle, if the software is unchanged since the start of the dry-run."""
    if about.to_json() != read_about(folder / ABOUT):
        raise RunBroken(
            "RUN-CHANGED", "the software was changed while it was tested", str(folder),
            "remove the folder, and run again",
        )  # fmt: skip
    return pack(folder, lambda: read(folder / JOURNAL), summary, about, key)
