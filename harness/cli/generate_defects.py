"""The output of `ikeur generate --defects`: messages with a known defect, and a manifest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.cli.shared.output import write_new
from harness.defects.all_defects import NotMade, defects_of
from harness.defects.manifest import CLEAN, FOLDER, as_csv, as_json, entry, files
from harness.version import version
from schemas.facts.message_types import MessageType


def write_defects(
    folder: Path, messages: Sequence[MessageType], releases: Sequence[str], seed: int
) -> tuple[int, int]:
    """Write them to a folder; returns the number made, and of those that a type does not allow."""
    entries: list[dict[str, Any]] = []
    left_out: list[NotMade] = []
    for name in (FOLDER, CLEAN):
        (folder / name).mkdir()
    for message in messages:
        for made in defects_of(message, releases, seed):
            if isinstance(made, NotMade):
                left_out.append(made)
                continue
            for name, data in files(made, seed):
                (folder / name).parent.mkdir(exist_ok=True)
                write_new(folder / name, data)
            entries.append(entry(made, seed))
    manifest = as_json(version(), seed, releases, entries, left_out)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_new(folder / "manifest.json", text.encode())
    write_new(folder / "manifest.csv", as_csv(entries).encode())
    return len(entries), len(left_out)
