"""The pages in a real browser: opened from disk, searched, narrow, dark, printed, accessible."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.pairs import html as pairs_html
from reports.run import html as report_html
from tests.reports.bench.sample_results import page_of as bench_page
from tests.reports.bench.sample_results import results
from tests.reports.pairs.sample_audit import LATE, PROBLEM, Told
from tests.reports.run.many_findings import Many
from tests.reports.writing import write_all, write_one

# It calls home at its start, and within a container it cannot separate its own processes.
_OPTIONS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
_NARROW, _WIDE = 375, 1200
_DONE = RunFinished(completed=True, reason="", seconds=1.0)
_MOST_BYTES = 5_000_000
# How often a page is looked at again, and the milliseconds between.
_MOST_LOOKS, _BETWEEN = 200, 50
PAGES = ("failing", "passing", "bench", "pairs")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser | None]:
    program = shutil.which("chromium")
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser | None, needed: Callable[[str], str]) -> Iterator[Open]:
    """Opens a page from disk; raises AssertionError if its script fails."""
    needed("chromium")
    assert browser
    errors: list[str] = []
    pages: list[Page] = []

    def open_page(path: Path, width: int = _WIDE, **options: object) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text))
        page.goto(path.as_uri())
        return page

    yield open_page
    for page in pages:
        page.close()
    assert errors == []


def comes_true(page: Page, condition: str) -> None:
    """Wait for a condition; the page itself may not evaluate any, by its own policy."""
    for _ in range(_MOST_LOOKS):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(_BETWEEN)
    raise AssertionError(condition)


@pytest.fixture
def page_file(
    request: pytest.FixtureRequest,
    events: list[Event],
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    tmp_path: Path,
) -> Path:
    kind = getattr(request, "param", "failing")
    if kind == "bench":
        bench_page(results(), tmp_path)
        return tmp_path / "bench.html"
    if kind == "pairs":
        with (tmp_path / "pairs.html").open("w", encoding="utf-8") as file:
            pairs_html.write(Told([PROBLEM, LATE], with_partners=3), file, "en")
        return tmp_path / "pairs.html"
    write_all(events if kind == "failing" else [started, make_case("c-1", "pass"), _DONE],
              tmp_path, "en")  # fmt: skip
    return tmp_path / "report.html"


@pytest.mark.parametrize("page_file", PAGES, indirect=True)
def test_a_narrow_page_does_not_scroll_sideways(opened: Open, page_file: Path) -> None:
    page = opened(page_file, _NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == _NARROW


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page_file", PAGES, indirect=True)
def test_nothing_bars_the_way_of_anyone(opened: Open, page_file: Path, scheme: str) -> None:
    found = Axe().run(opened(page_file, color_scheme=scheme)).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


def test_a_finding_is_found_by_its_words_and_places(opened: Open, page_file: Path) -> None:
    page = opened(page_file)

    def shown() -> tuple[int, int]:
        return page.locator(".cause:visible").count(), page.locator(
            ".cases tbody tr:visible"
        ).count()

    whole = shown()
    assert page.inner_text("#filter output") == f"{sum(whole)} of {sum(whole)} shown"
    page.select_option("select[name=message]", "JW321")
    assert shown() == (2, 2)
    page.select_option("select[name=code]", "SUT-CRASH")
    assert shown() == (1, 1)
    assert "SUT-CRASH" in page.inner_text(".cause:visible")
    page.click("button[type=reset]")
    comes_true(page, f"document.querySelectorAll('.cause:not([hidden])').length == {whole[0]}")
    page.fill("input[name=words]", "/B/C[2]/Naam")
    assert shown() == (1, 0)
    page.select_option("select[name=direction]", "2.0-2.1")
    page.select_option("select[name=suite]", "schema")
    assert shown() == (0, 0)
    assert page.inner_text("#filter output") == f"0 of {sum(whole)} shown"


def test_a_finding_is_opened_and_closed(opened: Open, page_file: Path) -> None:
    page = opened(page_file)
    inside = page.locator("#cause-1 .inside")
    assert inside.is_visible()
    page.click("#cause-1 summary")
    assert not inside.is_visible()
    page.click("#cause-1 summary")
    assert inside.is_visible()


def test_two_messages_open_at_their_first_difference_and_scroll_together(
    opened: Open,
    started: RunStarted,
    make_case: Callable[..., CaseFinished],
    make_finding: Callable[..., Finding],
    tmp_path: Path,
) -> None:
    files = {role: f"cases/c-1/{role}.ei" for role in ("expected", "actual")}
    (tmp_path / "cases" / "c-1").mkdir(parents=True)
    for role, end in {"expected": b"x", "actual": b"y"}.items():
        (tmp_path / files[role]).write_bytes(b"02".ljust(300) + end + b" " * 99)
    case = make_case("c-1", "fail", make_finding("c-1"), files=files)
    write_all([started, case, _DONE], tmp_path, "en")
    page = opened(tmp_path / "report.html", _NARROW)
    page.click(".messages summary")
    left, right = page.locator(".pane").all()
    comes_true(page, "document.querySelectorAll('.pane')[1].scrollLeft > 0")
    for pane in (left, right):
        mark = pane.locator("mark").bounding_box()
        assert mark
        assert 0 < mark["x"] < _NARROW
    left.evaluate("(pane) => { pane.scrollLeft = 7; }")
    comes_true(page, "document.querySelectorAll('.pane')[1].scrollLeft === 7")


def test_without_script_all_is_there_but_the_search(opened: Open, page_file: Path) -> None:
    scripted = opened(page_file).locator(".cause:visible").count()
    page = opened(page_file, java_script_enabled=False)
    assert page.locator(".cause:visible").count() == scripted
    assert not page.locator("#filter").is_visible()


def test_on_paper_every_finding_is_open_and_fits(opened: Open, page_file: Path) -> None:
    page = opened(page_file)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    # A4 less its margins of 16 mm, at 96 dots to an inch.
    page.set_viewport_size({"width": 672, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 672


@pytest.mark.parametrize("red", [300, pytest.param(25_000, marks=pytest.mark.long)])
def test_a_page_of_very_many_findings_opens(opened: Open, tmp_path: Path, red: int) -> None:
    many = Many(tmp_path / "events.jsonl", red=red, each=4, fields=9).write()
    path = tmp_path / "report.html"
    with path.open("w", encoding="utf-8") as file:
        write_one(report_html.REPORT, many, file, "en")
    assert path.stat().st_size < _MOST_BYTES
    page = opened(path, _NARROW)
    page.select_option("select[name=message]", "WMO305")
    assert 0 < page.locator(".cause:visible").count() < page.locator(".cause").count()
    assert page.evaluate("document.documentElement.scrollWidth") == _NARROW
