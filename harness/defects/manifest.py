"""The manifest of defective messages: what each is, and what must be found in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from harness.defects.all_defects import NotMade
from harness.defects.defect import DefectiveMessage, finding_name
from harness.defects.of_facets import facets
from harness.sut.files.suffix import SUFFIX
from schemas.message.fault import Fault
from schemas.rules.tables import own_tables

FOLDER, CLEAN = "defects", "clean"
_COLUMNS = (
    "file",
    "clean",
    "earlier",
    "defect",
    "rule",
    "message",
    "release",
    "findings",
    "return codes",
    "record number",
    "field",
    "first column",
    "last column",
    "path",
    "line",
)


def file_names(made: DefectiveMessage, seed: int) -> list[str]:
    """The file name, which has the message type, the rule or finding, and the defect.

    A sequence is a folder with its messages, of which the last has the defect.
    """
    broken, suffix = made.rule or finding_name(made.findings[0]), SUFFIX[made.release]
    name = f"{made.message.name}-s{seed}-{broken}-{made.defect}"
    if not made.earlier:
        return [f"{name}{suffix}"]
    types = [*(kind for kind, _ in made.earlier), made.message]
    files = enumerate((kind.name for kind in types), 1)
    return [f"{name}-{made.release}/{number}-{kind}{suffix}" for number, kind in files]


def _finding(fault: Fault) -> dict[str, Any]:
    parts = asdict(fault)
    return {
        name: parts[name]
        for name in ("code", "rule", "retour", "evidence", "expected", "actual", "ei", "xml")
    }


def _what(made: DefectiveMessage) -> dict[str, str]:
    """The meaning of a defect, by language."""
    if made.rule:
        return dict(own_tables().rules[made.rule].meaning)
    found = {(facet.name, facet.release): facet.what for facet in facets()}
    return found[made.defect, made.release]


def entry(made: DefectiveMessage, seed: int) -> dict[str, Any]:
    """A defective message as a JSON object."""
    *earlier, name = file_names(made, seed)
    codes = [code for fault in made.findings for code in fault.retour.split("|") if code]
    return {
        "file": f"{FOLDER}/{name}",
        "clean": f"{CLEAN}/{name}",
        "earlier": [f"{FOLDER}/{one}" for one in earlier],
        "defect": made.defect,
        "rule": made.rule,
        "what": _what(made),
        "message": made.message.name,
        "release": made.release,
        "index": made.index,
        "findings": [_finding(fault) for fault in made.findings],
        "return_codes": codes,
    }


def files(made: DefectiveMessage, seed: int) -> Iterator[tuple[str, bytes]]:
    """The files to write: the defective and the clean message, each after its predecessors."""
    names = file_names(made, seed)
    earlier = [data for _, data in made.earlier]
    for folder, last in ((FOLDER, made.data), (CLEAN, made.clean)):
        for name, data in zip(names, [*earlier, last], strict=True):
            yield f"{folder}/{name}", data


def as_json(
    version: str, seed: int, releases: Sequence[str], made: Iterable[dict[str, Any]],
    left_out: Iterable[NotMade],
) -> dict[str, Any]:  # fmt: skip
    """The whole manifest as a JSON object."""
    return {
        "version": version,
        "seed": seed,
        "releases": list(releases),
        "defects": list(made),
        "not_made": [asdict(item) for item in left_out],
    }


def as_csv(made: Iterable[dict[str, Any]]) -> str:
    """The manifest as CSV: a row per message, with the address of its first finding."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for item in made:
        first = next((f for f in item["findings"] if f["rule"]), item["findings"][0])
        ei, xml = (first["ei"] or {}, {}) if item["release"] == "2.0" else ({}, first["xml"] or {})
        table.writerow(
            [
                *(item[name] for name in ("file", "clean")),
                " ".join(item["earlier"]),
                *(item[name] for name in ("defect", "rule", "message", "release")),
                " ".join(f"{f['code']} {f['rule']}".strip() for f in item["findings"]),
                " ".join(item["return_codes"]),
                *(ei.get(name, "") for name in ("number",)),
                f"{ei.get('record', '')} {ei.get('field', '')}".strip(),
                *(ei.get(name) or "" for name in ("start", "end")),
                *(xml.get(name) or "" for name in ("path", "line")),
            ]
        )
    return text.getvalue()
