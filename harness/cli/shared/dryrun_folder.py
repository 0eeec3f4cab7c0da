"""The working folder of a dry-run beside its bundle, from which it can be resumed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from harness.cli.shared.output import new_folder
from harness.cli.shared.resume import refuse_other
from harness.dryrun.manifest import About
from harness.sut.files import scratch
from harness.sut.files.removal import removed
from schemas import outside
from schemas.errors import UsageError

ABOUT, _ABOUT_ASIDE = "about.json", ".about.json.part"
_MOST_ABOUT = 64 * 1024 * 1024


def cleared(folder: Path) -> None:
    """Remove the working folder; it is renamed first, so that it is never half removed."""
    aside = folder.with_name(f".{folder.name}.done")
    removed(aside)
    folder.rename(aside)
    if error := removed(aside):
        scratch.note(aside, error)


def folder_for(out: Path, resume: bool) -> Path:
    """The working folder beside the bundle; raises UsageError if the bundle exists."""
    folder = out.with_name(f"{out.name}.part")
    if os.path.lexists(out) and not (resume and folder.is_dir() and out.is_file()):
        raise UsageError(
            "USE-OVERWRITE", "exists already", str(out), "choose another name or remove it"
        )
    if resume and (folder / ABOUT).is_file():
        return folder
    # The first file of a dry-run, which may have been cut off.
    (folder / _ABOUT_ASIDE).unlink(missing_ok=True)
    try:
        return new_folder(folder)
    except UsageError as error:
        if error.code != "USE-OVERWRITE":
            raise
        do = "go on by --resume with a dry-run that was cut off, or remove it"
        raise UsageError(error.code, "is not empty", str(folder), do) from None


def read_about(path: Path) -> dict[str, object]:
    """Read the parameters of a dry-run; raises UsageError if they are damaged."""
    try:
        return dict(json.loads(outside.read(path, _MOST_ABOUT, follow=False)))
    except (OSError, ValueError, TypeError, RecursionError):
        raise UsageError("USE-RESUME", "damaged", str(path), "remove the folder") from None


def begun(folder: Path, about: About) -> None:
    """Write the parameters of a dry-run, or check them against those of the one begun here."""
    path = folder / ABOUT
    if os.path.lexists(path):
        refuse_other(read_about(path), about.to_json(), path)
        return
    aside = folder / _ABOUT_ASIDE
    with outside.anew(aside) as file:
        file.write(json.dumps(about.to_json()).encode())
    aside.replace(path)
