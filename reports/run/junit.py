"""`junit.xml`, for Jenkins, GitLab and Azure."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import ExitStack
from html import escape
from tempfile import SpooledTemporaryFile
from typing import IO, TextIO

from reports.events.events import CaseFinished, Finding
from reports.run import finding_text as findings
from reports.run import wording
from reports.run.causes.causes import kind_of
from reports.run.in_language import reason_of_case
from reports.run.report import Cases, FinishedRun, Report
from reports.run.summary import Summary
from reports.shared import code_text
from reports.shared.texts import Texts, texts
from reports.shared.visible import shortened, visible, visible_lines

_ELEMENTS = {
    "fail": "failure",
    "xpass": "failure",
    "crash": "error",
    "timeout": "error",
    "skip": "skipped",
    "xfail": "skipped",
}
# The cases of a suite are spread over the journal; the limit in memory per suite, in characters.
_IN_MEMORY = 8_000
_MOST_FINDINGS = 20
_MOST_TEXT = 2_000


class _Suite:
    """The cases of one message type in one suite, collected until all are known."""

    def __init__(self, name: str, cases: IO[str]) -> None:
        self.name = name
        self.cases = cases
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0

    def add(self, element: str, seconds: float, text: str) -> None:
        self.counts.update(("tests", element) if element else ("tests",))
        self.seconds += seconds
        self.cases.write(text)


def write(run: FinishedRun, file: TextIO, lang: str) -> Cases:
    """Write `junit.xml`; a run that stopped early is an error of its own."""
    summary, t = run.summary, texts(lang)
    with ExitStack() as stack:
        known: dict[str, _Suite] = {}
        while (case := (yield)) is not None:
            name = f"ikeur.{case.suite}.{case.message}"
            if name not in known:
                known[name] = _Suite(name, _cases_file(stack))
            element = _ELEMENTS.get(case.verdict, "")
            known[name].add(element, case.seconds, _case(name, case, element, t))
        suites = list(known.values())
        if summary.stale:
            suites.append(_stale(summary, _cases_file(stack), t))
        if summary.outcome in ("broken", "empty"):
            suites.append(_not_tested(summary, _cases_file(stack), t))
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        total = sum((suite.counts for suite in suites), Counter[str]())
        seconds = sum(suite.seconds for suite in suites)
        line = wording.first_line(summary, t)
        file.write(f'<testsuites name="{_text(f"ikeur: {line}")}"{_numbers(total, seconds)}>\n')
        for suite in suites:
            # Servers that do not show the name of the whole show the properties of its first suite.
            _write_suite(suite, file, line if suite is suites[0] else "")
        file.write("</testsuites>\n")


REPORT = Report("junit.xml", write)


def _cases_file(stack: ExitStack) -> IO[str]:
    return stack.enter_context(
        SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")
    )


def _not_tested(summary: Summary, cases: IO[str], t: Texts) -> _Suite:
    """An error for a run that stopped early or tested nothing, as no case reports it."""
    suite = _Suite("ikeur.run", cases)
    if summary.outcome == "broken":
        message, kind, body = t("junit.broken"), "broken-off", summary.finished.reason
    else:
        message, kind, body = wording.headline(summary, t), "nothing-tested", ""
    error = _element("error", message, kind, visible_lines(body))
    suite.add("error", 0.0, _testcase("ikeur.run", "completed", 0.0, error))
    return suite


def _stale(summary: Summary, cases: IO[str], t: Texts) -> _Suite:
    """The declared deviations that make the run fail."""
    suite = _Suite("ikeur.deviations", cases)
    for item in summary.stale:
        element = _ELEMENTS[item.verdict]
        inner = _element(element, wording.deviation(summary, item, t), item.code, "")
        suite.add(element, 0.0, _testcase(suite.name, f"deviation {item.number}", 0.0, inner))
    return suite


def _write_suite(suite: _Suite, file: TextIO, verdict: str) -> None:
    skipped = f' skipped="{suite.counts["skipped"]}"'
    numbers = _numbers(suite.counts, suite.seconds)
    file.write(f'<testsuite name="{_text(suite.name)}"{numbers}{skipped}>\n')
    if verdict:
        value = _text(shortened(verdict, _MOST_TEXT))
        file.write(f'<properties><property name="verdict" value="{value}"/></properties>\n')
    suite.cases.seek(0)
    shutil.copyfileobj(suite.cases, file, _IN_MEMORY)
    file.write("</testsuite>\n")


def _numbers(counts: Counter[str], seconds: float) -> str:
    """The attributes that a suite and the whole share; only a suite may have `skipped`."""
    return (
        f' tests="{counts["tests"]}" failures="{counts["failure"]}"'
        f' errors="{counts["error"]}" time="{seconds:.3f}"'
    )


def _case(name: str, case: CaseFinished, element: str, t: Texts) -> str:
    inner = ""
    if element:
        inner = _element(element, _message(case, t), _type(case), _body(case, t))
    elif case.findings:
        inner = f"<system-out>{escape(_body(case, t))}</system-out>"
    return _testcase(name, case.id, case.seconds, inner)


def _testcase(suite: str, name: str, seconds: float, inner: str) -> str:
    start = f'<testcase classname="{_text(suite)}" name="{_text(name)}" time="{seconds:.3f}"'
    return f"{start}>{inner}</testcase>\n" if inner else f"{start}/>\n"


def _element(name: str, message: str, kind: str, body: str) -> str:
    message = shortened(message, _MOST_TEXT)
    return f'<{name} message="{_text(message)}" type="{_text(kind)}">{escape(body)}</{name}>'


def _text(text: str) -> str:
    return escape(visible(text))


def _first(case: CaseFinished) -> Finding | None:
    """The finding to name first: one that fails the case, or else one that blocks."""
    order = ((not item.fails, not item.blocking, place) for place, item in enumerate(case.findings))
    first = min(order, default=None)
    return case.findings[first[-1]] if first else None


def _type(case: CaseFinished) -> str:
    finding = _first(case)
    return finding.code if finding else case.verdict


def _message(case: CaseFinished, t: Texts) -> str:
    if case.verdict in ("skip", "xfail"):
        why = dict.fromkeys(item.deviation_reason for item in case.findings if item.deviation)
        return f"{t(f'verdict.{case.verdict}')}: {'; '.join(why) or reason_of_case(case, t)}"
    finding = _first(case)
    if finding is None:
        return reason_of_case(case, t) or t(f"verdict.{case.verdict}.means")
    more = len(case.findings) - 1
    rest = f" ({t('finding.more', n=more)})" if more else ""
    return f"{finding.code}: {findings.heading(finding, t)}{rest}"


def _body(case: CaseFinished, t: Texts) -> str:
    said = (case.requirement, reason_of_case(case, t))
    parts = [visible_lines(shortened(text, _MOST_TEXT)) for text in said]
    parts += [_finding(finding, kind_of(finding), t) for finding in case.findings[:_MOST_FINDINGS]]
    if (rest := len(case.findings) - _MOST_FINDINGS) > 0:
        parts.append(t("findings.more", findings=t.count("findings", rest)))
    return "\n\n".join(part for part in parts if part)


def _finding(finding: Finding, kind: str, t: Texts) -> str:
    head = f"{finding.code}: {code_text.meaning(finding.code, t)}"
    pairs = findings.details(finding, kind, t)
    return "\n".join([visible(head), *(f"  {label}: {text}" for label, text in pairs)])
