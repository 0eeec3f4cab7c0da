"""Each finding names the command that shows its field, and links to its row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run import finding_text
from reports.shared.texts import LANGUAGES, texts
from schemas.message.fault import EiAddress
from tests.paths import ROOT
from tests.reports.writing import write_all

DONE = RunFinished(completed=True, reason="", seconds=1.0)
# Typed from the table of WMO305.
PLACE = EiAddress(3, "07", "BEGINDATUM LEVERING", 72, 79)
COMMAND = "ikeur layout WMO305 --release 2.0 --record 07"


def codes() -> list[str]:
    path = ROOT / "schemas" / "tables" / "findings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


@pytest.fixture
def run(
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
) -> Callable[[Finding], list[Event]]:
    """A run with one finding for each code, all like a given one."""

    def of(like: Finding) -> list[Event]:
        cases = [
            make_case(f"c-{place}", "fail", replace(like, code=code, case=f"c-{place}"))
            for place, code in enumerate(codes())
        ]
        return [replace(started, messages=("WMO305",)), *cases, DONE]

    return of


@pytest.fixture
def like(make_finding: Callable[..., Finding]) -> Finding:
    return make_finding("c-0", message="WMO305", ei=PLACE)


def test_each_code_names_the_command_in_each_report(
    run: Callable[[Finding], list[Event]], like: Finding, tmp_path: Path
) -> None:
    causes = len(write_all(run(like), tmp_path, "en").causes)
    assert causes > 20
    junit = etree.parse(tmp_path / "junit.xml").getroot()
    bodies = ["".join(case.itertext()) for case in junit.iter("testcase")]
    assert len(bodies) == len(codes()) > 100
    assert [body for body in bodies if f"Layout: {COMMAND}" not in body] == []
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["code"], row["layout"]) for row in csv.DictReader(file)]
    assert rows == [(code, COMMAND) for code in codes()]
    for name, least in (
        ("results.sarif", len(codes())),
        ("summary.md", 20),
        ("report.html", causes),
    ):
        assert (tmp_path / name).read_text("utf-8").count(COMMAND) >= least


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_code_names_the_command_on_the_console(like: Finding, code: str, lang: str) -> None:
    told = finding_text.details(replace(like, code=code), "blocking", texts(lang))
    assert ("Layout", COMMAND) in told


def test_the_report_links_to_the_row_in_the_page_beside_it(
    run: Callable[[Finding], list[Event]], like: Finding, tmp_path: Path
) -> None:
    write_all(run(like), tmp_path, "nl")
    report, page = (
        lxml_html.document_fromstring((tmp_path / name).read_bytes())
        for name in ("report.html", "layout.html")
    )
    links = {url for url in report.xpath("//a/@href") if url.startswith("layout.html")}
    assert links == {"layout.html#WMO305-2.0-07-BEGINDATUM-LEVERING"}
    (row,) = page.xpath("//tr[@id='WMO305-2.0-07-BEGINDATUM-LEVERING']")
    assert "72–79" in row.text_content()
    assert page.xpath("//*[@id='WMO306']") == []


def test_a_run_without_findings_has_no_page(started: RunStarted, tmp_path: Path) -> None:
    write_all([started, DONE], tmp_path, "en")
    assert not (tmp_path / "layout.html").exists()
