"""Every report for people tells what was expected and found in its language, and no other does."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from reports.events.events import CaseFinished, Finding, Flaw, RunFinished, RunStarted
from tests.reports.writing import write_all

PEOPLE = ("report.html", "summary.md", "junit.xml", "results.sarif", "findings.csv")
ENGLISH = (
    "a refusal",
    "a converted message",
    "ended with exit code 1, without an answer",
    "absent",
)
DUTCH = (
    "een weigering",
    "een geconverteerd bericht",
    "gestopt met exitcode 1, zonder antwoord",
    "ontbreekt",
)


@pytest.fixture
def folder(
    tmp_path: Path,
    started: RunStarted,
    make_finding: Callable[..., Finding],
    make_case: Callable[..., CaseFinished],
) -> Callable[[str], Path]:
    """The reports in a language of a run that takes a flawed message, and ends at another."""
    what = {"en": "A value is lacking.", "nl": "Een waarde is er niet."}
    flaw = Flaw("value-missing", what, "02 GESLACHT", "absent", "EI-GROUP", "")
    died = "ended with exit code 1, without an answer"
    taken = make_finding(
        "c1", "SUT-ACCEPTED", expected="a refusal", actual="a converted message", flaw=flaw
    )
    lost = make_finding("c2", "SUT-CRASH", expected="a converted message", actual=died)
    cases = [
        make_case("c1", "fail", taken),
        make_case("c2", "crash", lost, reason=died),
    ]

    def write(lang: str) -> Path:
        (tmp_path / lang).mkdir()
        write_all([started, *cases, RunFinished(True, "", 1.0)], tmp_path / lang, lang)
        return tmp_path / lang

    return write


@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_for_people_has_the_words_of_its_language(
    folder: Callable[[str], Path], name: str
) -> None:
    dutch, english = (unescape((folder(one) / name).read_text("utf-8")) for one in ("nl", "en"))
    # A summary has the titles of the causes, and no more of what was expected.
    titles = ENGLISH[2:], DUTCH[2:]
    told = titles if name == "summary.md" else (ENGLISH, DUTCH)
    assert [text for text in told[0] if text not in english] == []
    assert [text for text in told[1] if text not in dutch] == []
    assert [text for text in ENGLISH if text in dutch] == []


def test_the_results_are_the_same_in_any_language(folder: Callable[[str], Path]) -> None:
    one, other = (json.loads((folder(lang) / "results.json").read_text()) for lang in ("nl", "en"))
    assert one["cases"] == other["cases"]
    assert other["cases"][0]["findings"][0]["expected"] == "a refusal"
