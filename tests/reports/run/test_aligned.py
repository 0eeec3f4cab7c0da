"""Two messages are shown aligned: records below a ruler, elements by their path."""

from __future__ import annotations

import pytest

from reports.run import aligned
from reports.run.aligned_text import MOST_SHOWN, shown
from reports.shared.texts import texts
from tests.paths import GOLDEN

EI, XML = (GOLDEN / "WMO305.ei").read_bytes(), (GOLDEN / "WMO305.xml").read_bytes()


def told(release: str, expected: bytes, actual: bytes, lang: str = "en") -> list[str]:
    lines = list(shown("WMO305", release, expected, actual, texts(lang)))
    assert lines[1:2] in ([], [texts(lang)("aligned.title")])
    return lines[2:]


def with_columns(number: int, start: int, text: bytes) -> bytes:
    """The golden message with other bytes in a record from a column on."""
    lines = EI.split(b"\r\n")
    line = lines[number - 1]
    lines[number - 1] = line[: start - 1] + text + line[start - 1 + len(text) :]
    return b"\r\n".join(lines)


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_equal_messages_have_no_difference(release: str) -> None:
    data = EI if release == "2.0" else XML
    assert told(release, data, data) == []


def test_a_record_stands_below_a_ruler_with_its_fields_and_marks() -> None:
    # BEGINDATUM LEVERING of record 07 is in columns 72 to 79.
    before = EI.split(b"\r\n")[2][71:79].decode()
    assert (EI.split(b"\r\n")[2][:2], len(before)) == (b"07", 8)
    lines = told("2.0", EI, with_columns(3, 72, b"19990101"))
    assert lines[1] == "Record 3 (07)"
    assert "  BEGINDATUM LEVERING, columns 72 to 79" in lines
    ruler, wanted, got, marks = lines[-4:]
    # The label takes 12 positions before column 1, and the ruler counts on in tens.
    assert ruler.endswith("70········80")
    assert ruler.index("70") + 1 == 12 + 70 - 1
    assert wanted.startswith("  Expected  07")
    assert (wanted[12 + 71 : 12 + 79], got[12 + 71 : 12 + 79]) == (before, "19990101")
    differing = [place for place, mark in enumerate(marks) if mark == "^"]
    assert differing == [12 + 71 + n for n in range(8) if before[n] != "19990101"[n]]


def test_a_record_that_is_lost_moves_no_other_one() -> None:
    lines = EI.split(b"\r\n")
    less = b"\r\n".join(lines[:2] + lines[3:])
    assert [line for line in told("2.0", EI, less) if line.startswith("Record")] == [
        "Record 3 (07)"
    ]
    assert any("(absent)" in line for line in told("2.0", EI, less))
    assert any("(ontbreekt)" in line for line in told("2.0", EI, less, "nl"))


def test_an_element_is_shown_by_its_path_with_both_values() -> None:
    changed = XML.replace(b"<iwmo:Datum>", b"<iwmo:Datum>1999-01-01<!-- -->", 1)
    assert changed != XML
    lines = told("2.1", XML, changed)
    assert lines[1].endswith("/Geboortedatum/Datum")
    assert len([line for line in lines if line.startswith("/")]) == 1
    assert lines[3].startswith('  Got       "1999-01-01')


def test_an_output_that_is_no_xml_is_shown_by_its_lines() -> None:
    lines = told("2.1", XML, b"no message\r\n")
    assert any("no message" in line for line in lines)


def test_many_differences_are_cut_and_unprintable_letters_take_one_column() -> None:
    records = [b"07" + bytes([48 + number % 10]) * 5 for number in range(40)]
    other = [line[:3] + b"\x1b\x07" + line[5:] for line in records]
    lines = told("2.0", b"\r\n".join(records), b"\r\n".join(other))
    assert sum(line.startswith("Record") for line in lines) == MOST_SHOWN
    assert lines[-1].startswith(f"Only the first {MOST_SHOWN} differences")
    assert not any("\x1b" in line for line in lines)


def test_long_messages_are_compared_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligned, "MOST_ALIGNED", 2)
    lines = told("2.0", EI, with_columns(3, 72, b"19990101"))
    assert [line for line in lines if line.startswith("Record")] == ["Record 3 (07)"]
