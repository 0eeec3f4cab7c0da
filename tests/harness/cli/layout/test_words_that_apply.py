"""A layout has only words that apply to its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from harness.reference import convert
from schemas.errors import Refused
from tests.harness.cli.door import CONVERTED, Done
from tests.harness.cli.layout.rows import records, table

Json = dict[str, Any]
Shown = Callable[..., Json]
Ikeur = Callable[..., Done]


@pytest.fixture
def words(ikeur: Ikeur) -> dict[str, str]:
    """All words of each type in one text."""
    found = ikeur("layout", "--json").json["messages"]
    return {item["name"]: " ".join(texts(item)) for item in found}


def texts(item: Json) -> list[str]:
    fields = [field for record in item["records"] for field in record["fields"]]
    fates = [field[way] for field in fields for way in ("to_21", "from_21")]
    fates += [row[way] for row in item["elements"] for way in ("to_20", "from_20")]
    notes = [note for told in item["notes"].values() for note in told]
    return notes + [word for fate in fates for word in fate["words"]]


def types(words: dict[str, str], part: str) -> set[str]:
    return {name for name in CONVERTED if part in words[name]}


def test_comments_are_told_of_only_where_there_is_record_98(words: dict[str, str]) -> None:
    wanted = {name for name in CONVERTED if any(row["record"] == "98" for row in records(name))}
    assert 0 < len(wanted) < len(CONVERTED)
    for part in ("98", "in comments", "A comment (98)"):
        assert types(words, part) == wanted, part


def test_times_are_told_of_only_where_a_field_has_one(words: dict[str, str]) -> None:
    codecs = {row["rule"]: row["codec"] for row in table("mapping_rules")}
    wanted = {
        name
        for name in CONVERTED
        if any(codecs[row["rule"]] == "time" for row in table(f"ei20/{name}"))
    }
    assert 0 < len(wanted) < len(CONVERTED)
    for part in ("integers, dates and times", "A time that", "UUMMSS"):
        assert types(words, part) == wanted, part


def test_optional_groups_are_told_of_only_where_there_is_one(ikeur: Ikeur) -> None:
    for item in ikeur("layout", "--json").json["messages"]:
        paths = [row["path"] for row in item["elements"]]
        groups = [
            row
            for row in item["elements"]
            if row["times"].startswith("0")
            and any(path.startswith(f"{row['path']}/") for path in paths)
        ]
        told = any("an optional group" in note for note in item["notes"].get("2.1", []))
        assert told == bool(groups), item["name"]


def test_an_element_with_codes_has_the_bounds_of_its_codes(ikeur: Ikeur) -> None:
    lines = ikeur("layout", "WMO307").said.splitlines()
    (place,) = [number for number, line in enumerate(lines) if "iwmo:Categorie  " in line]
    assert "minInclusive" not in lines[place]
    assert "maxInclusive" not in lines[place]
    # The categories of the table are 01 to 18.
    assert "18 codes, from 01 to 18;" in lines[place + 1]
    (number,) = [line for line in lines if "wmo307:BeschikkingNummer  0" in line]
    assert "minInclusive 0, maxInclusive 999999999" in number


@pytest.mark.parametrize(
    ("name", "text", "is_taken"),
    [
        ("BerichtVersie", "2", True),
        ("BerichtVersie", " 2 ", True),
        ("BerichtVersie", "02", False),
        ("BerichtVersie", "+2", False),
        ("Categorie", "001", True),
        ("Categorie", "+1", True),
        ("Begindatum", "\n2014-09-02\t", True),
        ("Bsn", " 999962085", False),
    ],
)
def test_zeros_a_plus_and_white_space_count_as_told(
    shown: Shown, name: str, text: str, is_taken: bool
) -> None:
    told = shown("WMO307")
    (note,) = [line for line in told["notes"]["2.1"] if "Leading zeros and a plus" in line]
    assert "unless a pattern forbids them, as is white space around integers and dates" in note
    root = etree.fromstring(told["whole"]["2.1"].encode())
    element = next(root.iter(f"{{*}}{name}"))
    element.text = text
    try:
        convert(etree.tostring(root), "2.1", "2.0")
    except Refused:
        assert not is_taken
    else:
        assert is_taken
