"""Every fault of the faulty converters is caught, at its own field; a faithful one is left alone.

The converters stand in `tests/suts`, what must be found of each in `faults.toml` beside them.
"""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path
from typing import cast

import pytest
from _pytest.mark import ParameterSet
from lxml import etree

from tests.paths import SUTS
from tests.suts.fault_table import Fault, faults
from tests.suts.running import Ikeur, Json, beside_the_software

FAULTS = faults()
VARIANTS = (
    "convert_in_ascii",
    "convert_in_other_words",
    "convert_with_empty_groups",
    "convert_with_fractions_of_zero",
    "convert_with_leading_zeros",
    "convert_with_other_prefixes",
    "convert_without_layout",
)


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


# Some faults show in few messages only.
MANY = 60


def _marked(fault: Fault) -> ParameterSet:
    marks = (
        [pytest.mark.xfail(strict=True, raises=AssertionError, reason=fault.missed)]
        if fault.missed
        else []
    )
    if fault.count > MANY:
        marks.append(pytest.mark.long)
    return pytest.param(fault, id=fault.name, marks=marks)


@pytest.mark.parametrize("fault", [_marked(fault) for fault in FAULTS.values()])
def test_a_fault_is_caught_at_its_own_field_and_nothing_else_is_blamed(
    ikeur: Ikeur, fault: Fault
) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.faulty:{fault.name}",
        suite=fault.suites,
        messages=fault.messages,
        count=fault.count,
        block_on=fault.block_on,
        quick=False,
    )

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    assert not fault.not_found(outcome.findings), fault.what
    assert not fault.blamed(outcome.findings), fault.what


@pytest.mark.parametrize(
    "name", ["gives_every_request_one_reference", "numbers_reasons_of_withdrawal_in_order"]
)
def test_a_fault_against_a_reconstructed_fact_advises_unless_grade_d_blocks(
    ikeur: Ikeur, name: str
) -> None:
    fault = FAULTS[name]
    outcome = ikeur.run(
        f"--python=tests.suts.faulty:{name}",
        suite="convert",
        messages=fault.messages,
        count=fault.count,
    )

    assert {item["evidence"] for item in outcome.findings} == {"D"}
    assert not any(item["blocking"] for item in outcome.findings)
    assert outcome.exit_code == 0


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
def test_both_addresses_of_a_finding_lead_to_the_value(ikeur: Ikeur, name: str) -> None:
    fault = FAULTS[name]
    outcome = ikeur.run(
        f"--python=tests.suts.faulty:{name}",
        suite="convert",
        messages=fault.messages,
        count=fault.count,
    )

    assert outcome.findings
    for case in outcome.cases:
        files = {role: outcome.folder / path for role, path in case["files"].items()}
        for item in case["findings"]:
            if item["code"].startswith(("EI-", "XML-")):
                # What the layout or schema finds stands in the output alone.
                continue
            if case["direction"] == "2.0-2.1":
                read, written = _cell(files["input"], item["ei"]), _text(files["actual"], item)
            else:
                read, written = _text(files["input"], item), _cell(files["actual"], item["ei"])
            assert _plain(written) == _plain(item["actual"]), item
            # A name that is longer than its field is expected as far as the field can hold it.
            assert _plain(read).startswith(_plain(item["expected"])), item


def test_the_address_of_a_lost_client_is_not_that_of_one_that_is_there(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faulty:keeps_first_client",
        suite="convert",
        messages="WMO305",
        count=10,
    )

    assert outcome.findings
    for case in outcome.cases:
        for item in case["findings"]:
            assert _elements(outcome.folder / case["files"]["actual"], item) == []


def _cell(path: Path, place: Json) -> str:
    """What stands in a 2.0 file at an address; a comment with the lines that follow."""
    text = path.read_bytes().decode("iso-8859-1").replace("\r\n", "\n")
    lines = text.split("\n")[place["number"] - 1 :]
    assert lines[0][:2] == place["record"]
    many = place["record"] == "98"
    found = list(itertools.takewhile(lambda line: line[:2] == "98", lines)) if many else lines[:1]
    return "".join(line[place["start"] - 1 : place["end"]] for line in found)


def _elements(path: Path, finding: Json) -> list[etree._Element]:
    """What stands in a 2.1 file at the path of an address."""
    steps = finding["xml"]["path"].split("/")
    names = [re.sub(r"^(\w+)", r"*[local-name()='\1']", step) for step in steps]
    return cast(list[etree._Element], etree.parse(path).getroot().xpath("/".join(names)))


def _text(path: Path, finding: Json) -> str:
    """The text of the one element at an address of a 2.1 file."""
    (found,) = _elements(path, finding)
    assert found.sourceline == finding["xml"]["line"]
    return "".join(found.xpath("text()"))


def _plain(value: str) -> str:
    """A value in the notation that both releases share."""
    value = value.strip()
    is_time = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}:[0-9]{2}", value)
    value = re.sub("[-:]", "", value) if is_time else value
    return (value.lstrip("0") or "0") if value.isdigit() else value


# The sweep of all types takes longest.
@pytest.mark.parametrize(
    ("count", "quick"), [(2, True), pytest.param(3, False, marks=pytest.mark.long)]
)
def test_a_faithful_converter_gets_no_finding_in_any_message_type(
    ikeur: Ikeur, count: int, quick: bool
) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faithful_python:convert",
        messages="all",
        count=count,
        block_on="ABCD",
        quick=quick,
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert len({case["message"] for case in outcome.cases if case["suite"] == "convert"}) == 20


def test_a_faithful_converter_gets_no_finding_in_the_sweep(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faithful_python:convert",
        suite="refuse",
        messages="WMO304,JW316",
        count=1,
        block_on="ABCD",
        quick=False,
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert len(outcome.cases) > 200


@pytest.mark.parametrize("variant", VARIANTS)
def test_other_notations_that_say_the_same_get_no_finding(ikeur: Ikeur, variant: str) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.faithful_python:{variant}",
        suite="schema,convert,roundtrip,rules",
        messages="WMO301,JW303,WMO315,JW316",
        count=4,
        block_on="ABCD",
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0


def test_every_faulty_converter_stands_in_the_table() -> None:
    modules = (SUTS / "faulty").glob("*.py")
    functions = [
        node.name
        for path in modules
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert sorted(functions) == sorted(FAULTS)
