"""`ikeur verify`: whether a bundle stands."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.options import existing, json_option, lang_option
from harness.cli.output import PASS, RED, guarded, say, tell, tell_json
from harness.dryrun import keys
from harness.dryrun.checks import check
from harness.version import version
from schemas.errors import UsageError


@click.command(
    epilog="Example:  ikeur verify bundle.zip --key vendor.pem.pub",
    short_help="Does the evidence of a dry-run stand?",
)
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--key", type=click.Path(path_type=Path), help="The public key that it must be signed with."
)
@lang_option
@json_option
@guarded
def verify(bundle: Path, key: Path | None, lang: str, as_json: bool) -> None:
    """Check the evidence that `ikeur dryrun` packed in BUNDLE, offline.

    Every hash is made again, every verdict of which the answers are kept is derived again, and the
    signature is checked. Exit code 0: the bundle stands, whatever its verdicts are. 1: it does not.
    """
    expected = keys.public_key(key) if key else None
    if existing(bundle).is_dir():
        raise UsageError("USE-FILE", "a folder", str(bundle), "name the zip file")
    outcome = check(bundle, expected, lang)
    if as_json:
        tell_json(outcome.to_json())
    else:
        tell(outcome.line(lang, version()))
        for fault in outcome.faults:
            say(f"ikeur: {fault}")
    raise SystemExit(PASS if outcome.stands else RED)
