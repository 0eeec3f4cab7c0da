"""Where a message is taken that must be refused, every report tells what was wrong with it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from harness.running import case_files as kept
from tests.harness.cli.door import PASS, RED, Done, results

Ikeur = Callable[..., Done]
ARGS = ("--messages", "WMO305", "--suite", "refuse", "--count", 30)
# Typed from the tables of WMO305: where the sex of a client stands in each release.
FIELD, COLUMN, PATH = "02 GESLACHT", 57, "/Bericht/Clienten/Client/Geslacht"
KIND = {"en": "A code that is in no list", "nl": "Een code die in geen enkele lijst staat"}
SAID = {"en": "The reference says", "nl": "De referentie zegt"}
REFERENCE = {
    "en": "'{value}' where a code of Geslacht was expected",
    "nl": "'{value}'; verwacht: een code uit Geslacht",
}


@dataclass(frozen=True)
class Red:
    """A run that took sexes that are in no list: what it said, and the red cases with such."""

    folder: Path
    lang: str
    said: str
    cases: list[dict[str, Any]]

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [item for case in self.cases for item in case["findings"]]

    def told(self, name: str) -> str:
        """A report, as people read it."""
        return unescape((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def red(ikeur: Ikeur, tmp_path: Path) -> Red:
    return run_in("en", ikeur, tmp_path)


def run_in(lang: str, ikeur: Ikeur, tmp_path: Path) -> Red:
    args = (*ARGS, "--lang", lang, "--out", "out")
    done = ikeur("run", "--python", "software:any_sex", *args)
    assert done.code == RED
    cases = [case for case in results(tmp_path / "out")["cases"] if ".unknown-code" in case["id"]]
    cases = [case for case in cases if case["verdict"] == "fail"]
    assert cases
    return Red(tmp_path / "out", lang, done.said, cases)


def columns_of(red: Red, case: dict[str, Any], item: dict[str, Any]) -> str:
    """What stands at the 2.0 address of a finding, in the message that was handed over."""
    path: Path = red.folder / case["files"]["input"]
    data, place = path.read_bytes(), item["ei"]
    record: str = data.decode("iso-8859-1").split("\r\n")[place["number"] - 1]
    assert record[:2] == place["record"]
    start, end = int(place["start"]), int(place["end"])
    return record[start - 1 : end]


def element_of(red: Red, case: dict[str, Any], item: dict[str, Any]) -> etree._Element:
    """What stands at the 2.1 address of a finding, in the message that was handed over."""
    root = etree.parse(str(red.folder / case["files"]["input"])).getroot()
    steps = item["xml"]["path"].removeprefix("/Bericht/").split("/")
    (element,) = root.findall("/".join(f"{{*}}{step}" for step in steps))
    return element


def test_a_finding_tells_the_kind_the_field_both_addresses_and_the_value(red: Red) -> None:
    for case in red.cases:
        (item,) = case["findings"]
        flaw = item["flaw"]
        assert (item["code"], flaw["kind"]) == ("SUT-ACCEPTED", "unknown-code")
        assert flaw["what"] == {lang: f"{what}." for lang, what in KIND.items()}
        assert re.sub(r"\[\d+\]", "", item["xml"]["path"]) == PATH
        place = item["ei"]
        assert flaw["field"] == FIELD == f"{place['record']} {place['field']}"
        assert place["start"] == place["end"] == COLUMN
        if case["direction"] == "2.0-2.1":
            assert columns_of(red, case, item) == flaw["value"]
            assert flaw["code"] == "EI-CODE"
        else:
            element = element_of(red, case, item)
            assert (element.text, element.sourceline) == (flaw["value"], item["xml"]["line"])
            assert flaw["code"] == "XML-VALUE"
        assert flaw["value"] in flaw["said"]
        assert (item["expected"], item["actual"]) == ("a refusal", "a converted message")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_report_for_people_tells_it(ikeur: Ikeur, tmp_path: Path, lang: str) -> None:
    red = run_in(lang, ikeur, tmp_path)
    (first, *_) = red.findings
    flaw = first["flaw"]
    record = f"record {first['ei']['number']} ({first['ei']['record']}) {first['ei']['field']}"
    wanted = [KIND[red.lang], "unknown-code", record, first["xml"]["path"]]
    reference = REFERENCE[red.lang].format(value=flaw["value"])
    wanted += [f'"{flaw["value"]}"', SAID[red.lang], flaw["code"], reference]
    console = " ".join(red.said.split())
    for word in wanted:
        assert word in console, word
        for name in ("report.html", "summary.md", "junit.xml"):
            assert word in red.told(name), (name, word)


def test_the_machine_readable_reports_tell_it(red: Red) -> None:
    (case, *_) = red.cases
    (item,) = case["findings"]
    flaw = item["flaw"]
    with (red.folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["case"] == case["id"])
    assert (row["flaw"], row["what is wrong"]) == ("unknown-code", f"{KIND[red.lang]}.")
    assert (row["field"], row["path"]) == (flaw["field"], item["xml"]["path"])
    assert row["value"] == f'"{flaw["value"]}"'
    assert row["reference"] == f"{flaw['code']}: {flaw['said']}"

    sarif = json.loads((red.folder / "results.sarif").read_text(encoding="utf-8"))
    found = sarif["runs"][0]["results"]
    told = next(one for one in found if one["properties"]["case"] == case["id"])
    text = told["message"]["text"]
    for word in (KIND[red.lang], "unknown-code", flaw["said"], item["xml"]["path"]):
        assert word in text
    (place,) = told["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == case["files"]["input"]


def test_the_first_line_in_junit_names_what_is_wrong(red: Red) -> None:
    root = etree.parse(str(red.folder / "junit.xml")).getroot()
    for case in red.cases:
        (failure,) = root.iterfind(f".//testcase[@name='{case['id']}']/failure")
        assert KIND[red.lang] in failure.get("message", "")


def test_a_cause_is_by_the_kind_and_the_field(red: Red) -> None:
    row = (
        rf"^\| \d+ \| SUT-ACCEPTED \| WMO305 \| {FIELD} \|.*\(unknown-code\).* {len(red.cases)} \|$"
    )
    assert len(re.findall(row, red.told("summary.md"), re.M)) == 1


def test_a_kind_without_a_field_tells_the_kind_and_what_the_reference_says(ikeur: Ikeur) -> None:
    args = ("--messages", "JW321", "--suite", "refuse", "--count", 1, "--out", "out")
    done = ikeur("run", "--command", "echo {message}", *args)
    assert done.code == RED
    console = " ".join(done.said.split())
    assert "A message type that stays EI in 2.1 (not-converted)" in console
    assert "The reference says OUT-NOT-CONVERTED: JW321 is not converted" in console


def test_software_that_gives_no_reasons_is_one_cause(ikeur: Ikeur) -> None:
    args = ("--messages", "WMO305", "--suite", "refuse", "--count", 12, "--out", "out")
    done = ikeur("run", "--command", "sh -c 'exit 3'", *args)
    assert done.code == RED
    assert done.said.count("SUT-NO-REASON  WMO305") == 1


def test_the_files_of_a_finding_that_only_advises_are_kept(ikeur: Ikeur, tmp_path: Path) -> None:
    args = ("--messages", "WMO316", "--suite", "convert", "--count", 3, "--out", "out")
    assert ikeur("run", "--python", "software:wrong_return_date", *args).code == PASS
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    cases = [case for case in results(tmp_path / "out")["cases"] if case["findings"]]
    assert cases
    for case in cases:
        assert {item["blocking"] for item in case["findings"]} == {False}
        for role in ("input", "expected", "actual"):
            assert (tmp_path / "out" / case["files"][role]).stat().st_size
    assert cases[0]["files"]["actual"] in page


def test_what_only_advises_leaves_room_for_the_files_of_what_fails(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 1)
    args = ("--messages", "WMO316", "--suite", "convert", "--count", 8, "--out", "out")
    assert ikeur("run", "--python", "software:wrong_dates", *args).code == RED
    cases = [case for case in results(tmp_path / "out")["cases"] if case["files"]]
    assert sorted(case["verdict"] for case in cases) == ["fail", "pass"]
