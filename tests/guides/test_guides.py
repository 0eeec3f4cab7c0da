"""The guides keep what they promise, from the first line to the last, in both languages."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.guides.following import Reader
from tests.guides.guide_pages import GUIDES, commands, steps, text
from tests.paths import ROOT

NAMES = ["vendor.en", "vendor.nl", "dryrun.en", "dryrun.nl"]
# What the guides tell the reader to open or keep, by hand.
PROMISED = {
    "vendor": [
        "product/run-1/report.html",
        "product/run-1/cases/WMO305.convert.2.0-2.1.s1.n4/smallest-input.ei",
        "product/ikeur-report/report.html",
        "product/ikeur-report/summary.md",
        "product/ikeur-report/junit.xml",
        "product/ikeur-report/results.sarif",
        "product/.github/workflows/ikeur.yml",
        "product/.gitlab-ci.yml",
        "product/Jenkinsfile",
        "product/azure-pipelines.yml",
    ],
    "dryrun": [
        "rehearsal/audit-1/pairs.html",
        "rehearsal/audit-5/partners.csv",
        "rehearsal/bundle.zip",
        "rehearsal/vendor.pem",
        "rehearsal/vendor.pem.pub",
        "rehearsal/evidence.sha256",
    ],
}
MONTHS = {
    "en": ["April", "May", "June"],
    "nl": ["april", "mei", "juni"],
}


def assert_followed(reader: Reader, name: str) -> None:
    followed, unseen = reader.follow(name)
    wrong = [one for one in followed if one.code != one.command.code]
    assert wrong == []
    assert unseen == []
    work = reader.folder / "work"
    assert [path for path in PROMISED[name.split(".")[0]] if not (work / path).exists()] == []


@pytest.mark.parametrize(
    "guide",
    [pytest.param(name, marks=[pytest.mark.long] if name == "dryrun" else []) for name in PROMISED],
)
def test_a_guide_is_followed_from_its_first_command_to_its_last(guide: str, tmp_path: Path) -> None:
    # The English one has the same commands, as a test below holds; `make guides` follows both.
    assert_followed(Reader(tmp_path), f"{guide}.nl")


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_followed_on_a_machine_where_nothing_is_installed(
    name: str, tmp_path: Path
) -> None:
    if not os.environ.get("IKEUR_GUIDES_CLEAN"):
        pytest.skip(
            "NOT CHECKED, for want of `make guides`, which installs from a package index: "
            "a guide is followed on a machine where nothing is installed"
        )
    ref = subprocess.check_output(["git", "-C", ROOT, "rev-parse", "HEAD"], text=True).strip()
    assert_followed(Reader(tmp_path, str(ROOT), ref, clean=True), name)


@pytest.mark.parametrize("guide", PROMISED)
def test_both_languages_have_the_same_commands_in_the_same_order(guide: str) -> None:
    english, dutch = commands(f"{guide}.en"), commands(f"{guide}.nl")
    assert [one.neutral for one in english] == [one.neutral for one in dutch]
    assert [one.code for one in english] == [one.code for one in dutch]
    assert [one.mark for one in english] == [one.mark for one in dutch]


@pytest.mark.parametrize("guide", PROMISED)
def test_both_languages_have_the_same_parts(guide: str) -> None:
    english, dutch = ([*map(type, steps(f"{guide}.{language}"))] for language in ("en", "nl"))
    assert english == dutch
    parts = [
        re.findall(r"^(#+|\|(?=-)|```\w+)", text(f"{guide}.{one}"), re.M) for one in ("en", "nl")
    ]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_links_of_a_guide_lead_somewhere(name: str) -> None:
    page = text(name)
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", page, re.M)
    }
    for link in re.findall(r"\]\(([^)]+)\)", page):
        path, _, place = link.partition("#")
        assert (GUIDES / path).exists(), link
        assert path or place in headings, link


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_leads_to_a_guide(name: str) -> None:
    assert f"(docs/guides/{name}.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", MONTHS)
def test_the_calendar_has_the_moments_that_ikeur_judges_by(language: str) -> None:
    with (ROOT / "schemas" / "tables" / "timelines.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["to_release"] == "2.1")
    bold = " ".join(re.findall(r"\*\*([^*]+)\*\*", text(f"dryrun.{language}")))
    moments = [column for column in row if column not in ("from_release", "to_release", "evidence")]
    assert len(moments) == 4
    for column in moments:
        moment = datetime.fromisoformat(row[column])
        said = f"{_day(moment.date(), language)} {moment:%H:%M}"
        assert said in bold, column


@pytest.mark.parametrize("language", MONTHS)
def test_the_weeks_of_the_calendar_begin_on_their_mondays(language: str) -> None:
    rows = re.findall(r"^\| (\d) \| (\d+ \w+) \|", text(f"dryrun.{language}"), re.M)
    assert [int(week) for week, _ in rows] == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    for week, day in rows:
        monday = date(2017, 6, 12) - timedelta(weeks=int(week))
        assert monday.isoweekday() == 1
        assert day == _day(monday, language)


def _day(day: date, language: str) -> str:
    return f"{day.day} {MONTHS[language][day.month - 4]}"
