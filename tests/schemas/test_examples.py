"""The published 2.0 examples go to 2.1 and back; only what 2.1 has no place for is not kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from harness.reference import converter as reference
from schemas.ei import read as ei_read
from schemas.facts.catalogue import catalogue
from tests.schemas.example_files import EXAMPLES, Row, cut, data, fields, lines
from tests.schemas.tables_edit import OWN

pytestmark = pytest.mark.examples
XSD = OWN.parent / "xsd" / "iwmo"


def _there(examples: Path, file: str) -> bytes:
    return reference.convert(data(examples, file), "2.0", "2.1")


def test_all_published_examples_are_known_here(examples: Path) -> None:
    assert {path.name for path in (examples / "ei20").iterdir()} == set(EXAMPLES)


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_published_example_has_no_fault_but_its_line_ends(examples: Path, file: str) -> None:
    reading = ei_read.read(data(examples, file))
    assert reading.message is catalogue().one(EXAMPLES[file])
    # All end their records with LF; the two oldest have nothing behind the last.
    expected = ["EI-LINE-END"] + (["EI-LAST-LINE-END"] if file.endswith(".txt") else [])
    assert [fault.code for fault in reading.faults] == expected


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_published_example_becomes_a_message_that_lxml_finds_valid(
    examples: Path, file: str
) -> None:
    schema = etree.XMLSchema(etree.parse(XSD / f"{EXAMPLES[file].lower()}.xsd"))
    schema.assertValid(etree.fromstring(_there(examples, file)))


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_published_example_becomes_a_message_that_xmlschema_finds_valid(
    examples: Path, file: str
) -> None:
    schema = xmlschema.XMLSchema(str(XSD / f"{EXAMPLES[file].lower()}.xsd"), allow="local")
    schema.validate(_there(examples, file).decode())


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_published_example_becomes_a_message_that_xmllint_finds_valid(
    examples: Path, file: str, xmllint: str
) -> None:
    schema = XSD / f"{EXAMPLES[file].lower()}.xsd"
    command = [xmllint, "--noout", "--nonet", "--schema", str(schema), "-"]
    done = subprocess.run(command, input=_there(examples, file), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _back(row: Row, line: str, header: str) -> str:
    """What the rule of a field that 2.1 has no place for writes on the way back."""
    rule, length = row["rule"].partition("back: ")[2], int(row["length"])
    values = {
        "spaces": " " * length,
        "P": "P",
        # In the client record itself BSN stands in columns 15 to 23.
        "the BSN of the client": line[14:23].ljust(length),
        "the gemeente of the header": header[9:13],
    }
    if rule == "2 when NAAM (02) is filled, else 0":
        name = {"02": slice(95, 120), "03": slice(108, 133)}[line[:2]]
        return "2" if line[name].strip() else "0"
    return values.get(rule, rule)


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_published_example_comes_back_but_for_what_only_2_0_has(
    examples: Path, file: str
) -> None:
    layout = fields(EXAMPLES[file])
    before = lines(data(examples, file))
    back = reference.convert(_there(examples, file), "2.1", "2.0")
    assert back.endswith(b"\r\n")
    after = lines(back)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert new[:2] == old[:2]
        for row in layout[old[:2]]:
            only_20 = "drop; back: " in row["rule"]
            expected = _back(row, new, after[0]) if only_20 else cut(old, row)
            assert cut(new, row) == expected, (old[:2], row["field"])


def test_a_number_of_a_client_that_is_its_bsn_comes_back_too(examples: Path) -> None:
    # Every example has the client's BSN as its CLIENTNUMMER, in the client and all below it.
    for file, name in EXAMPLES.items():
        back = reference.convert(_there(examples, file), "2.1", "2.0")
        numbers = [
            cut(line, row)
            for line in lines(back)
            for row in fields(name)[line[:2]]
            if row["field"] == "CLIENTNUMMER"
        ]
        assert set(numbers) == {f"{'123456782':<20}"}
