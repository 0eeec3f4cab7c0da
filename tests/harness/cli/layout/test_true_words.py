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
            row = rows.get(path_of(element))
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


def zero_of(row: Json, field: Json) -> str:
    return "0" if row["base"] == "integer" else "0" * int(field["length"])


@pytest.mark.parametrize("name", ["WMO301", "WMO303", "WMO307", "JW304"])
def test_a_zero_is_kept_absent_or_refused_as_told(shown: Shown, name: str) -> None:
    message = Message(shown(name))
    found = set()
    for place, row, field in message.elements():
        if field["type"] != "N" or row["codes"] or row["base"] == "date":
            continue
        zero, words = zero_of(row, field), row["to_20"]["words"]
        became = message.with_text(place, zero)
        if f"{zero}: refused, as zeros are blank in 2.0" in words:
            told = "refused"
            assert became == "OUT-REQUIRED", row["path"]
        elif f"{zero} becomes zeros, which mean absent in 2.0" in words:
            told = "absent"
            assert "0" * field["length"] in texts(became, field)
            assert {zero, "EI-TOTAL"}.isdisjoint(back(became, row))
        else:
            told = "kept"
            # A zero that is read as an amount is in its total.
            assert became == "XML-VALUE" or {zero, "EI-TOTAL"} & {*back(became, row)}, row["path"]
        found.add(told)
    assert {"absent", "refused"} <= found


def back(message: str, row: Json) -> list[str]:
    """The text of an element after the way back, or the code of a refusal."""
    try:
        root = etree.fromstring(convert(message.encode("iso-8859-1"), "2.0", "2.1"))
    except Refused as error:
        return [error.code]
    found = [str(item.text) for item in root.iter() if path_of(item) == row["path"]]
    return found[:1]


def path_of(element: etree._Element) -> str:
    """The path of an element from below the root."""
    names = [etree.QName(item).localname for item in (element, *element.iterancestors())]
    return "/".join(reversed(names[:-1]))


@pytest.mark.parametrize("name", ["WMO301", "WMO304", "WMO307", "JW303", "JW305"])
def test_a_blank_mandatory_field_is_refused_as_told(shown: Shown, name: str) -> None:
    told = shown(name)
    (note,) = [line for line in told["notes"]["refused-2.0"] if "(EI-FILLED;" in line]
    assert "zeros in N, spaces in AN; but not where zeros are said to be a value, a code" in note
    found = set()
    for record in told["records"]:
        for field in record["fields"]:
            derived = {field[way]["kind"] for way in ("to_21", "from_21")} == {"derived"}
            # Without its code a message has no type, and is refused for that.
            is_code = field["name"] == "CODE EXTERNE-INTEGRATIEBERICHT"
            if field["presence"] == "M" and not derived and not is_code:
                refused = blanked(told["whole"]["2.0"], field) == "EI-FILLED"
                assert refused != is_said_to_be_zeros(field), field["name"]
                found.add(refused)
    assert found == {True, False}


def is_said_to_be_zeros(field: Json) -> bool:
    to, back = field["to_21"]["words"], field["from_21"]["words"]
    is_value = any("zero is a value" in word or word == "zeros are a code" for word in to)
    return is_value or is_filled(back)


def is_filled(words: list[str]) -> bool:
    """Whether zeros are what is filled in, always or where another field is blank."""
    return "zeros" in words or any(re.search("otherwise `0+`", word) for word in words)


def blanked(message: str, field: Json) -> str:
    """The code of the refusal of a message with a blank field, or its first bytes in 2.1."""
    lines = message.splitlines()
    here = [number for number, line in enumerate(lines) if line[:2] == field["record"]]
    assert here or field["record"] not in ("01", "99")
    # The lines of a comment are blank together.
    for number in here if field["record"] == "98" else here[:1]:
        blank = {"N": "0", "AN": " "}[field["type"]] * field["length"]
        line = lines[number]
        lines[number] = line[: field["start"] - 1] + blank + line[field["end"] :]
    data = "".join(f"{line}\r\n" for line in lines).encode("iso-8859-1")
    try:
        return convert(data, "2.0", "2.1")[:5].decode()
    except Refused as error:
        return error.code
