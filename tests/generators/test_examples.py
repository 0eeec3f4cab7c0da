"""The examples of a message type: of every field and element, synthetic, and always the same."""

from __future__ import annotations

import csv

import pytest
from lxml import etree

from generators.examples import examples
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read
from tests.paths import ROOT

NAMES = tuple(catalogue().messages)
# The fields that no valid message fills, as their tables say.
ALWAYS_BLANK = ("SUBVERSIENUMMER BERICHTSTANDAARD", "AANTAL DEBITEURRECORDS", "RESERVE")


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_a_filled_example(name: str) -> None:
    found = examples(name).fields
    with (ROOT / f"schemas/tables/ei20/{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = found[row["record"], int(row["start"])]
            assert len(text) == int(row["length"])
            blank = not text.strip("0" if row["type"] == "N" else " ")
            assert blank == row["field"].startswith(ALWAYS_BLANK), row["field"]


@pytest.mark.parametrize("name", NAMES)
def test_every_element_with_a_text_has_an_example(name: str) -> None:
    leaves = {path for path, item in catalogue().one(name).elements.items() if item.type}
    assert set(examples(name).elements) == leaves


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_message_is_valid_in_each_release(name: str) -> None:
    whole = examples(name).whole
    assert set(whole) == ({"2.0", "2.1"} if catalogue().one(name).root else {"2.0"})
    assert read(whole["2.0"].encode("iso-8859-1"), "2.0").faults == []
    if "2.1" in whole:
        assert read(whole["2.1"].encode(), "2.1").faults == []
        bsn = etree.fromstring(whole["2.1"].encode()).find(".//{*}Bsn")
        assert bsn is not None
        # The range that is never issued to citizens.
        assert 999900006 <= int(bsn.text or 0) <= 999999990


def test_the_examples_are_the_same_each_time() -> None:
    examples.cache_clear()
    one = examples("WMO305")
    examples.cache_clear()
    assert examples("WMO305") == one
