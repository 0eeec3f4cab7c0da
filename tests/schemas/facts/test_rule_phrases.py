"""The cells of a mapping rule say what its phrase says, which is that of the layouts."""

from __future__ import annotations

import re

import pytest

from tests.schemas.tables_edit import rows

CELLS = ("role", "codec", "absent", "argument", "back", "map", "fallback", "cut")
ROWS = {row["rule"]: row for row in rows("mapping_rules")}
# What a field repeats, by the words for it.
REPEATED = {
    "its clientrecord": "02/CLIENTNUMMER",
    "its beschikkingrecord; back: that of its Beschikking": "08/BESCHIKKINGNUMMER",
    "the client": "02/BSN",
    "the client; back: the client": "02/BSN",
    "the header": "01/GEMEENTECODE",
    "the header; back: the header": "01/GEMEENTECODE",
    "the header; drop; back: the header": "01/GEMEENTECODE",
}
# What is said of no number of phrases, typed one by one.
OTHERS = {
    "spaces": {"role": "reserve"},
    "sequence": {"role": "sequence"},
    "sequence 1..n over all detail records": {"role": "sequence"},
    "the identification of the record it comments on": {"role": "comment-of"},
    "line number from 1": {"role": "comment-line"},
    "lines joined in order; back: split in lines of at most 140": {"role": "comment-text"},
    "count of all detail records": {"role": "count", "argument": "*"},
    "count of 03 (always 0)": {"role": "count", "argument": "03"},
    "key of the beperking it scores": {"role": "equal", "argument": "07/BEPERKING"},
    "that of its prestatierecord": {"role": "equal", "argument": "04/PRESTATIEVOLGNUMMER ALGEMEEN"},
    "the list of its prestatierecord": {
        "role": "equal", "argument": "04/AANDUIDING PRESTATIECODELIJST",
    },
    "the code of its prestatierecord": {
        "role": "equal", "argument": "04/PRESTATIECODE/DBC DECLARATIECODE",
    },
    "the begin of its prestatierecord": {"role": "equal", "argument": "04/BEGINDATUM PRESTATIE"},
    "blank: address of the client; filled: of that relatie": {
        "role": "owner", "argument": "03/RELATIENUMMER",
    },
    "drop; back: spaces": {"role": "drop"},
    "drop; back: the BSN of the client": {"role": "drop", "argument": "02/BSN"},
    "drop; back: the gemeente of the header": {"role": "drop", "argument": "01/GEMEENTECODE"},
    "drop; back: 2 when NAAM (02) is filled, else 0": {
        "role": "drop", "argument": "NAAM (02)", "back": "2|0",
    },
    "P production, T test; drop; back: P": {"role": "drop", "back": "P"},
}  # fmt: skip
# The start of a phrase of a value, how it is written, and when it is absent.
VALUES = (
    ("same; Omvang absent when EENHEID is 00", "number", "with EENHEID"),
    ("date", "date", "blank"),
    ("UUMMSS", "time", "never"),
    ("eurocents; BerekendBedrag absent", "number", "with INDICATIE DEBET/CREDIT (01)"),
    ("eurocents; BtwBedrag absent", "number", "with INDICATIE DEBET/CREDIT BTW"),
    ("eurocents; BtwTotaalBedrag absent", "number", "with INDICATIE DEBET/CREDIT BTW"),
    ("number", "number", "never"),
    ("eurocents", "number", "never"),
    ("hundredths of a percent", "number", "never"),
    ("", "text", "blank"),
)
ZERO = re.compile(r"; 0+ = absent$")


def _value(phrase: str) -> dict[str, str]:
    """The cells of a phrase that says how a value is written in each release."""
    codec, absent = next((c, a) for start, c, a in VALUES if phrase.startswith(start))
    cells = {"role": "value", "codec": codec, "absent": "blank" if ZERO.search(phrase) else absent}
    if cut := re.search(r"truncate ([0-9]+)", phrase):
        cells["cut"] = cut[1]
    if "a code of this message" in phrase:
        cells["argument"] = "berichtcode"
    if "9 <-> 0" in phrase:
        cells["map"] = "geslacht"
    if code_map := re.match(r"code map (\w+)", phrase):
        cells["map"] = code_map[1]
    if fallback := re.search(r"other release lacks -> ([0-9]+)", phrase):
        cells["fallback"] = fallback[1]
    return cells


def _said(phrase: str) -> dict[str, str]:
    if phrase in OTHERS:
        return OTHERS[phrase]
    if constant := re.fullmatch(r"constant ([0-9]+)(?: <-> ([0-9]))?", phrase):
        return {"role": "constant", "argument": constant[1], "back": constant[2] or ""}
    if count := re.fullmatch("count of ([0-9]+)", phrase):
        return {"role": "count", "argument": count[1]}
    if phrase.startswith("must equal "):
        return {"role": "equal", "argument": REPEATED[phrase.removeprefix("must equal ")]}
    if back := re.fullmatch("drop; back: ([0-9]+)", phrase):
        return {"role": "drop", "back": back[1]}
    return _value(phrase)


@pytest.mark.parametrize("phrase", ROWS)
def test_the_cells_of_a_rule_say_what_its_phrase_says(phrase: str) -> None:
    said = dict.fromkeys(CELLS, "") | _said(phrase)
    assert {column: ROWS[phrase][column] for column in CELLS} == said
