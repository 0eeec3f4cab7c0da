"""The first line of every report says what was tested, and of how much it says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html
from rich.console import Console

from reports.events.deviations import EXPIRED, DeviationEnded
from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run.console import print_summary
from reports.run.summary import Summary, exit_code, summarise
from schemas.facts.catalogue import catalogue
from schemas.facts.money import is_money
from schemas.message.fault import EiAddress, XmlAddress
from tests.reports.writing import write_all

Make = Callable[..., CaseFinished]
MakeFinding = Callable[..., Finding]
DONE = RunFinished(completed=True, reason="", seconds=1.0)
BTW = "/Bericht/Clienten/Client/Prestaties/Prestatie[3]/IngediendeBedragPrestatie/BtwBedrag"


@pytest.fixture
def mostly_skipped(started: RunStarted, make_case: Make) -> list[Event]:
    """Six cases that pass and 94 that the software does not claim."""
    good = [make_case(f"c-{n}", "pass") for n in range(5)]
    good.append(make_case("c-5", "pass", message="WMO302", suite="retour", op="respond"))
    skips = [
        make_case(f"s-{n}", "skip", message="JW321", suite="migration", skipped="operation gate")
        for n in range(94)
    ]
    return [started, *good, *skips, DONE]


def firsts(events: list[Event], folder: Path, lang: str = "en") -> dict[str, str]:
    """The first line of each report."""
    summary = write_all(events, folder, lang)
    with (folder / "console").open("w", encoding="utf-8") as file:
        print_summary(summary, Console(file=file, width=60, _environ={}), lang)
    suites = etree.parse(folder / "junit.xml").getroot()
    page = html.fromstring((folder / "report.html").read_text("utf-8"))
    (heading,) = page.xpath("//h1")
    return {
        "console": (folder / "console").read_text("utf-8").splitlines()[0],
        "markdown": (folder / "summary.md").read_text("utf-8").splitlines()[0],
        "html": " ".join(heading.text_content().split()),
        "junit": suites.get("name") or "",
        "junit suite": suites.find("testsuite/properties/property").get("value") or "",  # type: ignore[union-attr]
    }


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_report_says_first_what_was_tested(
    mostly_skipped: list[Event], tmp_path: Path, lang: str
) -> None:
    words = {
        "en": ("Voorbeeld-ECD 4.2.0", "2 of 22 message types", "convert, respond", "94 of 100"),
        "nl": ("Voorbeeld-ECD 4.2.0", "2 van de 22 berichttypen", "convert, respond", "94 van de"),
    }[lang]
    for report, line in firsts(mostly_skipped, tmp_path, lang).items():
        for word in words:
            assert word in line, report


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_run_of_which_most_was_skipped_does_not_look_good(
    mostly_skipped: list[Event], tmp_path: Path, lang: str
) -> None:
    for line in firsts(mostly_skipped, tmp_path, lang).values():
        assert {"en": "94%", "nl": "94 %"}[lang] in line
        assert not {"Passed", "Goed", "Passed:", "Goed:", "✅"} & set(line.split())
    page = (tmp_path / "report.html").read_text("utf-8")
    assert 'class="verdict good"' not in page
    assert "<title>Passed" not in page
    assert "<title>Goed" not in page
    assert exit_code(summarise(mostly_skipped)) == 0


def test_a_run_of_which_little_was_skipped_is_good_and_says_how_much(
    started: RunStarted, make_case: Make, tmp_path: Path
) -> None:
    cases = [make_case("c-1", "pass"), make_case("c-2", "pass"), make_case("c-3", "skip")]
    for line in firsts([started, *cases, DONE], tmp_path).values():
        assert "Passed: " in line
        assert "1 of 3" in line


@pytest.mark.parametrize("stale", [False, True])
def test_a_run_that_tested_nothing_is_none(
    started: RunStarted, make_case: Make, tmp_path: Path, stale: bool
) -> None:
    skips = [
        make_case("c-1", "skip", skipped="operation respond"),
        make_case("c-2", "skip", skipped="type WMO301"),
        make_case("c-3", "skip", skipped="outside WMO302"),
    ]
    ended = [DeviationEnded(1, "fail", 0, EXPIRED)] if stale else []
    events: list[Event] = [started, *skips, *ended, DONE]
    summary = summarise(events)
    assert (summary.outcome, exit_code(summary)) == ("empty", 3)
    if stale:
        return
    for report, line in firsts(events, tmp_path).items():
        assert "Nothing was tested" in line
        assert "0 of 22 message types" in line, report
        for word in ("respond", "WMO301", "WMO302"):
            assert word in line
    assert etree.parse(tmp_path / "junit.xml").getroot().get("errors") == "1"
    assert json.loads((tmp_path / "results.sarif").read_text("utf-8"))["runs"][0]["invocations"]


@pytest.mark.parametrize(
    ("lang", "wrong"), [("en", "No faults were found"), ("nl", "geen fouten gevonden")]
)
def test_a_run_with_declared_deviations_is_not_said_to_have_nothing_wrong(
    started: RunStarted,
    make_case: Make,
    make_finding: MakeFinding,
    tmp_path: Path,
    lang: str,
    wrong: str,
) -> None:
    found = make_finding("c-2", deviation=1, deviation_reason="mended in 4.3")
    cut_off = RunFinished(completed=False, reason="", seconds=1.0)
    good = make_case("c-1", "pass")
    for name, passed, end in (("some", [good], DONE), ("all", [], DONE), ("cut", [good], cut_off)):
        events: list[Event] = [started, *passed, make_case("c-2", "xfail", found), end]
        write_all(events, tmp_path / name, lang)
        for report in ("report.html", "summary.md"):
            text = (tmp_path / name / report).read_text("utf-8")
            assert wrong not in text
            assert "Nothing needs to be fixed" not in text
            assert "hoeft nu niets" not in text


def summary_of_advice(started: RunStarted, make_case: Make, *found: Finding) -> Summary:
    return summarise([started, make_case("c-1", "pass", *found), DONE])


def test_a_fault_in_money_that_only_advises_is_told_first(
    started: RunStarted, make_case: Make, make_finding: MakeFinding, tmp_path: Path
) -> None:
    weak = {"blocking": False, "evidence": "D", "message": "WMO303"}
    sign = make_finding("c-1", xml=XmlAddress(f"{BTW}/DebetCredit", 9), **weak)
    ei = EiAddress(3, "04", "BTW-BEDRAG", 187, 194)
    other = make_finding("c-1", ei=EiAddress(3, "02", "NAAM", 1, 2), **weak)
    events: list[Event] = [
        started,
        make_case("c-1", "pass", sign, make_finding("c-1", ei=ei, **weak), other),
        DONE,
    ]
    for report, line in firsts(events, tmp_path).items():
        assert "3 findings are advisory only, 2 of them on amounts of money" in line, report
    assert "No faults were found" not in (tmp_path / "report.html").read_text("utf-8")
    assert summary_of_advice(started, make_case, other).money == 0


def test_what_is_money_is_known_of_each_declaration() -> None:
    # Typed from the published layouts of the declarations, and of the JW321 that stays EI.
    known = {
        "WMO303": ("04 BTW-BEDRAG", "04 INDICATIE DEBET/CREDIT BTW", "04 TARIEF PRODUCT"),
        "JW304": ("04 TOEGEKEND BEDRAG", "99 TOTAAL TOEGEKEND BEDRAG"),
        "JW321": ("06 DECLARATIEBEDRAG (INCL. BTW)", "99 TOTAAL DECLARATIEBEDRAG"),
    }
    for message, places in known.items():
        assert all(is_money(message, place) for place in places), message
    assert not is_money("WMO303", "04 AANTAL UITGEVOERDE PRODUCTEN")
    assert not is_money("WMO303", "/Bericht/Header/DeclaratieFactuurIdentificatie/BtwIDNummer")
    assert not is_money("WMO999", "04 BTW-BEDRAG")
    without = [name for name in catalogue().messages if name[-3:] in ("301", "305", "307", "315")]
    assert not any(is_money(name, "04 BTW-BEDRAG") for name in without)
