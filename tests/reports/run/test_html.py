"""The report for people: one file, safe, accessible, and clear at a glance."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from io import StringIO

import pytest
from lxml import etree
from lxml import html as lxml_html

from reports.events.events import CaseFinished, Event, RunFinished, RunStarted
from reports.run import html
from reports.shared.texts import LANGUAGES
from tests.reports.writing import write_one

DONE = RunFinished(completed=True, reason="", seconds=1.0)


def text_of(events: list[Event], lang: str = "en") -> str:
    file = StringIO()
    write_one(html.REPORT, events, file, lang)
    return file.getvalue()


@pytest.fixture
def page(events: list[Event]) -> etree._Element:
    return lxml_html.document_fromstring(text_of(events))


def test_nothing_is_loaded_from_elsewhere(page: etree._Element, events: list[Event]) -> None:
    loading = {"src", "srcset", "data", "action", "poster", "background"}
    assert [el.tag for el in page.iter() if loading & set(el.attrib)] == []
    assert [el.tag for el in page.iter("link", "iframe", "img", "object", "embed")] == []
    assert [url for url in page.xpath("//@href") if re.match(r"[a-z]+:|//", url)] == []
    text = text_of(events)
    assert "url(" not in text
    assert "@import" not in text


def test_only_the_page_s_own_script_may_run(page: etree._Element) -> None:
    (script,) = page.iter("script")
    digest = hashlib.sha256((script.text or "").encode()).digest()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy


def test_texts_of_the_software_are_shown_and_never_obeyed(events: list[Event]) -> None:
    text = text_of(events)
    assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_kept_file_is_linked_below_the_report(
    started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    case = make_case("c-1", "fail", files={"input": "cases/a b#1.xml", "actual": "javascript:x"})
    page = lxml_html.document_fromstring(text_of([started, case, DONE]))
    links = page.xpath("//section[@id='cases']//a/@href")
    assert links == ["cases/a%20b%231.xml", "javascript%3Ax"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_is_said(lang: str, events: list[Event]) -> None:
    assert lxml_html.document_fromstring(text_of(events, lang)).get("lang") == lang


def test_there_are_landmarks_and_one_main_heading(page: etree._Element) -> None:
    for landmark in ("header", "main", "nav", "footer"):
        assert len(list(page.iter(landmark))) == 1
    assert len(list(page.iter("h1"))) == 1


def test_every_header_of_a_table_has_a_scope(page: etree._Element) -> None:
    assert page.xpath("//th[not(@scope)]") == []


def test_every_link_within_the_page_has_its_place(page: etree._Element) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [href.removeprefix("#") for href in page.xpath("//@href") if href.startswith("#")]
    assert set(inner) <= set(ids)


def test_the_verdict_comes_first(page: etree._Element) -> None:
    verdict = page.findtext(".//h1") or ""
    assert verdict.strip() == "Failed: 5 of the 8 test cases that were run deviate."
    first = page.find(".//main/section")
    assert first is not None
    assert first.get("class") == "verdict red"


def test_a_cause_says_what_where_why_and_how(page: etree._Element) -> None:
    cause = " ".join(page.get_element_by_id("cause-1").text_content().split())  # type: ignore[attr-defined]
    for part in (
        "2×",
        "A value is shorter than expected.",
        "Write the value in full.",
        "B: derived from published example messages; blocking",
        "record 3 (02) NAAM, columns 58 to 132",
        "/B/C[2]/Naam, line 48",
        "ikeur run --case c-3 --seed 7",
    ):
        assert part in cause


def test_evidence_that_only_advises_is_said_in_words(events: list[Event]) -> None:
    text = text_of(events)
    assert "D: reconstructed, without a published source; advisory only" in text


def test_a_space_that_was_lost_can_be_seen(page: etree._Element) -> None:
    marks = [mark.text or "" for mark in page.get_element_by_id("cause-1").iter("mark")]  # type: ignore[attr-defined]
    assert marks == ["·Berg·", ""]


def test_types_of_which_nothing_was_asked_have_one_line_and_no_row(page: etree._Element) -> None:
    (matrix,) = page.xpath("//section[@id='matrix']")
    assert [(head.text or "").strip() for head in matrix.xpath(".//tbody//th")] == [
        "WMO301",
        "JW321",
    ]
    assert "Not tested: WMO302." in matrix.text_content()


def test_what_is_left_out_is_counted(
    started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    red = [make_case(f"c-{number}", "crash") for number in range(502)]
    text = text_of([started, *red, DONE])
    assert text.count('<th scope="row"><code>c-') == 500
    assert "The first 500 are listed here; the other 2 only in <code>results.json</code>." in text


def test_a_share_never_rounds_a_loss_away(
    started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    case = make_case("c-1", "pass", fidelity={"kept": 999_999, "lost": 1})
    page = lxml_html.document_fromstring(text_of([started, case, DONE]))
    shares = page.xpath("//section[@id='fidelity']//tbody/tr/td[2]/text()")
    assert shares[0] == "> 99.9 %"
    assert "< 0.1 %" in shares


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_has_its_page(
    lang: str, started: RunStarted, make_case: Callable[..., CaseFinished]
) -> None:
    broken = RunFinished(completed=False, reason="disk full", seconds=1.0)
    runs: dict[str, list[Event]] = {
        "good": [started, make_case("c-1", "pass"), DONE],
        "empty": [started, make_case("c-1", "skip"), DONE],
        "broken": [started, make_case("c-1", "pass"), broken],
    }
    for outcome, events in runs.items():
        assert f'class="verdict {outcome}"' in text_of(events, lang)
    assert "disk full" in text_of(runs["broken"], lang)
