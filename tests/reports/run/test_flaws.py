"""What is wrong with a message that must be refused stands in every report, whatever is in it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from reports.events.events import CaseFinished, Finding, Flaw, RunFinished, RunStarted
from reports.run.causes.causes import Causes
from schemas.message.fault import EiAddress, XmlAddress
from tests.paths import ROOT
from tests.reports.writing import write_all

SCHEMA = json.loads((ROOT / "reports" / "results.schema.json").read_text(encoding="utf-8"))
FLAW = Flaw(
    kind="unknown-code",
    what={"en": "A code that is in no list.", "nl": "Een code die in geen enkele lijst staat."},
    field="02 GESLACHT",
    value="7",
    code="EI-CODE",
    said="'7' where a code of Geslacht was expected",
)
EI = EiAddress(2, "02", "GESLACHT", 57, 57)
XML = XmlAddress("/Bericht/Clienten/Client[1]/Geslacht")
MakeFinding = Callable[..., Finding]
MakeCase = Callable[..., CaseFinished]


@pytest.fixture
def taken(make_finding: MakeFinding) -> MakeFinding:
    """A finding that a message was taken which must be refused."""

    def of(case: str, flaw: Flaw = FLAW, code: str = "SUT-ACCEPTED", **parts: object) -> Finding:
        about = {"ei": EI, "xml": XML, "suite": "refuse", **parts}
        return make_finding(case, code, flaw=flaw, **about)

    return of


def written(
    started: RunStarted, cases: list[CaseFinished], folder: Path, lang: str = "en"
) -> dict[str, str]:
    """The reports of a run with these cases, by name."""
    write_all([started, *cases, RunFinished(True, "", 1.0)], folder, lang)
    return {path.name: path.read_text(encoding="utf-8-sig") for path in folder.iterdir()}


def keys(*found: Finding) -> list[tuple[str, str]]:
    """The flaw and the place of each cause, in the order in which they are told."""
    causes = Causes()
    for item in found:
        causes.add(CaseFinished("c", "refuse", "WMO301", "2.0-2.1", "fail", 0.0, ""), item)
    return [(cause.example.taken_with, cause.place) for cause in causes.sorted()]


def test_causes_are_by_kind_and_field(taken: MakeFinding) -> None:
    other = replace(FLAW, field="02 NAAMGEBRUIK")
    missing = replace(FLAW, kind="value-missing")
    found = [taken("1"), taken("2"), taken("3"), taken("4", other), taken("5", other)]
    assert keys(*found, taken("6", missing)) == [
        ("unknown-code", "02 GESLACHT"),
        ("unknown-code", "02 NAAMGEBRUIK"),
        ("value-missing", "02 GESLACHT"),
    ]


@pytest.mark.parametrize("code", ["SUT-NO-REASON", "SUT-CRASH", "SUT-REFUSED-WITH-OUTPUT"])
def test_what_the_software_does_with_whatever_it_must_refuse_is_one_cause(
    taken: MakeFinding, code: str
) -> None:
    other = replace(FLAW, kind="value-missing", field="02 BSN")
    assert keys(taken("1", code=code), taken("2", other, code=code)) == [("", "")]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_each_report_tells_it(
    started: RunStarted, make_case: MakeCase, taken: MakeFinding, tmp_path: Path, lang: str
) -> None:
    case = make_case("c-1", "fail", taken("c-1"), suite="refuse")
    reports = written(started, [case], tmp_path / "out", lang)
    for name in ("report.html", "summary.md", "junit.xml", "results.sarif", "findings.csv"):
        for word in (FLAW.what[lang].rstrip("."), "unknown-code", "GESLACHT", "EI-CODE"):
            assert word in reports[name], (name, word)
    told = json.loads(reports["results.json"])
    Draft202012Validator(SCHEMA).validate(told)
    assert told["cases"][0]["findings"][0]["flaw"]["said"] == FLAW.said


def test_whatever_is_in_a_flaw_the_reports_can_be_read(
    started: RunStarted, make_case: MakeCase, taken: MakeFinding, tmp_path: Path, nasty: str
) -> None:
    flaw = replace(FLAW, value=nasty + "x" * 100_000, said=nasty + "y" * 100_000, field=nasty)
    cases = [make_case("c-1", "fail", taken("c-1", flaw), suite="refuse")]
    reports = written(started, cases, tmp_path / "out")
    etree.fromstring(reports["junit.xml"].encode())
    json.loads(reports["results.sarif"])
    assert len(list(csv.DictReader(reports["findings.csv"].splitlines()))) == 1
    assert "<script>alert" not in reports["report.html"]
    for name in ("report.html", "summary.md", "junit.xml", "results.sarif", "findings.csv"):
        assert len(reports[name]) < 100_000, name
        assert "\x1b" not in reports[name], name


def test_a_finding_of_before_has_no_flaw(taken: MakeFinding) -> None:
    data: dict[str, Any] = {**vars(taken("c-1")), "ei": None, "xml": None, "smallest": None}
    assert Finding.from_json({**data, "flaw": vars(FLAW)}).flaw == FLAW
    del data["flaw"]
    assert Finding.from_json(data).flaw is None
