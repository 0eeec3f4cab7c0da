"""`ikeur run --accept-current`: where the declarations of a first run go."""

from __future__ import annotations

import os
from pathlib import Path

from harness.cli.shared.output import say, write_new
from harness.configuration.accept_current import document, software, tables
from harness.configuration.ikeur_toml import NAME, SutConfig
from harness.configuration.software import SutOptions
from harness.configuration.toml_file import MOST_BYTES
from reports.run.summary import Summary
from reports.shared.texts import texts
from schemas.errors import UsageError

_ASIDE = "ikeur.deviations.toml"


def place_for(config: SutConfig) -> Path:
    """The path of a new file: the configuration itself, or one beside it.

    Raises UsageError if it cannot be written, before anything runs.
    """
    path = config.path.with_name(_ASIDE) if config.path else Path(NAME)
    if os.path.lexists(path):
        raise UsageError(
            "USE-OVERWRITE", "exists already", str(path), "move its tables to the configuration"
        )
    if not os.access(path.parent, os.W_OK):
        raise UsageError("USE-FOLDER", "cannot be written to", str(path.parent), "check its rights")
    return path


def accept(summary: Summary, path: Path, options: SutOptions, lang: str) -> None:
    """Write the failures of a run as declared deviations, and print what to do with them.

    A new configuration also gets the software of the command line, or it would name nothing to
    test.
    """
    found = tables(summary.symptoms, summary.started.day)
    t = texts(lang)
    data = document(found, software(options) if path.name == NAME else ())
    if not found:
        told = t("accept.none")
    elif len(data) > MOST_BYTES or summary.beyond:
        told = t("accept.too_many")
    else:
        write_new(path, data)
        key = "accept.written" if path.name == NAME else "accept.aside"
        told = t.count(key, len(found), path=path, file=NAME)
    say(f"ikeur: --accept-current: {told}")
