"""What a finding of a run says can be checked, and seen again."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.harness.cli.door import PASS, RED, Done, results

Ikeur = Callable[..., Done]
# The place of GESLACHT in record 02 of WMO305, typed from its table.
SEX = {"record": "02", "field": "GESLACHT", "start": 57, "end": 57}


@pytest.fixture
def red(ikeur: Ikeur, tmp_path: Path) -> list[dict[str, Any]]:
    """The red cases of software that writes another sex into 2.1."""
    args = ("--messages", "WMO305", "--suite", "convert", "--count", 4)
    assert ikeur("run", "--python", "software:wrong_sexes", *args, "--out", "out").code == RED
    found = [case for case in results(tmp_path / "out")["cases"] if case["verdict"] == "fail"]
    assert found
    return found


def kept(tmp_path: Path, case: dict[str, Any], role: str) -> bytes:
    file: str = case["files"][role]
    return (tmp_path / "out" / file).read_bytes()


def test_a_finding_names_its_case_code_values_and_grade(red: list[dict[str, Any]]) -> None:
    for case in red:
        assert case["direction"] == "2.0-2.1"
        assert case["findings"]
        for item in case["findings"]:
            assert item["code"] == "FIELD-CHANGED"
            assert item["case"] == case["id"]
            assert (item["message"], item["suite"]) == ("WMO305", "convert")
            assert item["expected"] in ("1", "2")
            assert item["actual"] == "0"
            # The field of 2.0 is B, the element of 2.1 is A: the weakest counts.
            assert item["evidence"] == "B"
            assert item["blocking"] is True


def test_every_finding_is_a_row_for_a_spreadsheet(
    red: list[dict[str, Any]], tmp_path: Path
) -> None:
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["case"], row["code"], row["actual"]) for row in csv.DictReader(file)]
    found = [item for case in red for item in case["findings"]]
    assert rows == [(item["case"], item["code"], f'"{item["actual"]}"') for item in found]


def test_the_ei_address_is_where_the_value_stands_in_the_input(
    red: list[dict[str, Any]], tmp_path: Path
) -> None:
    for case in red:
        records = kept(tmp_path, case, "input").decode("iso-8859-1").split("\r\n")
        for item in case["findings"]:
            place = item["ei"]
            assert {key: place[key] for key in SEX} == SEX
            record = records[place["number"] - 1]
            assert record[:2] == "02"
            assert record[place["start"] - 1 : place["end"]] == item["expected"]


def test_the_xml_address_is_where_the_value_stands_in_the_output(
    red: list[dict[str, Any]], tmp_path: Path
) -> None:
    for case in red:
        root = etree.fromstring(kept(tmp_path, case, "actual"))
        expected = etree.fromstring(kept(tmp_path, case, "expected"))
        for item in case["findings"]:
            steps = item["xml"]["path"].removeprefix("/Bericht/").split("/")
            path = "/".join(f"{{*}}{step}" for step in steps)
            (element,) = root.findall(path)
            assert element.text == item["actual"] == "0"
            assert element.sourceline == item["xml"]["line"]
            assert expected.findtext(path) == item["expected"]


def test_each_wrong_value_has_one_finding(red: list[dict[str, Any]], tmp_path: Path) -> None:
    for case in red:
        expected = etree.fromstring(kept(tmp_path, case, "expected"))
        sexes = [element.text for element in expected.iter("{*}Geslacht")]
        assert len(case["findings"]) == len([sex for sex in sexes if sex != "0"])
        assert case["fidelity"]["changed"] == len(case["findings"])


def test_the_command_that_reproduces_it_works_as_it_stands(
    red: list[dict[str, Any]], ikeur_process: Ikeur, tmp_path: Path
) -> None:
    case = red[0]
    (command,) = {item["reproduce"] for item in case["findings"]}
    program, *words = shlex.split(command)
    assert program == "ikeur"
    assert case["id"] in words
    assert ikeur_process(*words).code == PASS
    (again,) = [path for path in tmp_path.iterdir() if path.is_dir() and path.name != "out"]
    for role in ("input", "expected"):
        (path,) = again.glob(f"{role}.*")
        assert path.read_bytes() == kept(tmp_path, case, role)


def test_the_console_shows_the_finding_its_places_and_the_command(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    args = ("--messages", "WMO305", "--suite", "convert", "--count", 10)
    done = ikeur("run", "--python", "software:wrong_sexes", *args, "--out", "out")
    (item, *_) = [f for case in results(tmp_path / "out")["cases"] for f in case["findings"]]
    for word in ("FIELD-CHANGED", "GESLACHT", item["xml"]["path"], item["case"], item["reproduce"]):
        assert word in done.said, word
