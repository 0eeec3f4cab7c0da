"""What the words say of a value is what a correct converter does with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from lxml import etree

from harness.reference import convert
from schemas.errors import Refused

Json = dict[str, Any]
Shown = Callable[..., Json]
_MOST_CODES = 40
_NOT_BLANK = r".*[^\s].*"


class Message:
    """The example of a layout in 2.1, in which one element at a time is changed."""

    def __init__(self, shown: Json) -> None:
        self.shown = shown
        self.root = etree.fromstring(shown["whole"]["2.1"].encode())
        self.fields = {
            f"{field['record']} {field['name']}": field
            for record in shown["records"]
            for field in record["fields"]
        }

    def elements(self) -> Iterator[tuple[int, Json, Json]]:
        """The first element of each path that one field has the value of, with that field."""
        rows = {row["path"]: row for row in self.shown["elements"]}
        seen = set()
        for place, element in enumerate(self.root.iter()):
            names = [etree.QName(item).localname for item in (element, *element.iterancestors())]
            row = rows.get("/".join(reversed(names[:-1])))
            if row is None or row["path"] in seen or row["to_20"]["kind"] not in ("kept", "cut"):
                continue
            seen.add(row["path"])
            (first, *others) = row["to_20"]["places"]
            field = self.fields[first["name"]]
            if not others and len(field["from_21"]["places"]) == 1:
                yield place, row, field

    def with_text(self, place: int, text: str) -> str:
        """What becomes of the message with another text in an element."""
        root = deepcopy(self.root)
        list(root.iter())[place].text = text
        return converted(root)

    def without(self, place: int) -> str:
        """What becomes of the message without an element."""
        root = deepcopy(self.root)
        element = list(root.iter())[place]
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        return converted(root)


def converted(root: etree._Element) -> str:
    """The message in 2.0, or the code of the refusal."""
    try:
        return convert(etree.tostring(root), "2.1", "2.0").decode("iso-8859-1")
    except Refused as error:
        return error.code


def texts(message: str, field: Json) -> list[str]:
    """The text of a field in each record of its kind."""
    lines = [line for line in message.split("\r\n") if line[:2] == field["record"]]
    return [line[field["start"] - 1 : field["end"]] for line in lines]


def named(words: list[str], start: str) -> list[str]:
    """The codes that a sentence lists."""
    told = [word.removeprefix(start) for word in words if word.startswith(start)]
    return re.split(", ", told[0]) if told else []


@pytest.mark.parametrize("name", ["WMO301", "WMO303", "WMO305", "JW304"])
def test_the_codes_that_are_told_to_be_refused_or_lost_are(shown: Shown, name: str) -> None:
    message = Message(shown(name))
    judged = 0
    for place, row, field in message.elements():
        codes = list(row["codes"]["labels"]) if row["codes"] else []
        for code in codes if len(codes) <= _MOST_CODES else ():
            words = row["to_20"]["words"]
            became = message.with_text(place, code)
            refused = code in named(words, "refused, as 2.0 lacks them: ")
            assert (became == "OUT-CODE") == refused, (row["path"], code)
            if code in named(words, "lost, field blank: "):
                assert texts(became, field)[0].strip("0 ") == ""
            if moved := dict(item.split(" → ") for item in named(words, "other codes: ")).get(code):
                assert texts(became, field)[0] == moved
            judged += 1
    assert judged > 5


def too_long(row: Json, length: int) -> str:
    """A text that an element may hold and a field cannot; empty if there is none."""
    facets = row["facets"]
    is_free = facets.get("pattern", _NOT_BLANK) == _NOT_BLANK and not row["codes"]
    if not is_free or row["base"] not in ("string", "integer"):
        return ""
    if row["base"] == "integer":
        number = 10**length
        return str(number) if number <= int(facets.get("maxInclusive", number)) else ""
    return "a" * (length + 1) if length < int(facets.get("maxLength", length + 1)) else ""


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("WMO301", {"cut"}), ("WMO307", {"cut"}), ("JW303", {"cut", "refused"})],
)
def test_what_is_too_long_is_cut_or_refused_as_told(
    shown: Shown, name: str, kinds: set[str]
) -> None:
    message = Message(shown(name))
    found = set()
    for place, row, field in message.elements():
        text, words = too_long(row, field["length"]), row["to_20"]["words"]
        is_told_refused = f"longer than {field['length']}: refused" in words
        is_told_cut = f"cut after {field['length']} characters" in words
        assert (is_told_cut or is_told_refused) == bool(text), row["path"]
        if text:
            became = message.with_text(place, text)
            found.add("cut" if is_told_cut else "refused")
            if is_told_cut:
                assert text[:-1] in texts(became, field)
            else:
                assert became in ("OUT-TOO-LONG", "OUT-VALUE")
    assert found == kinds


@pytest.mark.parametrize("name", ["WMO305", "WMO307", "WMO316", "JW306"])
def test_what_is_absent_leaves_zeros_or_spaces_as_told(shown: Shown, name: str) -> None:
    message = Message(shown(name))
    judged = 0
    for place, row, field in message.elements():
        if row["times"].startswith("0") and not row["path"].startswith("Header"):
            (told,) = [word for word in row["to_20"]["words"] if word.startswith("element absent")]
            blank = {"zeros": "0", "spaces": " "}[told.removeprefix("element absent: ")]
            assert blank * field["length"] in texts(message.without(place), field)
            judged += 1
    assert judged > 2
