"""The schemas of the files in a bundle; every file is checked before use."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import reports
from harness.dryrun.json_shape import Shape

_HERE = Path(__file__).parent
_RESULTS = Path(reports.__file__).parent


@cache
def manifest() -> Shape:
    """The schema of the manifest."""
    return Shape(_schema(_HERE / "manifest.schema.json"))


@cache
def any_manifest() -> Shape:
    """What the manifests of all formats share: the format, and the version that wrote it."""
    version = _schema(_HERE / "manifest.schema.json")["$defs"]["about"]["properties"]["ikeur"]
    number = {"type": "string", "pattern": "^ikeur bundle [1-9][0-9]{0,3}$"}
    about = {"type": "object", "required": ["ikeur"], "properties": {"ikeur": version}}
    return Shape(
        {
            "type": "object",
            "required": ["format", "about"],
            "properties": {"format": number, "about": {**about, "additionalProperties": {}}},
            "additionalProperties": {},
        }
    )


@cache
def answers() -> Shape:
    """The schema of a line of kept answers."""
    return Shape(_schema(_HERE / "answers.schema.json"))


@cache
def evidence() -> Shape:
    """The schema of a line of the evidence file."""
    text, kept = {"type": "string"}, _schema(_HERE / "answers.schema.json")
    parts = {"case": text, "asked": text, "answered": text}
    kept_or_not = {"oneOf": [{"type": "null"}, {k: v for k, v in kept.items() if k != "$defs"}]}
    return Shape(
        {
            "type": "object",
            "required": [*parts, "kept"],
            "properties": {**parts, "kept": kept_or_not},
            "additionalProperties": False,
            "$defs": kept["$defs"],
        }
    )


@cache
def verdicts() -> Shape:
    """The schema of a row in the table of verdicts, by column."""
    return Shape(_schema(_HERE / "verdicts.schema.json"))


@cache
def results(part: str) -> Shape:
    """The schema of a part of the results: their `head`, a `case`, or their `end`."""
    whole = _schema(_RESULTS / "results.schema.json")
    if part != "head":
        return Shape({"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]})
    head = {name: item for name, item in whole["properties"].items() if name not in _BEHIND_HEAD}
    return Shape({**whole, "properties": head, "required": list(head)})


_BEHIND_HEAD = ("cases", "end")


def _schema(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_bytes()))
