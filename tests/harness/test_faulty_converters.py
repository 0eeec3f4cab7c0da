"""Every fault of the faulty converters is caught, at its own field; a faithful one is left alone.

The converters stand in `tests/suts`, what must be found of each in `faults.toml` beside them.
"""

from __future__ import annotations

import ast
import itertools
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from _pytest.mark import ParameterSet
from click.testing import CliRunner
from lxml import etree

from harness.cases import parse
from harness.cli import main

SUTS = Path(__file__).parents[1] / "suts"
ROOT = Path(__file__).parents[2]
ANY = "*"
Json = dict[str, Any]


@dataclass(frozen=True)
class Find:
    """A finding that must be there; `ei` and `xml` are places, as `faults.toml` explains them."""

    suite: str
    direction: str
    code: str
    ei: str
    xml: str

    def fits(self, finding: Json) -> bool:
        """Whether a finding is this one."""
        where = _kind(finding) if self.suite == "refuse" else _ei(finding)
        return (
            (self.suite, self.direction) == (finding["suite"], finding["direction"])
            and self.code in (ANY, finding["code"])
            and _fits_ei(self.ei, where)
            and _fits_xml(self.xml, _xml(finding))
        )


@dataclass(frozen=True)
class Fault:
    """A faulty converter and what must be found of it."""

    name: str
    what: str
    messages: str
    finds: tuple[Find, ...]
    count: int = 20
    block_on: str = "ABC"
    shows_in: str = ""
    missed: str = ""


def _kind(finding: Json) -> str:
    return parse(finding["case"]).kind


def _ei(finding: Json) -> str:
    place = finding["ei"] or {"record": "", "field": ""}
    return f"{place['record']} {place['field']}".strip()


def _xml(finding: Json) -> str:
    return re.sub(r"\[\d+\]", "", finding["xml"]["path"]) if finding["xml"] else ""


def _fits_ei(place: str, actual: str) -> bool:
    if place.endswith(f" {ANY}"):
        return actual.startswith(place[:-1])
    return place in (ANY, actual)


def _fits_xml(place: str, actual: str) -> bool:
    if place in ("", ANY, "/"):
        return place in (ANY, actual)
    return f"/{actual}".endswith(f"/{place.removeprefix('/')}")


def _faults() -> list[Fault]:
    rows = tomllib.loads((SUTS / "faults.toml").read_text(encoding="utf-8"))
    return [
        Fault(name, **{**row, "finds": tuple(Find(*find) for find in row["finds"])})
        for name, row in rows.items()
    ]


