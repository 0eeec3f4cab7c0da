"""`results.json`: all results, for programs; `results.schema.json` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from reports.events.events import FIDELITY, CaseFinished, case_json
from reports.run.report import Cases, FinishedRun, Report

NAME = "results.json"
FORMAT_VERSION = 1
# Once for all cases, as `json.dumps` makes an encoder for each.
_text = json.JSONEncoder(ensure_ascii=False).encode


def write(run: FinishedRun, file: TextIO, _lang: str) -> Cases:
    """Write `results.json` case by case, in the order in which they finished."""
    summary = run.summary
    head = {
        "format_version": FORMAT_VERSION,
        "run": asdict(summary.started),
        "verdicts": summary.verdicts,
        "findings": summary.findings,
        "fidelity": summary.fidelity,
        "fields": [vars(item) for item in summary.fields],
        "deviations": [vars(item) for item in summary.deviations],
    }
    file.write("{\n")
    for name, value in head.items():
        file.write(f"{_text(name)}: {_text(value)},\n")
    file.write('"cases": [')
    mark = "\n"
    while (case := (yield)) is not None:
        file.write(mark + _text(_case(case)))
        mark = ",\n"
    file.write(f'\n],\n"end": {_text(asdict(summary.finished))}\n}}\n')


REPORT = Report(NAME, write)


def _case(case: CaseFinished) -> dict[str, Any]:
    return {
        **case_json(case),
        "fidelity": {name: case.fidelity[name] for name in FIDELITY if name in case.fidelity},
        "files": dict(sorted(case.files.items())),
    }
