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


def file_names(defective: DefectiveMessage, seed: int) -> list[str]:
    """The file name, which has the message type, the rule or finding, and the defect.

    A sequence is a folder with its messages, of which the last has the defect.
    """
    broken = defective.rule or finding_name(defective.findings[0])
    suffix = SUFFIX[defective.release]
    name = f"{defective.message.name}-s{seed}-{broken}-{defective.defect}"
    if not defective.earlier:
        return [f"{name}{suffix}"]
    types = [*(kind for kind, _ in defective.earlier), defective.message]
    files = enumerate((kind.name for kind in types), 1)
    return [f"{name}-{defective.release}/{number}-{kind}{suffix}" for number, kind in files]


def _finding(fault: Fault) -> dict[str, Any]:
    parts = asdict(fault)
    return {
        name: parts[name]
        for name in ("code", "rule", "retour", "evidence", "expected", "actual", "ei", "xml")
    }


def _what(defective: DefectiveMessage) -> dict[str, str]:
    """The meaning of a defect, by language."""
    if defective.rule:
        return dict(own_tables().rules[defective.rule].meaning)
    found = {(facet.name, facet.release): facet.what for facet in facets()}
    return found[defective.defect, defective.release]


def entry(defective: DefectiveMessage, seed: int) -> dict[str, Any]:
    """A defective message as a JSON object."""
    *earlier, name = file_names(defective, seed)
    codes = [code for fault in defective.findings for code in fault.retour.split("|") if code]
    return {
        "file": f"{FOLDER}/{name}",
        "clean": f"{CLEAN}/{name}",
        "earlier": [f"{FOLDER}/{one}" for one in earlier],
        "defect": defective.defect,
        "rule": defective.rule,
        "what": _what(defective),
        "message": defective.message.name,
        "release": defective.release,
        "index": defective.index,
        "findings": [_finding(fault) for fault in defective.findings],
        "return_codes": codes,
    }


def files(defective: DefectiveMessage, seed: int) -> Iterator[tuple[str, bytes]]:
    """The files to write: the defective and the clean message, each after its predecessors."""
    names = file_names(defective, seed)
    earlier = [data for _, data in defective.earlier]
    for folder, last in ((FOLDER, defective.data), (CLEAN, defective.clean)):
        for name, data in zip(names, [*earlier, last], strict=True):
            yield f"{folder}/{name}", data


def as_json(
    version: str, seed: int, releases: Sequence[str], entries: Iterable[dict[str, Any]],
    left_out: Iterable[NotMade],
) -> dict[str, Any]:  # fmt: skip
    """The whole manifest as a JSON object."""
    return {
        "version": version,
        "seed": seed,
        "releases": list(releases),
        "defects": list(entries),
        "not_made": [asdict(item) for item in left_out],
    }


def as_csv(entries: Iterable[dict[str, Any]]) -> str:
    """The manifest as CSV: a row per message, with the address of its first finding."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for item in entries:
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