FAULTS = _faults()
VARIANTS = (
    "convert_in_other_words",
    "convert_with_leading_zeros",
    "convert_with_other_prefixes",
    "convert_without_layout",
)


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit code, its cases, and the folder of its reports."""

    exit_code: int
    cases: list[Json]
    folder: Path

    @property
    def findings(self) -> list[Json]:
        """The findings of all cases."""
        return [finding for case in self.cases for finding in case["findings"]]


Run = Callable[..., Outcome]


@pytest.fixture
def ikeur_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`ikeur run` on a Python function of `tests/suts`."""
    monkeypatch.chdir(SUTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(python: str, **options: object) -> Outcome:
        folder = tmp_path / python.partition(":")[2]
        words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        arguments = ["run", f"--python={python}", *words, f"--out={folder}"]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        return Outcome(result.exit_code, results["cases"], folder)

    return run


def _marked(fault: Fault) -> ParameterSet:
    marks = [pytest.mark.xfail(strict=True, reason=fault.missed)] if fault.missed else []
    return pytest.param(fault, id=fault.name, marks=marks)


@pytest.mark.parametrize("fault", [_marked(fault) for fault in FAULTS])
def test_a_fault_is_caught_at_its_own_field_and_nothing_else_is_blamed(
    ikeur_run: Run, fault: Fault
) -> None:
    outcome = ikeur_run(
        f"faulty:{fault.name}",
        suite=",".join(sorted({find.suite for find in fault.finds})),
        messages=fault.messages,
        count=fault.count,
        block_on=fault.block_on,
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    findings = outcome.findings
    missed = [
        find
        for find in fault.finds
        if find.code != ANY and not any(find.fits(item) and item["blocking"] for item in findings)
    ]
    assert not missed, fault.what
    blamed = {
        (item["suite"], item["direction"], item["code"], _ei(item), _xml(item))
        for item in findings
        if not any(find.fits(item) for find in fault.finds)
        or (fault.shows_in and item["message"] != fault.shows_in)
    }
    assert not blamed, fault.what


@pytest.mark.parametrize(
    "name", ["numbers_reasons_of_withdrawal_in_order", "gives_every_request_one_reference"]
)
def test_a_fault_against_a_reconstructed_fact_advises_and_blocks_on_request_only(
    ikeur_run: Run, name: str
) -> None:
    fault = next(item for item in FAULTS if item.name == name)
    outcome = ikeur_run(
        f"faulty:{name}", suite="convert", messages=fault.messages, count=fault.count
    )

    found = [item for item in outcome.findings if item["evidence"] == "D"]
    assert found
    assert not any(item["blocking"] for item in found)
    assert outcome.exit_code == int(any(item["blocking"] for item in outcome.findings))


@pytest.mark.parametrize(
    "name",
    [
        "cuts_names_at_20",
        "does_not_subtract_credit",
        "joins_comment_lines_with_a_space",
        "takes_telephone_for_a_number",
        "writes_days_that_do_not_exist",
        "writes_midnight_as_24",
        "writes_question_marks_for_accents",
    ],
)
def test_both_addresses_of_a_finding_lead_to_the_value(ikeur_run: Run, name: str) -> None:
    fault = next(item for item in FAULTS if item.name == name)
    outcome = ikeur_run(
        f"faulty:{name}", suite="convert", messages=fault.messages, count=fault.count
    )

    found = 0
    for case in outcome.cases:
        for item in case["findings"]:
            files = {role: outcome.folder / case["files"][role] for role in ("input", "actual")}
            ei, xml = files["input"], files["actual"]
            if case["direction"] == "2.1-2.0":
                ei, xml = xml, ei
            in_20, in_21 = _cell(ei, item["ei"]), _text(xml, item["xml"])
            written, read = (in_20, in_21) if ei == files["actual"] else (in_21, in_20)
            assert _alike(written, item["actual"], item), item
            assert _alike(read, item["expected"], item), item
            found += 1
    assert found


def _cell(path: Path, place: Json) -> str:
    """What stands in a 2.0 file at an address; a comment with the lines that follow."""
    lines = path.read_bytes().decode("iso-8859-1").split("\r\n")
    line: str = lines[place["number"] - 1]
    assert line[:2] == place["record"]
    columns = slice(place["start"] - 1, place["end"])
    if place["record"] == "98":
        rest = lines[place["number"] - 1 :]
        return "".join(
            item[columns] for item in itertools.takewhile(lambda it: it[:2] == "98", rest)
        )
    return line[columns]


def _text(path: Path, place: Json) -> str:
    """What stands in a 2.1 file at an address."""
    root = etree.parse(path).getroot()
    steps = [re.sub(r"^(\w+)", r"*[local-name()='\1']", step) for step in place["path"].split("/")]
    (found,) = cast(list[etree._Element], root.xpath("/".join(steps)))
    assert found.sourceline == place["line"]
    return found.text or ""


def _alike(value: str, said: str, finding: Json) -> bool:
    """Whether a value is the said one, in the notation of either release."""
    if finding["code"] == "FIELD-CUT" and finding["ei"]["record"] != "98":
        return value.strip() == said.strip() or said.startswith(value.strip())
    digits = [re.sub(r"[-:]", "", text).strip() for text in (value, said)]
    same_number = digits[0].lstrip("0") == digits[1].lstrip("0") and digits[0].isdigit()
    return digits[0] == digits[1] or same_number


def test_a_faithful_converter_gets_no_finding_in_any_message_type(ikeur_run: Run) -> None:
    outcome = ikeur_run("faithful_python:convert", messages="all", count=3, block_on="ABCD")

    assert outcome.findings == []
    assert outcome.exit_code == 0
    types = {case["message"] for case in outcome.cases if case["suite"] == "convert"}
    assert len(types) == 20


@pytest.mark.parametrize("variant", VARIANTS)
def test_other_notations_that_say_the_same_get_no_finding(ikeur_run: Run, variant: str) -> None:
    outcome = ikeur_run(
        f"faithful_python:{variant}",
        suite="schema,convert,roundtrip",
        messages="WMO301,JW303,WMO315,JW316",
        count=4,
        block_on="ABCD",
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0


def test_every_faulty_converter_stands_in_the_table() -> None:
    modules = [path for path in SUTS.glob("faulty_*.py") if path.name != "faulty_tools.py"]
    functions = [
        node.name
        for path in modules
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert sorted(functions) == sorted(fault.name for fault in FAULTS)
