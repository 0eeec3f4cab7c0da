"""Not one shape: what the messages must show, counted in the messages themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from lxml import etree

from generators.values.domains import sequence_number
from generators.values.draw import Draw
from generators.values.specs import of_field
from schemas.facts.catalogue import catalogue
from tests.generators.corpus import Corpus
from tests.generators.facts import (
    ALL,
    CONVERTED,
    Row,
    blank,
    children,
    elements,
    fields,
    local,
    records,
    root,
    rows,
)
from tests.sampling import sampled

WITHIN = 200
Name = tuple[str, str]
COMMENTED = ["WMO301", "WMO302", "WMO303", "WMO304", "JW301", "JW302", "JW303", "JW304"]


@pytest.mark.parametrize("message", sampled(CONVERTED, 3))
def test_within_200_each_element_is_present_and_where_it_may_be_absent(
    corpus: Corpus, message: str
) -> None:
    below: dict[str, list[str]] = {}
    for path in elements(message):
        parent, _, name = path.rpartition("/")
        below.setdefault(parent, []).append(name)
    present: set[str] = set()
    absent: set[str] = set()

    def watch(element: etree._Element, path: str) -> None:
        names = [local(child) for child in element]
        for name in below.get(path, ()):
            (present if name in names else absent).add(f"{path}/{name}".strip("/"))
        for child in element:
            watch(child, f"{path}/{local(child)}".strip("/"))

    for data in corpus.xml(message, "2.1", WITHIN):
        watch(root(data), "")
    assert [path for path in elements(message) if path not in present] == []
    optional = [path for path, element in elements(message).items() if element.least == 0]
    assert optional
    assert [path for path in optional if path not in absent] == []


def always_blank(row: Row) -> bool:
    """Whether a field never holds anything but spaces or zeros."""
    zeros = row["rule"].startswith("constant 00") or "always 0" in row["rule"]
    return row["field"] == "RESERVE" or zeros


def watched(corpus: Corpus, message: str) -> tuple[set[Name], set[Name]]:
    """The fields that are filled, and those that are blank, in some message."""
    filled: set[Name] = set()
    empty: set[Name] = set()
    for data in corpus.ei(message, "2.0", WITHIN):
        for kind, values in records(data):
            for row in fields(message, kind):
                name = (kind, row["field"])
                (empty if values[row["field"]] == blank(row) else filled).add(name)
    return filled, empty


def names(message: str, *presence: str) -> list[Name]:
    """The fields of a message that can be filled, by how they must be present."""
    return [
        (row["record"], row["field"])
        for row in rows(f"ei20/{message}")
        if row["presence"] in presence and not always_blank(row)
    ]


@pytest.mark.parametrize("message", sampled(ALL, 3))
def test_within_200_each_field_is_filled(corpus: Corpus, message: str) -> None:
    filled, _ = watched(corpus, message)
    assert [name for name in names(message, "M", "C", "O") if name not in filled] == []


@pytest.mark.parametrize("message", sampled(ALL, 3))
def test_within_200_each_field_is_blank_where_it_may_be(corpus: Corpus, message: str) -> None:
    _, empty = watched(corpus, message)
    optional = names(message, "C", "O")
    assert len(optional) > 3
    assert [name for name in optional if name not in empty] == []


def counted(data: bytes, parent: str, child: str) -> Iterator[int]:
    """How many elements of a name each element of another name holds."""
    for element in root(data).iter(f"{{*}}{parent}"):
        yield sum(local(item) == child for item in element)


@pytest.mark.parametrize(
    ("message", "parent", "child", "numbers", "many"),
    [
        ("WMO301", "Clienten", "Client", range(1, 6), {6, 11, 101}),
        ("JW305", "Clienten", "Client", range(1, 6), {6, 11, 101}),
        ("WMO301", "Relaties", "Relatie", range(1, 4), {5}),
        ("JW301", "Contactgegevens", "Contact", range(1, 5), {6}),
        ("WMO301", "BeschiktProducten", "BeschiktProduct", range(1, 7), {12}),
        ("WMO301", "ToegewezenProducten", "ToegewezenProduct", range(1, 7), {12}),
        ("WMO305", "StartProducten", "StartProduct", range(1, 7), {12}),
        ("JW307", "StopProducten", "StopProduct", range(1, 7), {12}),
        ("WMO303", "Prestaties", "Prestatie", range(1, 7), {12}),
    ],
)
def test_one_to_many_of_each(
    corpus: Corpus, message: str, parent: str, child: str, numbers: range, many: set[int]
) -> None:
    for release in ("both", "2.1"):
        seen = Counter(
            number
            for data in corpus.xml(message, release, WITHIN)
            for number in counted(data, parent, child)
        )
        assert set(seen) == set(numbers) | many


def test_a_client_may_have_no_relatie(corpus: Corpus) -> None:
    for release in ("both", "2.1"):
        found = [
            "Relaties" in children(client)
            for data in corpus.xml("WMO301", release)
            for client in root(data).iter("{*}Client")
        ]
        assert set(found) == {True, False}


@pytest.mark.parametrize("message", sampled(COMMENTED, 3))
def test_comments_at_the_borders_of_a_line_and_with_hard_letters(
    corpus: Corpus, message: str
) -> None:
    for release in ("both", "2.1"):
        comments = [
            item.text or ""
            for data in corpus.xml(message, release, WITHIN)
            for item in root(data).iter("{*}Commentaar")
        ]
        assert {1, 139, 140, 141, 420} <= {len(text) for text in comments}
        for letters in ("&", "<", '"', "'", "é"):
            assert any(letters in text for text in comments), letters
        long = [text for text in comments if len(text) > 141]
        assert any(text[139] == " " for text in long), "a word that ends at the border"
        assert any(text[140] == " " for text in long), "a word that begins at the border"
        assert any(text[139:141].isalpha() for text in long), "a word across the border"


def comments_20(data: bytes) -> Iterator[str]:
    """The comments of a 2.0 message, their lines joined."""
    text = ""
    for kind, values in [*records(data), ("", {})]:
        if kind == "98" and values["REGELNUMMER VRIJE TEKST"] != "0001":
            text += values["VRIJE TEKST"]
            continue
        if text:
            yield text.rstrip(" ")
        text = values["VRIJE TEKST"] if kind == "98" else ""


@pytest.mark.parametrize("message", [*COMMENTED, "JW321", "JW322"])
def test_comments_of_ei_messages_at_the_borders_of_a_line(corpus: Corpus, message: str) -> None:
    lengths = {
        len(text) for data in corpus.ei(message, "2.0", WITHIN) for text in comments_20(data)
    }
    assert {1, 139, 140, 141, 420} <= lengths


@pytest.mark.parametrize("message", ["WMO301", "JW302"])
def test_names_dates_and_times_that_are_often_got_wrong(corpus: Corpus, message: str) -> None:
    texts: dict[str, set[str]] = {}
    usages, births = set(), set()
    for data in corpus.xml(message, "both", WITHIN):
        for element in root(data).iter():
            if not len(element):
                texts.setdefault(local(element), set()).add(element.text or "")
            below = children(element)
            if "NaamGebruik" in below:
                usages.add((below["NaamGebruik"], "Partnernaam" in below))
            if "DatumGebruik" in below:
                births.add((below["DatumGebruik"], below["Datum"] == "1900-01-01"))
    for letters in ("'", "-", "[à-ÿ]"):
        assert any(re.search(letters, name) for name in texts["Naam"]), letters
    assert {len(name) for name in texts["Naam"]} >= {1, 25, 26}
    assert any(prefix.startswith("'") for prefix in texts["Voorvoegsel"])
    assert {("1", True), ("2", True), ("3", True), ("4", True), ("1", False)} <= usages
    assert ("3", True) in births
    assert any(date.endswith("-02-29") for date in texts["Datum"])
    assert {"00:00:00", "23:59:59"} <= texts["Toewijzingstijd"]
    assert any(text.startswith("0") for text in texts["Aanbieder"])
    assert any(text.startswith("0") for text in texts["Telefoonnummer"])


def test_numbers_at_both_ends(corpus: Corpus) -> None:
    for message, name, ends in (
        ("WMO305", "Volume", {1, 99_999_999}),
        ("WMO301", "Huisnummer", {99_999}),
        ("JW305", "BeschikkingNummer", {1, 999_999_999}),
    ):
        seen = {
            int(item.text or "")
            for data in corpus.xml(message, "both", WITHIN)
            for item in root(data).iter(f"{{*}}{name}")
        }
        assert ends <= seen, name


def test_a_sequence_number_never_says_that_it_is_absent() -> None:
    message = catalogue().one("JW321")
    spec = of_field(message, message.field("04", "PRESTATIEVOLGNUMMER ALGEMEEN"))
    draw = Draw(1, "JW321", 0)
    numbers = [sequence_number(draw, spec) for _ in range(200)]
    assert numbers[:2] == ["01", "02"]
    assert numbers[97:101] == ["98", "99", "01", "02"]
