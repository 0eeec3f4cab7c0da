"""Reports of 100,000 findings stay readable, and memory does not grow with the run."""

from __future__ import annotations

import csv
import json
import re
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from itertools import product
from pathlib import Path
from typing import TextIO

import pytest
from lxml import etree
from lxml import html as lxml_html
from rich.console import Console

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run import html, markdown
from reports.run.causes.causes import MOST_CAUSES
from reports.run.console import print_summary
from reports.run.html import MOST_CAUSES_SHOWN, MOST_FIELDS_SHOWN
from reports.run.registry import REPORTS, due
from reports.run.report import FinishedRun
from reports.run.summary import Summary, summarise
from reports.run.write import write
from reports.shared.texts import texts
from schemas.message.fault import EiAddress, XmlAddress
from tests.reports.run.many_findings import Many
from tests.reports.writing import write_all

DONE = RunFinished(completed=True, reason="", seconds=1.0)
KIB, MB = 1024, 1_000_000


@pytest.mark.parametrize("red", [7_000, pytest.param(25_000, marks=pytest.mark.long)])
def test_very_many_findings_stay_readable(tmp_path: Path, red: int) -> None:
    many = Many(tmp_path / "events.jsonl", red=red, each=4, fields=300).write()
    assert many.findings == 4 * red
    out = tmp_path / "out"
    summary = write_all(many, out, "en")
    assert sum(summary.findings.values()) == many.findings
    _page_is_short_and_says_what_it_leaves_out(out / "report.html", summary)
    _summary_is_short(out / "summary.md", summary)
    _console_is_short(summary)
    _code_scanning_takes_it(out / "results.sarif", summary, many.findings)
    _every_case_is_in_junit(out / "junit.xml", many)
    _every_finding_is_in_the_files(out, many)


def _page_is_short_and_says_what_it_leaves_out(path: Path, summary: Summary) -> None:
    assert path.stat().st_size < MB
    page = lxml_html.document_fromstring(path.read_text("utf-8"))
    assert len(page.xpath("//details[contains(@class, 'cause')]")) == MOST_CAUSES_SHOWN
    fields = page.xpath("//section[@id='fidelity']/details//tbody/tr")
    assert len(fields) == MOST_FIELDS_SHOWN
    told = " ".join(page.text_content().split())
    shown = sum(cause.total for cause in summary.causes[:MOST_CAUSES_SHOWN])
    left = sum(summary.findings.values()) - shown - summary.beyond
    causes = len(summary.causes) - MOST_CAUSES_SHOWN
    assert f"{causes:,} causes more, with {left:,} findings: see findings.csv." in told
    assert f"Other causes have {summary.beyond:,} findings, listed only in findings.csv" in told
    blocking = sum(cause.effect == "blocking" for cause in summary.causes)
    assert f"and more than {blocking - 3:,} causes in addition" in told
    assert f"{20 * 3 * 2 * 80 - MOST_FIELDS_SHOWN:,} more deviating fields" in told


def _summary_is_short(path: Path, summary: Summary) -> None:
    text = path.read_text("utf-8")
    assert len(text.encode()) < 64 * KIB
    assert f"{len(summary.causes) - 20:,} causes more, with " in text
    assert "Every finding is a row of `findings.csv`." in text


def _console_is_short(summary: Summary) -> None:
    console = Console(file=StringIO(), width=100, _environ={})
    print_summary(summary, console, "en", Path("report.html"))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert len(text.splitlines()) < 200
    assert "findings.csv" in text


def _code_scanning_takes_it(path: Path, summary: Summary, findings: int) -> None:
    assert path.stat().st_size <= 10 * MB
    (run,) = json.loads(path.read_text("utf-8"))["runs"]
    shown = len(run["results"])
    assert 5_000 < shown <= 25_000
    (invocation,) = run["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert f"the first {shown:,} of the {findings:,} results" in note["message"]["text"]
    assert "findings.csv" in note["message"]["text"]
    # Of each field and code one stands before all others.
    firsts = run["results"][: len(summary.symptoms)]
    places = [result["locations"][0]["logicalLocations"][0] for result in firsts]
    assert Counter(result["level"] for result in firsts) == Counter(
        "note" if cause.kind == "advisory" else "error" for cause in summary.symptoms
    )
    assert len({place["fullyQualifiedName"] for place in places}) > 300


def _every_case_is_in_junit(path: Path, many: Many) -> None:
    count, longest = 0, 0
    for _, case in etree.iterparse(path, tag="testcase"):
        count += 1
        longest = max(longest, len("".join(case.itertext())))
        case.clear()
    assert count == many.red
    assert longest < 10 * KIB


def _every_finding_is_in_the_files(out: Path, many: Many) -> None:
    results = json.loads((out / "results.json").read_text("utf-8"))
    told = [(case["id"], one["code"]) for case in results["cases"] for one in case["findings"]]
    assert len(told) == many.findings
    with (out / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["case"], row["code"]) for row in csv.DictReader(file)] == told


