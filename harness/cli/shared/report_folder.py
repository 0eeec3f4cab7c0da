"""The folder for the reports of a command: a new one, or with --force that of an earlier report."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from harness.cli.shared.options import Decorator
from harness.cli.shared.output import free_folder, new_folder
from harness.sut.files.removal import removed
from reports.shared.wording import some
from schemas.errors import UsageError

force_option: Decorator = click.option(
    "--force", is_flag=True, help="Replace the earlier report in the folder for the reports."
)


def report_folder(
    out: Path | None, default: Path, *, force: bool, mark: str, others: Collection[str]
) -> Path:
    """A folder to write reports to; by default the first free one of a numbered series.

    `force` empties a folder that holds a report, by its file `mark`, and nothing but that and
    `others`. Raises UsageError for a folder that cannot be used.
    """
    if force:
        return new_folder(_emptied(out or default, mark, others))
    return new_folder(out) if out else free_folder(default)


def _emptied(path: Path, mark: str, others: Collection[str]) -> Path:
    found = {item.name for item in path.iterdir()} if path.is_dir() else set()
    own = {mark, *others}
    own |= {f".{name}.part" for name in own}
    if found and (mark not in found or found - own):
        what = f"holds more than a report: {some(sorted(found - own))}"
        what = what if mark in found else f"holds no report with {mark}"
        raise UsageError("USE-OVERWRITE", what, str(path), "choose another folder, or empty it")
    # The mark goes last, so that a folder that was half emptied can be emptied again.
    for name in sorted(found, key=lambda name: name == mark):
        if error := removed(path / name):
            what = f"cannot be emptied: {error.strerror}"
            raise UsageError("USE-FOLDER", what, str(path), "check its rights")
    return path
