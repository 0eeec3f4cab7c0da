"""Writing a 2.0 message: what follows is computed, what does not fit is refused by its name."""

from __future__ import annotations

import pytest

from schemas.ei import comments as ei_comments
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.message.node import Node
from tests.schemas.ei_edit import TYPES, Ei


def _tree(name: str) -> Node:
    root = ei_read.read(Ei(name).data()).root
    assert root
    return root


def _write(name: str, root: Node) -> list[str]:
    data = ei_write.write(catalogue().one(name), root)
    return data.decode("iso-8859-1").split("\r\n")


def _first(root: Node, record: str) -> Node:
    return next(node for node in root.walk() if node.record == record)


@pytest.mark.parametrize(
    ("record", "field", "value", "room"),
    [
        ("02", "NAAM (01)", "x" * 26, 25),
        ("02", "BSN", "9999084060", 9),
        ("04", "HUISNUMMER", "100000", 5),
        ("15", "VOLUME", "100000000", 8),
        ("01", "IDENTIFICATIE BERICHT", "x" * 13, 12),
    ],
)
def test_a_value_longer_than_its_field_is_refused(
    record: str, field: str, value: str, room: int
) -> None:
    root = _tree("WMO301")
    _first(root, record).values[field] = value
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-TOO-LONG"
    assert f"{field} of record {record} ({room} positions)" in refused.value.what
    assert value in refused.value.what


def test_a_number_without_its_zeros_does_not_make_room_for_a_long_text() -> None:
    root = _tree("WMO301")
    # Four digits too few and four letters too many: the record as a whole would be long enough.
    _first(root, "04").values |= {"HUISNUMMER": "7", "STRAATNAAM": "x" * 28}
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-TOO-LONG"
    assert "STRAATNAAM of record 04" in refused.value.what


@pytest.mark.parametrize("short", ["99990840", "7"])
def test_a_number_without_its_zeros_does_not_hide_what_is_missing(short: str) -> None:
    root = _tree("WMO301")
    del _first(root, "02").values["NAAM (01)"]
    _first(root, "02").values["BSN"] = short
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-REQUIRED"
    assert "NAAM (01) of record 02" in refused.value.what


@pytest.mark.parametrize("letter", ["€", "Ł", "ś", "’", "Œ", "ẞ", "漢", "👩"])
def test_a_character_that_iso_8859_1_lacks_is_refused(letter: str) -> None:
    root = _tree("WMO301")
    clients = [node for node in root.children if node.record == "02"]
    clients[1].values["NAAM (01)"] = f"N{letter}g"
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-CHARACTER"
    assert "NAAM (01) of record 02" in refused.value.what
    assert f"N{letter}g" in refused.value.what


@pytest.mark.parametrize("letter", ["é", "ÿ", "¡", "§", "ß", "Æ"])
def test_a_character_that_iso_8859_1_has_is_one_byte(letter: str) -> None:
    root = _tree("WMO301")
    _first(root, "02").values["NAAM (01)"] = letter * 25
    assert letter * 25 in _write("WMO301", root)[1]


@pytest.mark.parametrize("control", ["\r", "\n", "\t", "\0", "\x1a", "\x85"])
def test_a_character_that_would_break_the_records_is_refused(control: str) -> None:
    root = _tree("WMO301")
    _first(root, "02").values["NAAM (01)"] = f"N{control}g"
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-CHARACTER"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("02", "BSN"),
        ("02", "NAAM (01)"),
        ("02", "GEBOORTEDATUM"),
        ("02", "GESLACHT"),
        ("09", "PRODUCTCATEGORIE"),
        ("15", "TOEWIJZINGSDATUM"),
        ("01", "DAGTEKENING HEENBERICHT"),
    ],
)
def test_a_mandatory_value_that_is_absent_is_refused(record: str, field: str) -> None:
    root = _tree("WMO301")
    del _first(root, record).values[field]
    with pytest.raises(Refused) as refused:
        _write("WMO301", root)
    assert refused.value.code == "OUT-REQUIRED"
    assert f"{field} of record {record} must be filled" in refused.value.what


@pytest.mark.parametrize(
    ("record", "field", "start", "blank"),
    [
        ("02", "DATUMGEBRUIK", 57, "0"),
        ("02", "VOORVOEGSEL (01)", 85, " " * 10),
        ("02", "COMMUNICATIEVORM", 148, "0"),
        ("08", "EINDDATUM", 77, "00000000"),
        ("08", "BESCHIKKINGNUMMER", 48, "000000000"),
        ("04", "HUISNUMMER", 61, "00000"),
        ("04", "POSTCODE", 73, " " * 8),
    ],
)
def test_what_is_absent_is_zeros_in_a_number_and_spaces_in_a_text(
    record: str, field: str, start: int, blank: str
) -> None:
    root = _tree("WMO301")
    _first(root, record).values.pop(field, None)
    written = next(line for line in _write("WMO301", root) if line.startswith(record))
    assert written[start - 1 : start - 1 + len(blank)] == blank


