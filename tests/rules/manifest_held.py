"""A manifest of messages with a defect, held against what `ikeur validate --rules` says of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from harness.cli import main

Json = dict[str, Any]


def generated(out: Path, *options: str) -> Json:
    """What `ikeur generate --defects` wrote: its manifest."""
    words = ["generate", "--defects", "--count", "1", *options, "--out", str(out)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    manifest: Json = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def validated(path: Path) -> Json:
    """What `ikeur validate --rules --json` says of a message by itself."""
    words = ["validate", "--rules", "--json", str(path)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    (found,) = json.loads(result.stdout)
    return dict(found)


def told(findings: list[Json], release: str) -> list[tuple[object, ...]]:
    """The findings in order, each with its address in the release of the message."""
    place = "ei" if release == "2.0" else "xml"
    names = ("code", "rule", "retour", "evidence", place)
    return sorted((tuple(str(item[name]) for name in names) for item in findings), key=str)


def disagreements(out: Path, manifest: Json) -> Iterator[str]:
    """The files in which something else is found than the manifest says, or in the clean ones."""
    for item in manifest["defects"]:
        release = item["release"]
        found = validated(out / item["file"])["findings"]
        if told(found, release) != told(item["findings"], release):
            yield f"{item['file']}: {[(f['code'], f['rule'], f['where']) for f in found]}"
        clean = validated(out / item["clean"])
        if clean["findings"] or not clean["rules_judged"]:
            yield f"{item['clean']}: {clean['findings']}"
