"""`results.sarif` (SARIF 2.1.0), for code scanning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any, TextIO
from urllib.parse import quote

from reports.events.events import RED_VERDICTS, CaseFinished, Finding
from reports.events.finding_place import place_of
from reports.layout.addresses import command_for
from reports.run import finding_text as findings
from reports.run import results_json, wording
from reports.run.causes.causes import Key, key_of, kind_of
from reports.run.finding_text import bounded
from reports.run.in_language import reason_of_case, translated
from reports.run.report import Cases, FinishedRun, Report
from reports.run.sarif_ranks import BLOCKS, FIRST, OTHER, Ranks
from reports.run.summary import Summary
from reports.shared import code_text
from reports.shared.texts import Texts, texts
from reports.shared.visible import quoted, shortened, visible
from schemas.facts.finding_codes import finding_codes

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Code scanning recognises a finding by the first of these only.
_FINGERPRINTS = ("primaryLocationLineHash", "ikeurFinding/v1")
Json = dict[str, Any]


def write(run: FinishedRun, file: TextIO, lang: str) -> Cases:
    """Write `results.sarif`: a result for each finding, and for anything else that is red.

    Above the limits of code scanning, it says what is left out and where to find it.
    """
    summary, t = run.summary, texts(lang)
    with Ranks() as ranks:
        for result in _of_deviations(summary, t):
            ranks.add(FIRST, partial(_text, result))
        unseen = {cause.key for cause in summary.symptoms}
        while (case := (yield)) is not None:
            _rank(case, unseen, ranks, t)
        file.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n"results": [')
        mark = "\n"
        for line in ranks:
            file.write(mark + line)
            mark = ",\n"
        file.write("\n]")
    for name, value in _run(summary, ranks, t).items():
        file.write(f",\n{_text(name)}: {_text(value)}")
    file.write("\n}]}\n")


REPORT = Report("results.sarif", write)


def _rank(case: CaseFinished, unseen: set[Key], ranks: Ranks, t: Texts) -> None:
    """Rank the results of a case; the first of each cause precedes all others."""
    for finding in _told(case):
        rank = BLOCKS if finding is None or finding.fails else OTHER
        if finding and (key := key_of(finding)) in unseen:
            unseen.remove(key)
            rank = FIRST
        ranks.add(rank, partial(_line, case, finding, t))


def _of_deviations(summary: Summary, t: Texts) -> Iterator[Json]:
    known = {item.number: item for item in summary.started.deviations}
    for item in summary.stale:
        declared = known[item.number]
        what = ("\n".join(part) for part in (declared.codes, declared.messages, declared.fields))
        place = {"fullyQualifiedName": f"deviation {item.number}", "kind": "deviation"}
        yield {
            "ruleId": item.code,
            "level": "error",
            "message": _message(wording.deviation(summary, item, t)),
            "locations": [{**_file(results_json.NAME), "logicalLocations": [place]}],
            "partialFingerprints": _fingerprint(item.code, *what),
            "properties": {"deviation": item.number},
        }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _run(summary: Summary, ranks: Ranks, t: Texts) -> Json:
    driver = {"name": "ikeur", "version": summary.started.version, "rules": _rules(t)}
    invocation: Json = {"executionSuccessful": summary.finished.completed}
    if notes := list(_notes(summary, ranks, t)):
        invocation["toolExecutionNotifications"] = notes
    return {
        "tool": {"driver": driver},
        "language": t.lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
    }


def _notes(summary: Summary, ranks: Ranks, t: Texts) -> Iterator[Json]:
    if not summary.finished.completed:
        text = " ".join([t("headline.broken"), summary.finished.reason]).strip()
        yield {"level": "error", "message": _message(text)}
    elif summary.outcome == "empty":
        yield {"level": "error", "message": {"text": wording.headline(summary, t)}}
    if ranks.shown < ranks.added:
        text = t("sarif.rest", shown=ranks.shown, n=ranks.added)
        yield {"level": "warning", "message": {"text": text}}


def _message(text: str) -> Json:
    """A message for people, in which no foreign text becomes a link."""
    return {"text": visible(text).replace("](", "] (")}


def _rules(t: Texts) -> list[Json]:
    return [
        {
            "id": code,
            "shortDescription": {"text": code_text.meaning(code, t)},
            "help": {"text": code_text.advice(code, t)},
        }
        for code in finding_codes()
    ]


def _told(case: CaseFinished) -> Iterator[Finding | None]:
    """The findings of a case, and None if it is red without a blocking finding."""
    yield from case.findings
    if case.verdict in RED_VERDICTS and not any(finding.blocking for finding in case.findings):
        yield None


def _line(case: CaseFinished, finding: Finding | None, t: Texts) -> str:
    return _text(_result(case, finding, t))


def _result(case: CaseFinished, finding: Finding | None, t: Texts) -> Json:
    if finding is None:
        text = visible(shortened(reason_of_case(case, t))) or t(f"verdict.{case.verdict}.means")
        return _with_places({"level": "error", "message": _message(text)}, case, None)
    finding = translated(bounded(finding), t)
    level = "error" if finding.blocking else "note"
    result: Json = {
        "ruleId": finding.code,
        "level": level,
        "message": _message(_sentence(finding, t)),
    }
    if kind_of(finding) == "declared":
        result["suppressions"] = [
            {"kind": "external", "justification": visible(shortened(finding.deviation_reason))}
        ]
    return _with_places(result, case, finding)


def _sentence(finding: Finding, t: Texts) -> str:
    values = (finding.expected, finding.actual)
    expected, actual = (quoted(value, t("nothing")) for value in values)
    told = f"{t('finding.expected')}: {expected}. {t('finding.actual')}: {actual}."
    where = "; ".join(findings.places(finding, t).values())
    again = f"{t('finding.reproduce')}: {finding.reproduce}"
    flaw = [f"{label}: {text}." for label, text in findings.told_of_flaw(finding, t)]
    if finding.flaw:
        flaw = [f"{t('flaw')}: {findings.flaw(finding, t)}.", *flaw]
    meaning = code_text.meaning(finding.code, t)
    layout = command_for(finding)
    shown = f"{t('finding.layout')}: {layout}." if layout else ""
    parts = [meaning, *flaw, told, f"{where}." if where else "", shown, again]
    return " ".join(part for part in parts if part)


def _with_places(result: Json, case: CaseFinished, finding: Finding | None) -> Json:
    # A finding in the return message of a pair is in the file of that message, and a flaw in a
    # message that must be refused is in the input.
    is_retour = finding is not None and finding.message != case.message
    first = ("actual-retour", "retour") if is_retour else ()
    roles = (*first, "actual", "input", *case.files)
    if finding and finding.flaw:
        roles = ("input", *case.files)
    role = next((role for role in roles if role in case.files), "")
    # Without files of the case, the results are the place, as a file is required.
    location = _file(case.files[role] if role else results_json.NAME)
    if role and (region := _region(case, role, finding)):
        location["physicalLocation"]["region"] = region
    location["logicalLocations"] = _logical(case, finding)
    about = (case.suite, case.message, case.direction)
    what: tuple[str, ...] = (case.verdict,)
    if finding:
        kind = (finding.flaw.kind,) if finding.flaw else ()
        what = (finding.code, place_of(finding), finding.rule, *kind)
    return {
        **result,
        "locations": [location],
        "partialFingerprints": _fingerprint(*about, *what),
        "properties": {"case": case.id, "message": case.message, "suite": case.suite},
    }


def _file(path: str) -> Json:
    """The location of a file, with a path relative to the report folder."""
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path)}}}


def _fingerprint(*parts: str) -> Json:
    """The fingerprint of a finding across runs, whatever its values, seed and files."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
    return dict.fromkeys(_FINGERPRINTS, f"{digest[:16]}:1")


def _region(case: CaseFinished, role: str, finding: Finding | None) -> Json:
    """The region in the file of a case, whose release follows from its role."""
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
