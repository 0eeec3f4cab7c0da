"""`report.html`: the results for people, in a self-contained file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any, TextIO
from urllib.parse import quote

from reports.events.events import FIDELITY, VERDICTS, FieldsCounted, Smallest
from reports.layout import addresses
from reports.run import finding_text as findings
from reports.run import findings_csv, matrix, results_json, wording
from reports.run.causes.causes import Cause
from reports.run.causes.titles import title
from reports.run.in_language import reason, translated
from reports.run.panes import panes
from reports.run.report import FinishedRun, Report
from reports.run.summary import Summary
from reports.shared import code_text, file_roles
from reports.shared import visible as values
from reports.shared.html_templates import environment
from reports.shared.texts import Texts, texts
from schemas.facts import table_rows as tables

NAME = "report.html"
MOST_CAUSES_SHOWN = 200
MOST_DEVIATIONS_SHOWN = 200
# The number of causes with whole messages, which make a page long.
MOST_PANES = 25
# The limit over all message types, suites and directions.
MOST_FIELDS_SHOWN = 500
# The number unfolded on a screen; on paper all are.
OPEN_CAUSES = 3
OPEN_CASES = 25
TOP_CAUSES = 3
MOST_FOLLOWING = 12
_FAULTS = ("changed", "lost", "cut", "invented")


def write(run: FinishedRun, file: TextIO, lang: str) -> None:
    """Write `report.html`."""
    t = texts(lang)
    template = environment().get_template("report.html.j2")
    file.writelines(template.generate(**_view(run, t)))


REPORT = Report(NAME, write)


def _script_hash() -> str:
    """The hash by which the page allows its own script only."""
    script = environment().get_template("report.js").render()
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _view(run: FinishedRun, t: Texts) -> dict[str, Any]:
    summary = run.summary
    return {
        "t": t,
        "role": lambda name: file_roles.role(name, t),
        "why": lambda case: reason(case.codes, case.reason, t),
        "size": lambda path: _size(run.case_files(path), t),
        "summary": summary,
        "script_hash": _script_hash(),
        "sut": wording.sut(summary.started, t),
        "headline": wording.headline(summary, t),
        "rests_on": wording.rests_on(summary, t),
        "blemish": wording.blemish(summary),
        "reason": wording.reason(summary, t),
        "remarks": wording.remarks(summary, t),
        "to_do": wording.to_do(summary, t),
        "deviations": wording.deviations(summary, MOST_DEVIATIONS_SHOWN, t),
        "deviations_left": wording.deviations_left(summary, MOST_DEVIATIONS_SHOWN, t),
        "plan": wording.plan(summary.started, t),
        "symbols": matrix.SYMBOLS,
        "legend": matrix.legend(summary, t),
        "rows": [_row(summary, message) for message in summary.tested_messages],
        "untested": matrix.untested(summary, t),
        "fidelity": _fidelity(summary, t),
        "fidelity_names": FIDELITY,
        "deviating_fields": list(_deviating(summary)),
        "fields_left": max(0, sum(map(len, map(_faulty, summary.fields))) - MOST_FIELDS_SHOWN),
        "causes": [
            _cause(cause, t) | {"panes": panes(cause, run.case_files, t) if at < MOST_PANES else {}}
            for at, cause in enumerate(summary.causes[:MOST_CAUSES_SHOWN])
        ],
        "wrong_left": _wrong_left(summary, t),
        "causes_left": wording.left_out(summary, MOST_CAUSES_SHOWN, findings_csv.NAME, t),
        "open_causes": OPEN_CAUSES,
        "open_cases": OPEN_CASES,
        "top_causes": TOP_CAUSES,
        "verdicts": VERDICTS,
        "beside": _beside(run.files, t),
    }


def _size(data: bytes | None, t: Texts) -> str:
    """The size of a file of a case; empty if it cannot be read."""
    return "" if data is None else t.count("bytes", len(data))


def _beside(files: Sequence[str], t: Texts) -> str:
    """The other reports of the run, except those that findings have, which are named apart."""
    apart = (NAME, results_json.NAME, findings_csv.NAME, addresses.PAGE)
    *first, last = [f"`{name}`" for name in files if name not in apart]
    return t("html.foot", files=", ".join(first), last=last)


def _row(summary: Summary, message: str) -> dict[str, Any]:
    known = _message_types().get(message)
    cells = [matrix.cell(summary.matrix.get((message, suite))) for suite in summary.suites]
    return {
        "message": message,
        "title": known["title"].removesuffix(" retour") if known else "",
        "role": known["role"] if known else "",
        "cells": cells,
    }


@cache
def _message_types() -> Mapping[str, tables.Row]:
    return {row["message"]: row for row in tables.rows("messages")}


def _faulty(item: FieldsCounted) -> dict[str, dict[str, int]]:
    """The fields that did not fare as the mapping says."""
    counts = item.fields.items()
    return {name: count for name, count in counts if not count.keys().isdisjoint(_FAULTS)}


def _deviating(summary: Summary) -> Iterator[FieldsCounted]:
    """The deviating fields, up to the total limit."""
    left = MOST_FIELDS_SHOWN
    for item in summary.fields:
        if fields := dict(islice(_faulty(item).items(), left)):
            left -= len(fields)
            yield replace(item, fields=fields)


def _fidelity(summary: Summary, t: Texts) -> list[dict[str, Any]]:
    total = sum(summary.fidelity.values())
    return [
        {
            "name": name,
            "count": summary.fidelity[name],
            "fault": name in _FAULTS and summary.fidelity[name] > 0,
            "share": _share(summary.fidelity[name], total, t),
        }
        for name in FIDELITY
        if total
    ]


def _share(part: int, total: int, t: Texts) -> str:
    """A percentage that is 0 or 100 only for none or all."""
    percent = 100 * part / total
    if 0 < percent < 0.1:
        return f"< {t.decimal(0.1)} %"
    if 99.9 < percent < 100:
        return f"> {t.decimal(99.9)} %"
    return f"{t.decimal(percent)} %"


def _cause(cause: Cause, t: Texts) -> dict[str, Any]:
    example = translated(cause.example, t)
    before, expected, actual, after = values.difference(example.expected, example.actual)
    explained = (cause, *cause.follows)
    return {
        "cause": cause,
        "within": _unique("|", (" ".join(place) for one in explained for place in one.within)),
        "codes": _unique(" ", (one.code for one in explained)),
        "title": title(cause, t),
        "reason": reason([cause.code], cause.reason, t),
        "follows": cause.follows[:MOST_FOLLOWING],
        "follows_left": max(0, len(cause.follows) - MOST_FOLLOWING),
        "example": example,
        "meaning": findings.heading(example, t) or example.rule or cause.code,
        "advice": code_text.advice(cause.code, t),
        "evidence": findings.evidence(example, cause.kind, t),
        "declared": findings.declared(example, t),
        "flaw": findings.flaw(example, t),
        "told_of_flaw": findings.told_of_flaw(example, t),
        "places": findings.places(example, t),
        "layout": addresses.command_for(example),
        "layout_link": f"{addresses.PAGE}#{quote(addresses.link(example))}",
        "only": wording.only(cause, t),
        "again": findings.again(example, t),
        "smallest": _smallest(example.smallest, t),
        "files": _files_besides(cause.files, example.smallest),
        "before": before,
        "after": after,
        "expected": expected,
        "actual": actual,
    }


def _unique(between: str, texts: Iterable[str]) -> str:
    return between.join(dict.fromkeys(texts))


def _wrong_left(summary: Summary, t: Texts) -> str:
    """The number of blocking causes beyond those at the top; empty if there are none."""
    found = sum(cause.effect == "blocking" for cause in summary.causes)
    if found <= TOP_CAUSES:
        return ""
    kept = sum(cause.count for cause in summary.symptoms if cause.kind == "blocking")
    is_all = kept == summary.findings["blocking"]
    key = "html.wrong.more" if is_all else "html.wrong.beyond"
    return t(key, causes=t.count("causes", found - TOP_CAUSES))


def _files_besides(files: Mapping[str, str], smallest: Smallest | None) -> dict[str, str]:
    """The files of a case without those of its reduced message, which are listed apart."""
    apart = smallest.files if smallest else {}
    return {name: path for name, path in files.items() if name not in apart}


def _smallest(smallest: Smallest | None, t: Texts) -> dict[str, Any] | None:
    if smallest is None:
        return None
    places = findings.places(smallest, t) if smallest.files else {}
    return {"files": smallest.files, "size": findings.size(smallest, t), "places": places}
