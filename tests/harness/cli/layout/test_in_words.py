"""The mapping in words; each sentence is typed from the row of the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Json = dict[str, Any]
Shown = Callable[..., Json]
# Message, record, field: what it becomes in 2.1, and how it is filled from 2.1.
SAID = [
    (
        ("WMO307", "02", "GESLACHT"),
        ["all digits, with leading zeros", "other codes: 9 → 0", "always filled"],
        ["digits, right-aligned, zero-padded to 1", "other codes: 0 → 9"],
    ),
    (
        ("WMO307", "02", "NAAM"),
        ["unchanged, without trailing spaces", "always filled"],
        ["unchanged, left-aligned, padded with spaces to 25", "cut after 25 characters"],
    ),
    (
        ("WMO307", "06", "INGANGSDATUM TOEWIJZING"),
        ["EEJJMMDD becomes EEJJ-MM-DD", "zeros: element absent"],
        ["EEJJ-MM-DD becomes EEJJMMDD", "element absent: zeros"],
    ),
    (("WMO307", "02", "CLIENTNUMMER"), ["2.1 has no element for it"], ["BSN of record 02"]),
    (
        ("WMO307", "06", "CLIENTNUMMER"),
        ["not in 2.1: implied by the place of the class"],
        ["equal to CLIENTNUMMER of record 02 above it"],
    ),
    (("WMO307", "01", "VERSIENUMMER BERICHTSTANDAARD"), ["always `2`"], ["always `02`"]),
    (
        ("WMO307", "99", "TOTAAL AANTAL DETAILRECORDS"),
        ["not in 2.1"],
        ["number of records between 01 and 99, with leading zeros (7 digits)"],
    ),
    (
        ("WMO301", "02", "NAAMCODE (02)"),
        ["2.1 has no element for it"],
        ["`2` if NAAM (02) is filled, otherwise `0`"],
    ),
    (
        ("WMO301", "98", "VRIJE TEKST"),
        [
            "the lines joined in order, each with all its spaces; "
            "only trailing spaces of the whole text are dropped"
        ],
        ["the text in pieces of 140 characters, split even within a word; one record per piece"],
    ),
    (
        ("WMO301", "15", "TOEWIJZINGSTIJD"),
        ["UUMMSS becomes UU:MM:SS", "zero is a value"],
        ["UU:MM:SS becomes UUMMSS"],
    ),
    (
        ("WMO303", "04", "BEREKEND BEDRAG"),
        [
            "as a number, without leading zeros",
            "absent if INDICATIE DEBET/CREDIT (01) is blank; otherwise zero is a value",
        ],
        ["digits, right-aligned, zero-padded to 8", "element absent: zeros"],
    ),
]


@pytest.mark.parametrize(("place", "to_21", "from_21"), SAID, ids=lambda item: str(item)[:40])
def test_a_rule_is_told_in_words(
    shown: Shown, place: tuple[str, str, str], to_21: list[str], from_21: list[str]
) -> None:
    message, record, name = place
    (found,) = shown(message, "--record", record)["records"]
    (field,) = [item for item in found["fields"] if item["name"] == name]
    assert field["to_21"]["words"] == to_21
    assert field["from_21"]["words"] == from_21


def test_the_words_are_dutch_if_asked(shown: Shown) -> None:
    (found,) = shown("WMO307", "--record", "02", "--lang", "nl")["records"]
    (field,) = [item for item in found["fields"] if item["name"] == "NAAM"]
    assert field["from_21"]["words"] == [
        "ongewijzigd, links uitgelijnd, met spaties aangevuld tot 25",
        "afgekapt na 25 tekens",
    ]


def test_a_header_code_that_says_nothing_is_told(shown: Shown) -> None:
    (found,) = shown("WMO306", "--record", "01")["records"]
    (field,) = [item for item in found["fields"] if item["name"] == "RETOURCODE (01)"]
    assert "element absent if `0200` would be the only code" in field["to_21"]["words"]
    assert "`0200` if the element is absent" in field["from_21"]["words"]
    # The row of the field is C, that of the code is D.
    assert (field["evidence"], field["to_21"]["evidence"]) == ("C", "D")


def test_the_form_of_each_release_is_told(shown: Shown) -> None:
    notes = shown("WMO307")["notes"]
    assert any("140 characters and ends with CR LF" in note for note in notes["2.0"])
    spaces = "http://www.istandaarden.nl/iwmo/2_1/"
    for prefix, name in (("wmo307", "wmo307"), ("iwmo", "basisschema")):
        uri = f"Prefix `{prefix}` stands for `{spaces}{name}/schema/2_1`."
        assert uri in notes["2.1"]
