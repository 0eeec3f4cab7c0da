"""`ikeur verify`: verifies a bundle."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.options import existing, json_option, lang_option
from harness.cli.shared.output import BROKEN, PASS, RED, guarded, say, tell, tell_json
from harness.dryrun import keys
from harness.dryrun.verify.bundle import check
from harness.version import version
from reports.shared.texts import texts
from schemas.errors import UsageError


@click.command(
    epilog="Example:  ikeur verify bundle.zip --key vendor.pem.pub",
    short_help="Verify the bundle of a dry-run.",
)
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--key", type=click.Path(path_type=Path), help="Public key that the bundle must be signed with."
)
@click.option(
    "--require-signature",
    is_flag=True,
    help="Fail if the bundle is not signed; --key says by whom it must be signed.",
)
@lang_option
@json_option
@guarded
def verify(
    bundle: Path, key: Path | None, require_signature: bool, lang: str, as_json: bool
) -> None:
    """Verify, offline, the evidence that `ikeur dryrun` packed in BUNDLE.

    Every hash is recomputed, every verdict with saved answers is derived again, and the signature
    is checked. Exit code 0: the bundle is valid, whatever its verdicts. 1: it is not valid. 3: it
    was made with another version of ikeur or other tables, and only that version can judge it.
    """
    expected = keys.public_key(key) if key else None
    if existing(bundle).is_dir():
        raise UsageError("USE-FILE", "a folder", str(bundle), "name the zip file")
    outcome = check(bundle, expected, lang, needs_signature=require_signature)
    if as_json:
        tell_json(outcome.to_json())
    else:
        tell(outcome.line(lang, version()))
        for fault in outcome.faults:
            say(f"ikeur: {fault.said(texts(lang))}")
    if outcome.faults:
        raise SystemExit(RED)
    raise SystemExit(PASS if outcome.stands else BROKEN)