def test_numbers_are_filled_from_the_left_and_texts_from_the_right() -> None:
    root = _tree("WMO301")
    _first(root, "04").values |= {"HUISNUMMER": "7", "POSTCODE": "1111"}
    written = next(line for line in _write("WMO301", root) if line.startswith("04"))
    assert written[60:65] == "00007"
    assert written[72:80] == "1111    "


@pytest.mark.parametrize("name", TYPES)
def test_every_record_has_the_length_of_its_message_type_and_ends_with_cr_lf(name: str) -> None:
    kind = catalogue().one(name)
    *lines, last = _write(name, _tree(name))
    assert last == ""
    assert {len(line) for line in lines} == {kind.record_length}
    assert all("\n" not in line and "\r" not in line for line in lines)


def test_numbers_keys_and_counts_are_computed_and_not_copied() -> None:
    root = _tree("WMO305")
    del root.children[0].children[0]
    for node in root.walk():
        node.links = dict.fromkeys(node.links, "7")
    root.children[0].values["CLIENTNUMMER"] = "C-1"
    lines = _write("WMO305", root)
    # What is left: a client with its second start, a client with one.
    assert [line[2:14] for line in lines[1:5]] == [f"{number:012}" for number in (1, 2, 3, 4)]
    assert lines[2][18:38] == f"{'C-1':<20}"
    assert lines[4][18:38] == f"{'999937133':<20}"
    assert lines[5][:21] == f"99{2:06}{2:06}{4:07}"


def test_an_address_is_written_with_the_key_of_the_relatie_it_stands_below() -> None:
    root = _tree("WMO301")
    _first(root, "03").values["RELATIENUMMER"] = "R-NEW"
    lines = _write("WMO301", root)
    addresses = [line[38:58].rstrip() for line in lines if line.startswith("04")]
    # Client 1: its two relaties, then its own two; client 2: its own.
    assert addresses == ["R-NEW", "R-2", "", "", ""]


def test_scores_repeat_the_key_of_their_beperking_and_of_the_decision() -> None:
    root = _tree("WMO301")
    _first(root, "07").values["BEPERKING"] = "5"
    _first(root, "08").values["BESCHIKKINGNUMMER"] = "77"
    lines = _write("WMO301", root)
    scores = [line[47:57] for line in lines if line.startswith("12")]
    assert scores == ["0000000775", "0000000775"]


def test_a_comment_is_numbered_by_its_record_and_its_lines_from_one() -> None:
    root = _tree("WMO303")
    for node in root.walk():
        node.values.pop("VRIJE TEKST", None)
    lines_04 = [node for node in root.walk() if node.record == "04"]
    lines_04[1].values["VRIJE TEKST"] = "x" * 140 + "y" * 141
    lines = _write("WMO303", root)
    comments = [line for line in lines if line.startswith("98")]
    assert [line[2:18] for line in comments] == [f"{3:012}{number:04}" for number in (1, 2, 3)]
    assert [line[18:158].rstrip() for line in comments] == ["x" * 140, "y" * 140, "y"]
    assert lines[lines.index(comments[0]) - 1][2:14] == f"{3:012}"
    # Two clients, five lines, three lines of comment.
    assert lines[-2][2:33] == f"{2:06}{0:06}{5:06}{3:06}{10:07}"


@pytest.mark.parametrize(
    ("length", "lines"), [(0, []), (1, [1]), (140, [140]), (141, [140, 1]), (300, [140, 140, 20])]
)
def test_a_comment_is_cut_into_lines_of_140(length: int, lines: list[int]) -> None:
    assert [len(line) for line in ei_comments.comment_lines("x" * length)] == lines


@pytest.mark.parametrize(
    "codes",
    [("0001", "0200"), ("0001", ""), ("", "0200"), ("0200", "0200")],
    ids=["each its own", "the first", "the second", "the same"],
)
def test_the_return_codes_of_each_line_of_a_comment_are_written_where_they_were_read(
    codes: tuple[str, str],
) -> None:
    ei = Ei("JW302")
    # Records 8 and 9 are the two lines of a comment.
    for number, code in zip((8, 9), codes, strict=True):
        assert ei.get(number, 1, 2) == "98"
        if code:
            ei.put(number, 311, code)
    reading = ei_read.read(ei.data())
    assert reading.faults == []
    assert reading.message
    assert reading.root
    assert ei_write.write(reading.message, reading.root) == ei.data()
