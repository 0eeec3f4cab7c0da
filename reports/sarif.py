"""`results.sarif` (SARIF 2.1.0), as code scanning reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TextIO
from urllib.parse import quote

from reports import findings, wording
from reports.causes import kind_of
from reports.events import RED_VERDICTS, CaseFinished, Event, Finding
from reports.summary import Summary
from reports.texts import Texts, texts
from reports.values import excerpt, quoted, visible
from schemas.finding_codes import finding_codes

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
Json = dict[str, Any]


def write(summary: Summary, events: Iterable[Event], file: TextIO, lang: str) -> None:
    """Write `results.sarif`: a result for each finding, and for all else that is red."""
    t = texts(lang)
    file.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    for name, value in _run(summary, t).items():
        file.write(f"{_text(name)}: {_text(value)},\n")
    file.write('"results": [')
    mark = "\n"
    for result in chain(_of_cases(events, t), _of_deviations(summary, t)):
        file.write(mark + _text(result))
        mark = ",\n"
    file.write("\n]}]}\n")


def _of_cases(events: Iterable[Event], t: Texts) -> Iterator[Json]:
    for event in events:
        if isinstance(event, CaseFinished):
            yield from _results(event, t)


def _of_deviations(summary: Summary, t: Texts) -> Iterator[Json]:
    for item in summary.stale:
        place = {"fullyQualifiedName": f"deviation {item.number}", "kind": "deviation"}
        yield {
            "ruleId": item.code,
            "level": "error",
            "message": {"text": wording.deviation(summary, item, t)},
            "locations": [{"logicalLocations": [place]}],
            "properties": {"deviation": item.number},
        }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _run(summary: Summary, t: Texts) -> Json:
    driver = {"name": "ikeur", "version": summary.started.version, "rules": _rules(t)}
    invocation: Json = {"executionSuccessful": summary.finished.completed}
    if not summary.finished.completed:
        text = " ".join([t("headline.broken"), summary.finished.reason]).strip()
        note = {"level": "error", "message": {"text": text}}
        invocation["toolExecutionNotifications"] = [note]
    return {
        "tool": {"driver": driver},
        "language": t.lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
    }


def _rules(t: Texts) -> list[Json]:
    return [
        {
            "id": code,
            "shortDescription": {"text": findings.meaning(code, t)},
            "help": {"text": findings.advice(code, t)},
        }
        for code in finding_codes()
    ]


def _results(case: CaseFinished, t: Texts) -> Iterator[Json]:
    for finding in case.findings:
        yield _result(case, finding, t)
    if case.verdict in RED_VERDICTS and not any(finding.blocking for finding in case.findings):
        text = visible(case.reason) or t(f"verdict.{case.verdict}.means")
        yield _with_places({"level": "error", "message": {"text": text}}, case, None)


def _result(case: CaseFinished, finding: Finding, t: Texts) -> Json:
    level = "error" if finding.blocking else "note"
    result: Json = {
        "ruleId": finding.code,
        "level": level,
        "message": {"text": _sentence(finding, t)},
    }
    if kind_of(finding) == "declared":
        result["suppressions"] = [{"kind": "external", "justification": finding.deviation_reason}]
    return _with_places(result, case, finding)


def _sentence(finding: Finding, t: Texts) -> str:
    values = excerpt(finding.expected, finding.actual)
    expected, actual = (quoted(value, t("nothing")) for value in values)
    told = f"{t('finding.expected')}: {expected}. {t('finding.actual')}: {actual}."
    where = "; ".join(findings.places(finding, t).values())
    again = f"{t('finding.reproduce')}: {finding.reproduce}"
    parts = [findings.meaning(finding.code, t), told, f"{where}." if where else "", again]
    return " ".join(part for part in parts if part)


def _with_places(result: Json, case: CaseFinished, finding: Finding | None) -> Json:
    location: Json = {}
    role = next((role for role in ("actual", "input", *case.files) if role in case.files), "")
    if role:
        uri = quote(case.files[role])
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}}
        region = _region(case, role, finding)
        if region:
            location["physicalLocation"]["region"] = region
    location["logicalLocations"] = _logical(case, finding)
    properties = {"case": case.id, "message": case.message, "suite": case.suite}
    return {**result, "locations": [location], "properties": properties}


def _region(case: CaseFinished, role: str, finding: Finding | None) -> Json:
    """The place in the kept file, which is of the release that its role tells."""
    releases = case.direction.split("-")
    release = releases[0] if role == "input" else releases[-1]
    if finding and finding.xml and finding.xml.line and release == "2.1":
        return {"startLine": finding.xml.line}
    if finding and finding.ei and release == "2.0":
        columns = {"startColumn": finding.ei.start, "endColumn": finding.ei.end + 1}
        return {"startLine": finding.ei.number, **(columns if finding.ei.start else {})}
    return {}


def _logical(case: CaseFinished, finding: Finding | None) -> list[Json]:
    places: list[Json] = []
    if finding and finding.ei:
        name = f"record {finding.ei.number}"
        for part in (finding.ei.record, finding.ei.field):
            name += f"/{part}" if part else ""
        places.append({"fullyQualifiedName": name, "kind": "record"})
    if finding and finding.xml:
        places.append({"fullyQualifiedName": finding.xml.path, "kind": "element"})
    return places or [{"fullyQualifiedName": case.id, "kind": "case"}]
