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
    (found,) = validated_set(path)
    return found


def validated_set(path: Path) -> list[Json]:
    """What it says of each message of a folder, in the order in which they were judged."""
    words = ["validate", "--rules", "--json", str(path)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    return [dict(found) for found in json.loads(result.stdout)]


def told(findings: list[Json], release: str) -> list[tuple[object, ...]]:
    """The findings in order, each with its address in the release of the message."""
    place = "ei" if release == "2.0" else "xml"
    names = ("code", "rule", "retour", "evidence", place)
    return sorted((tuple(str(item[name]) for name in names) for item in findings), key=str)


def disagreements(out: Path, manifest: Json) -> Iterator[str]:
    """The files in which something else is found than the manifest says, or in the clean ones."""
    for item in manifest["defects"]:
        release = item["release"]
        *before, found = _judged(out, item, "file")
        if told(found["findings"], release) != told(item["findings"], release):
            yield f"{item['file']}: {found['findings']}"
        for one in (*before, *_judged(out, item, "clean")):
            if one["findings"] or not one["rules_judged"]:
                yield f"{one['file']}: {one['findings']}"


def _judged(out: Path, item: Json, which: str) -> list[Json]:
    """What is said of a message, or of each of the set that it is the last of."""
    path = out / item[which]
    if not item["earlier"]:
        return [validated(path)]
    found = validated_set(path.parent)
    names = [Path(name).name for name in (*item["earlier"], item["file"])]
    assert [Path(one["file"]).name for one in found] == names, path
    return found
