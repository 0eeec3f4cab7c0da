"""Two messages side by side: lines pair by record and element, and nothing is hidden."""

from __future__ import annotations

import time

from reports.shared.aligned import MOST_LINES, LinePair, aligned

RECORDS = b"01one\r\n02same\r\n07third \r\n"


def pairs(expected: bytes, actual: bytes) -> list[LinePair]:
    found = aligned(expected, actual)
    assert found
    return list(found.pairs)


def test_a_record_that_is_lost_leaves_a_gap() -> None:
    assert pairs(RECORDS, b"01one\n07third \n") == [
        LinePair("01one", "01one"),
        LinePair("02same", None),
        LinePair("07third ", "07third "),
    ]


def test_a_changed_record_stands_beside_its_own_kind() -> None:
    # Two records between those that are equal: one is new, and the other lost its space.
    found = pairs(RECORDS, b"01one\n02same\n03new\n07third\n")
    assert [pair for pair in found if pair.differs] == [
        LinePair(None, "03new"),
        LinePair("07third ", "07third"),
    ]


def test_only_a_line_end_of_a_message_ends_a_record() -> None:
    # Python ends a line at 85 and 1C too, which are characters of ISO 8859-1.
    (pair,) = pairs(b"01a\x85b\x1cc\r\n", b"01a\x85b\x1cd\r\n")
    assert (pair.expected, pair.actual) == ("01a\x85b\x1cc", "01a\x85b\x1cd")


def test_a_ruler_numbers_the_columns_of_records() -> None:
    found = aligned(b"01" + b"x" * 21, b"01")
    assert found
    assert found.ruler == "        10        20"


def test_xml_is_compared_by_element_whatever_its_notation() -> None:
    one = b'<a:B xmlns:a="urn:x"><a:Bsn>1</a:Bsn><a:Naam>Jan</a:Naam></a:B>'
    other = b'<B xmlns="urn:x">\n  <Bsn>1</Bsn>\n  <Naam>Jo</Naam>\n</B>'
    found = aligned(one, other)
    assert found
    assert found.ruler == ""
    assert [pair.expected for pair in found.pairs] == [
        '<B xmlns="urn:x">',
        "  <Bsn>1</Bsn>",
        "  <Naam>Jan</Naam>",
        "</B>",
    ]
    differs = LinePair("  <Naam>Jan</Naam>", "  <Naam>Jo</Naam>")
    assert [pair for pair in found.pairs if pair.differs] == [differs]


def test_another_namespace_is_seen() -> None:
    found = pairs(b'<B xmlns="urn:x"><C>1</C></B>', b'<B xmlns="urn:y"><C>1</C></B>')
    assert [pair.differs for pair in found] == [True, False, False]


def test_what_is_no_xml_is_shown_as_it_is() -> None:
    assert pairs(b"<B>1</B>", b"<B>1") == [LinePair("<B>1</B>", "<B>1")]


def test_of_very_many_lines_nothing_is_aligned_and_of_as_many_as_may_be_soon() -> None:
    assert aligned(b"01\n" * (MOST_LINES + 1), b"01\n") is None
    begin = time.process_time()
    assert len(pairs(b"01\n" * MOST_LINES, b"02\n01\n" * (MOST_LINES // 2))) >= MOST_LINES
    assert time.process_time() - begin < 5


def test_an_element_that_takes_any_value_does_not_differ_but_by_its_absence() -> None:
    one = b"<B><Referentie>ANY-1</Referentie><C>1</C></B>"
    assert not any(
        pair.differs for pair in pairs(one, b"<B><Referentie>7</Referentie><C>1</C></B>")
    )
    assert [pair.differs for pair in pairs(one, b"<B><C>1</C></B>")].count(True) == 1
