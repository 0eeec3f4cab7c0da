"""`ikeur pairs`: audits a mailbox against a switch of releases."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
from rich.progress import MofNCompleteColumn, TextColumn, TimeElapsedColumn

from harness.cli.shared.consoles import for_messages, for_results, progress
from harness.cli.shared.options import block_on_option, existing, json_option, lang_option
from harness.cli.shared.output import guarded, tell_pieces
from harness.cli.shared.report_folder import force_option, report_folder
from harness.cli.shared.signals import end_as_by_hand
from harness.mailbox.audit import MailboxAudit
from harness.mailbox.deadlines import Deadlines
from harness.mailbox.index import index
from reports.pairs import csv_files as pairs_csv
from reports.pairs import html as pairs_html
from reports.pairs import results_json as pairs_json
from reports.pairs.console import print_audit
from reports.pairs.write import write_all
from reports.shared.texts import texts
from schemas.errors import RunBroken, UsageError
from schemas.switch import overrides

_OTHERS = (pairs_csv.NAME, pairs_csv.PARTNERS, pairs_html.NAME)
_SWITCH = re.compile(r"(\d+\.\d+)-(\d+\.\d+)", re.ASCII)


def _switch(_: click.Context, __: click.Parameter, value: str) -> tuple[str, str]:
    """Parse the two releases of a switch."""
    match = _SWITCH.fullmatch(value)
    if match is None:
        raise click.BadParameter("give two releases, such as 2.0-2.1")
    return match[1], match[2]


@click.command(
    epilog="Example:  ikeur pairs mailbox/ --manifest times.csv --out audit",
    short_help="Audit a mailbox: open pairs, broken pairs, missed deadlines.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--switch",
    "releases",
    default="2.0-2.1",
    show_default=True,
    callback=_switch,
    metavar="OLD-NEW",
    help="Release switch whose deadlines apply.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with the times of sending and reading; columns: file, sent, read.",
)
@click.option(
    "--overrides",
    "moved",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with agreed deadlines; columns: partner, deadline, moment, reason.",
)
@click.option("--out", type=click.Path(path_type=Path), help="New or empty folder for the reports.")
@force_option
@block_on_option
@lang_option
@json_option
@guarded
def pairs(
    folder: Path,
    releases: tuple[str, str],
    manifest: Path | None,
    moved: Path | None,
    out: Path | None,
    force: bool,
    block_on: str,
    lang: str,
    as_json: bool,
) -> None:
    """Audit the EI and XML files in DIR, including subfolders and zips; no file is changed.

    Heenberichten and return messages are paired by type, parties and identification. The audit
    reports, per partner and with advice: heenberichten without an answer, or answered twice, in
    another release or before they were sent; answers without a heenbericht; missed deadlines, by
    the date of a message or by --manifest; and unreadable files. --out writes pairs.html,
    pairs.json, pairs.csv and partners.csv.

    Exit code 0: no problems. 1: one or more problems.
    """
    deadlines = Deadlines(*releases, overrides.load(moved) if moved else ())
    if not existing(folder).is_dir():
        raise UsageError("USE-FOLDER", "is no folder", str(folder), "name the folder of a mailbox")
    if force and out is None:
        raise UsageError("USE-OUT", "--force without a folder", do="give --out DIR")
    reports = _reports(out, folder, force) if out else None
    # A cancelled audit must remove its index.
    end_as_by_hand()
    with index() as opened:
        audit = MailboxAudit(folder, opened, deadlines, manifest, block_on)
        _run(audit, lang)
        if reports:
            _write(audit, reports, lang)
        if as_json:
            tell_pieces(pairs_json.pieces(audit))
        else:
            print_audit(audit, for_results(), lang, str(reports) if reports else "")
        raise SystemExit(audit.summary.exit_code)


def _reports(out: Path, mailbox: Path, force: bool) -> Path:
    """The folder for the reports, which must be outside the mailbox, as that never changes."""
    # Unlike `Path.resolve` this accepts a link to itself, which is reported below.
    there, inside = (Path(os.path.realpath(path)) for path in (out, mailbox))
    if there.is_relative_to(inside):
        do = "choose a folder outside of it"
        raise UsageError("USE-FOLDER", "lies in the mailbox", str(out), do)
    return report_folder(out, out, force=force, mark=pairs_json.NAME, others=_OTHERS)


def _run(audit: MailboxAudit, lang: str) -> None:
    """Run the audit; a terminal shows progress."""
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with progress(for_messages(), *columns) as shown:
        task = shown.add_task(texts(lang)("progress.files"), total=None)
        audit.run(lambda count: shown.advance(task, count))


def _write(audit: MailboxAudit, folder: Path, lang: str) -> None:
    try:
        write_all(audit, folder, lang)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise RunBroken("RUN-FILE", what, str(folder), "see to the disk, and run again") from None
