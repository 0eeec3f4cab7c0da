"""What a layout says is refused: a line for each kind of the suite `refuse`, and true."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from harness.reference import convert
from harness.suites.refuse.kinds import kinds_of
from schemas.errors import Refused
from tests.harness.cli.door import CONVERTED, STAYS_EI, Done
from tests.paths import ROOT

Json = dict[str, Any]
Shown = Callable[..., Json]
Ikeur = Callable[..., Done]
LF, CR = 10, 13
CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
# Typed by hand: lines that not every type has, by a part of their text, and the types with them.
ASSIGNMENTS = {"WMO301", "WMO302", "JW301", "JW302"}
DECLARATIONS = {"WMO303", "WMO304", "JW303", "JW304"}
COMMENTS = ASSIGNMENTS | DECLARATIONS
RETURNS = {name for name in CONVERTED if int(name[-1]) % 2 == 0}
STOPS = {"WMO307", "WMO308", "JW307", "JW308"}
ONLY = {
    "A relatie without": ASSIGNMENTS,
    "A time that": ASSIGNMENTS,
    "A key that is not unique": ASSIGNMENTS,
    "A total": DECLARATIONS,
    "more digits than its field": DECLARATIONS,
    "A comment with": COMMENTS,
    "(except in comments)": COMMENTS,
    "(gaps are allowed)": RETURNS,
    "filled without one that belongs to it": set(CONVERTED) - STOPS,
    "repeats more often": RETURNS,
    "the type stays EI": set(STAYS_EI),
}


def rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LINES = rows("reports/layout/refusals.csv")


def kinds(row: dict[str, str]) -> list[tuple[str, str]]:
    return [(kind, row["release"]) for kind in row["kinds"].split()]


def test_each_kind_of_the_suite_has_one_line() -> None:
    asked = rows("harness/suites/refuse/refusals.csv")
    told = Counter(kind for row in LINES for kind in kinds(row))
    assert set(told) == {(row["kind"], row["release"]) for row in asked}
    assert set(told.values()) == {1}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_type_is_told_the_lines_of_its_kinds(ikeur: Ikeur, lang: str) -> None:
    for message in ikeur("layout", "--json", "--lang", lang).json["messages"]:
        for release in ("2.0", "2.1"):
            notes = message["notes"].get(f"refused-{release}", [])
            found = kinds_of(message["name"], release)
            for item in found:
                (row,) = [row for row in LINES if (item.kind, release) in kinds(row)]
                start = re.sub(r"\\{\w+\\}", ".*", re.escape(row[f"what_{lang}"]))
                (line,) = [note for note in notes if re.match(rf"{start} \(", note)]
                assert item.code in line
            assert bool(notes) == bool(found)


def test_a_line_is_told_only_of_types_that_it_applies_to(ikeur: Ikeur) -> None:
    found = ikeur("layout", "--json").json["messages"]
    for part, types in ONLY.items():
        told = {
            message["name"]
            for message in found
            for name, notes in message["notes"].items()
            if name.startswith("refused") and any(part in note for note in notes)
        }
        assert told == types, part


def test_the_terminal_and_the_page_tell_them_and_one_record_does_not(ikeur: Ikeur) -> None:
    line = "A byte order mark (XML-BOM; evidence D)"
    said = ikeur("layout", "WMO307").said
    assert "\nWhat is refused in 2.1\n  - A file" in said
    assert f"\n  - {line}\n" in said
    assert f"<li>{line}</li>" in ikeur("layout", "WMO307", "--out", "-").out.decode()
    assert "Wat wordt geweigerd in 2.0" in ikeur("layout", "WMO307", "--lang", "nl").said
    assert line not in ikeur("layout", "WMO307", "--record", "06").said
    assert line not in ikeur("layout", "WMO307", "--release", "2.0").said


def became(text: str | bytes, source: str) -> str:
    """The converted message, or the code of its refusal."""
    target = {"2.0": "2.1", "2.1": "2.0"}[source]
    encoding = {"2.0": "iso-8859-1", "2.1": "utf-8"}
    data = text if isinstance(text, bytes) else text.encode(encoding[source])
    try:
        return convert(data, source, target).decode(encoding[target])
    except Refused as error:
        return error.code


class Whole:
    """The example of a type, of which one text is replaced."""

    def __init__(self, shown: Json) -> None:
        self.texts = shown["whole"]
        names = re.findall(r"Geslachtsnaam>\s*<\w+:Naam>(\w{6,20})<", self.texts["2.1"])
        self.name: str = names[0]
        (number,) = re.findall(r"BeschikkingNummer>(\d+)<", self.texts["2.1"])[:1]
        self.number = number.zfill(9)

    def __call__(self, release: str, old: str, new: str) -> str:
        assert old in self.texts[release]
        return became(self.texts[release].replace(old, new, 1), release)


@pytest.fixture
def whole(shown: Shown) -> Whole:
    return Whole(shown("WMO307"))


def test_these_control_characters_are_refused_and_no_others(whole: Whole) -> None:
    name = whole.name
    for code in range(0x100):
        # In 2.0 a line end is one, within a record.
        wanted = code in CONTROLS
        changed = f"{name[:3]}{chr(code)}{name[4:]}"
        assert ("EI-" in whole("2.0", name, changed)) == wanted, code
        if code in (9, LF, CR) or code >= 0x20:
            answer = whole("2.1", f">{name}<", f">{name[:3]}&#{code};{name[4:]}<")
            assert (answer == "OUT-CHARACTER") == wanted, code


def test_zeros_are_blank_in_n_and_spaces_in_an(whole: Whole) -> None:
    assert whole("2.0", "999962085", "0" * 9) == "EI-FILLED"
    assert whole("2.0", "999962085", " " * 9) == "EI-NUMERIC"
    assert whole("2.0", whole.name, " " * len(whole.name)) == "EI-FILLED"
    # BESCHIKKINGNUMMER is not mandatory, and still takes no spaces.
    assert whole("2.0", whole.number, " " * 9) == "EI-NUMERIC"
    assert "BeschikkingNummer" not in whole("2.0", whole.number, "0" * 9)


def test_an_attribute_of_xml_schema_is_none_of_the_message(whole: Whole) -> None:
    spaces = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    good = f'<wmo307:Bericht {spaces} xsi:schemaLocation="a b" '
    assert whole("2.1", "<wmo307:Bericht ", good).startswith("01420")
    assert whole("2.1", "<wmo307:Header>", '<wmo307:Header lang="nl">') == "XML-ATTRIBUTE"


def test_a_zero_counts_as_absent_where_the_field_is_mandatory(whole: Whole) -> None:
    assert whole("2.1", "Bsn>999962085<", f"Bsn>{'0' * 9}<") == "OUT-REQUIRED"
    assert whole("2.1", "Afzender>98814090<", f"Afzender>{'0' * 8}<") == "OUT-REQUIRED"


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_a_byte_order_mark_is_refused(whole: Whole, release: str) -> None:
    data = b"\xef\xbb\xbf" + whole.texts[release].encode()
    assert became(data, release) == {"2.0": "EI-BOM", "2.1": "XML-BOM"}[release]


def test_the_numbers_of_a_return_message_may_have_gaps(shown: Shown) -> None:
    for name, answer in (("WMO307", "EI-NUMBER"), ("WMO308", "<?xml")):
        text = shown(name)["whole"]["2.0"]
        lines = text.splitlines()
        last = max(number for number, line in enumerate(lines) if line[:2] not in ("98", "99"))
        lines[last] = lines[last][:2] + "000000000099" + lines[last][14:]
        found = became("".join(f"{line}\r\n" for line in lines), "2.0")
        assert found.startswith(answer), name


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Dagtekening", "2017-02-30", "XML-VALUE"),
        ("Dagtekening", "2017-02-20Z", "XML-VALUE"),
        ("Dagtekening", "20170220", "XML-VALUE"),
        ("BeschikkingNummer", "1.5", "XML-VALUE"),
        ("Toewijzingstijd", "25:00:00", "XML-VALUE"),
        ("Toewijzingstijd", "10:00:00.5", "OUT-VALUE"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(
    shown: Shown, name: str, text: str, code: str
) -> None:
    whole = shown("WMO301")["whole"]["2.1"]
    wrong, times = re.subn(rf"({name}>)[^<]+(</)", rf"\g<1>{text}\2", whole, count=1)
    assert times == 1
    assert became(wrong, "2.1") == code
