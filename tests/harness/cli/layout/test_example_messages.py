"""The example messages of both releases are one message, as far as its values are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from harness.reference import convert
from tests.harness.cli.door import CONVERTED, Done

Json = dict[str, Any]
Shown = Callable[..., Json]
Ikeur = Callable[..., Done]
LATIN_1 = "iso-8859-1"
EXCEPTIONS = (
    r"^lost, field blank: |^a code that 2\.. lacks |^0+ becomes zeros, |; a second is lost$"
)


def is_kept(row: Json, *ways: str) -> bool:
    """Whether a row keeps each value both ways, even those that need words of their own."""
    words = [word for way in ways for word in row[way]["words"]]
    are_all = not any(re.search(EXCEPTIONS, word) for word in words)
    return are_all and all(row[way]["kind"] == "kept" for way in ways)


def element_texts(message: bytes, rows: list[Json]) -> dict[str, list[str]]:
    """The texts of each kept element, in order."""
    found: dict[str, list[str]] = {row["path"]: [] for row in rows}
    for element in etree.fromstring(message).iter():
        chain = [element, *element.iterancestors()][:-1]
        path = "/".join(etree.QName(item).localname for item in reversed(chain))
        if path in found:
            found[path].append(str(element.text))
    return found


def field_texts(message: bytes, fields: list[Json]) -> dict[str, list[str]]:
    """The texts of each kept field, in order."""
    lines = message.decode(LATIN_1).splitlines()
    return {
        field["anchor"]: [
            line[field["start"] - 1 : field["end"]] for line in lines if line[:2] == field["record"]
        ]
        for field in fields
    }


@pytest.mark.parametrize("name", CONVERTED)
def test_what_is_kept_is_the_same_in_both(shown: Shown, name: str) -> None:
    told = shown(name)
    one, other = told["whole"]["2.0"].encode(LATIN_1), told["whole"]["2.1"].encode()
    rows = [row for row in told["elements"] if is_kept(row, "to_20", "from_20")]
    fields = [
        field
        for record in told["records"]
        for field in record["fields"]
        if is_kept(field, "to_21", "from_21")
    ]
    assert min(len(rows), len(fields)) > 10
    assert element_texts(convert(one, "2.0", "2.1"), rows) == element_texts(other, rows)
    assert field_texts(convert(other, "2.1", "2.0"), fields) == field_texts(one, fields)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "the same message as in 2.0, except for what is lost, cut, filled in or replaced"),
        (
            "nl",
            "hetzelfde als in 2.0, op wat verloren gaat of wordt afgekapt",
        ),
    ],
)
def test_the_title_says_so_where_both_are_shown(ikeur: Ikeur, lang: str, words: str) -> None:
    layout = ("layout", "WMO307", "--lang", lang)
    assert ikeur(*layout).said.count(words) == 1
    assert words in ikeur(*layout, "--out", "-").out.decode()
    for release in ("2.0", "2.1"):
        assert words not in ikeur(*layout, "--release", release).said