def test_5_000_causes_are_capped_and_the_counts_of_those_kept_are_exact(tmp_path: Path) -> None:
    many = Many(tmp_path / "events.jsonl", red=2_500, each=4, fields=84).write()
    cases = [event for event in many if isinstance(event, CaseFinished)]
    counts = Counter(_cause(one) for case in cases for one in case.findings)
    assert len(counts) > 5_000
    summary = summarise(many)
    run = FinishedRun(summary, due(summary))
    kept = {(one.kind, one.code, one.message, one.place): one.count for one in summary.symptoms}
    assert kept == {key: counts[key] for key in kept}
    assert max(Counter(kind for kind, *_ in kept).values()) == MOST_CAUSES
    assert summary.beyond == many.findings - sum(kept.values()) > 0
    for lang, writer in product(("nl", "en"), (html, markdown)):
        file = StringIO()
        writer.write(run, file, lang)
        told = file.getvalue()
        assert texts(lang).count("findings", summary.beyond) in told
        assert texts(lang).number(MOST_CAUSES) in told
        assert "findings.csv" in told


def _cause(finding: Finding) -> tuple[str, str, str, str]:
    kind = "declared" if finding.deviation else "blocking" if finding.blocking else "advisory"
    if finding.ei:
        return kind, finding.code, finding.message, f"{finding.ei.record} {finding.ei.field}"
    path = re.sub(r"\[\d+\]", "", finding.xml.path if finding.xml else "")
    return kind, finding.code, finding.message, path


def _peaks(many: Many, out: Path) -> dict[str, int]:
    """The most bytes that each step held beyond what it began with."""
    found: dict[str, int] = {}

    @contextmanager
    def measured(name: str) -> Iterator[TextIO]:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        with (out / name).open("w", encoding="utf-8") as file:
            yield file
        found[name] = tracemalloc.get_traced_memory()[1] - before

    tracemalloc.start()
    try:
        with measured("summary"):
            summary = summarise(many)
            run = FinishedRun(summary, due(summary))
        for report in REPORTS.values():
            with measured(report.name) as file:
                write(run, many, {report: file}, "nl")
    finally:
        tracemalloc.stop()
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("few", "more"),
    [({"passing": 2_000}, {"passing": 10_000}), ({"red": 700}, {"red": 2_100})],
    ids=["cases that pass", "findings"],
)
def test_memory_does_not_grow_with_the_run(
    few: dict[str, int], more: dict[str, int], tmp_path: Path
) -> None:
    def run(size: dict[str, int]) -> Many:
        return Many(tmp_path / "events.jsonl", places=6, fields=5, each=2, **size).write()

    # What is made once for all reports counts for neither.
    write_all(run(few), tmp_path, "nl")
    small = _peaks(run(few), tmp_path)
    large = _peaks(run(more), tmp_path)
    # A buffer can be fuller in one run than in the other.
    grown = {name for name in large if large[name] > 1.1 * small[name] + 48 * KIB}
    assert grown == set()


def test_what_one_message_can_hold_is_bounded_in_each_report(
    tmp_path: Path, started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    many = Many(tmp_path / "events.jsonl", red=1, each=500, fields=500).write()
    long = "x" * 20_000
    (event,) = [event for event in many if isinstance(event, CaseFinished)]
    found = [_long(one, long) for one in event.findings]
    run: list[Event] = [started, make_case("c-1", "fail", *found, reason=long), DONE]
    out = tmp_path / "out"
    write_all(run, out, "en")
    sizes = {path.name: path.stat().st_size for path in out.iterdir()}
    assert sizes["results.json"] > 500 * 2 * len(long)
    assert sizes["junit.xml"] < 40 * KIB
    assert sizes["report.html"] < MB
    assert sizes["summary.md"] < 64 * KIB
    assert sizes["findings.csv"] < 500 * 13_000
    assert sizes["results.sarif"] < 500 * 3_000
    assert "And 480 findings more in this test case: see `findings.csv`." in (
        out / "junit.xml"
    ).read_text("utf-8")


def _long(finding: Finding, text: str) -> Finding:
    place = XmlAddress(f"{finding.xml.path if finding.xml else ''}/{text}", 1)
    return replace(finding, ei=None, xml=place, expected=text, actual=f"{text}y")


def test_a_field_with_many_findings_stays_one_cause(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> None:
    found = [make_finding("c-1", ei=EiAddress(n, "02", "NAAM", 1, 2)) for n in range(1, 500)]
    summary = summarise([started, make_case("c-1", "fail", *found), DONE])
    assert [cause.count for cause in summary.causes] == [499]
