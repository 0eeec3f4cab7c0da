"""Damage to the lines of a 2.0 message: their length, order and endings."""

from __future__ import annotations

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, of_bytes
from harness.suites.refuse.damage.ei_lines import Lines, is_detail
from schemas.ei.lines import ENCODING
from schemas.message.byte_order import UTF_8


def _too_long(specimen: Specimen, draw: Draw) -> Damaged:
    lines = Lines(specimen)
    lines.texts[draw.between(0, len(lines.texts) - 1)] += " "
    return lines.damaged()


def _too_short(specimen: Specimen, draw: Draw) -> Damaged | None:
    lines = Lines(specimen)
    # Choose a record that ends in a blank, so that no value is cut.
    places = [place for place, text in enumerate(lines.texts) if text.endswith(" ")]
    if not places:
        return None
    place = draw.pick(places)
    lines.texts[place] = lines.texts[place][:-1]
    return lines.damaged()


def _unknown_record(specimen: Specimen, draw: Draw) -> Damaged:
    message, lines = specimen.message, Lines(specimen)
    kinds = [f"{kind:02}" for kind in range(100) if f"{kind:02}" not in message.records]
    place = draw.between(1, len(lines.texts) - 1)
    lines.texts.insert(place, draw.pick(kinds).ljust(message.record_length))
    return lines.damaged()


def _empty_line(specimen: Specimen, draw: Draw) -> Damaged:
    lines = Lines(specimen)
    lines.texts.insert(draw.between(1, len(lines.texts)), "")
    return lines.damaged()


def _wrong_order(specimen: Specimen, _draw: Draw) -> Damaged | None:
    """Put the last record before the last detail record."""
    lines = Lines(specimen)
    if not is_detail(lines.texts[-2]):
        return None
    lines.texts[-2:] = reversed(lines.texts[-2:])
    return lines.damaged()


def _second_first(specimen: Specimen, draw: Draw) -> Damaged:
    lines = Lines(specimen)
    lines.texts.insert(draw.between(1, len(lines.texts) - 1), lines.texts[0])
    return lines.damaged()


def _no_last(specimen: Specimen, _draw: Draw) -> Damaged:
    lines = Lines(specimen)
    del lines.texts[-1]
    return lines.damaged()


def _one_long_record(specimen: Specimen, draw: Draw) -> Damaged:
    """Separate two records by CR alone."""
    lines = Lines(specimen)
    place = draw.between(0, len(lines.texts) - 2)
    lines.texts[place : place + 2] = ["\r".join(lines.texts[place : place + 2])]
    return lines.damaged()


def _in_utf_8(specimen: Specimen, _draw: Draw) -> Damaged | None:
    """Encode the message in UTF-8, which makes records with two-byte characters too long."""
    data = specimen.plain["2.0"].decode(ENCODING).encode("utf-8")
    return Damaged(data) if data != specimen.plain["2.0"] else None


KINDS: dict[str, Kind] = {
    "record-too-long": Kind(_too_long),
    "record-too-short": Kind(_too_short),
    "unknown-record": Kind(_unknown_record),
    "empty-line": Kind(_empty_line),
    "wrong-order": Kind(_wrong_order),
    "second-first-record": Kind(_second_first),
    "no-last-record": Kind(_no_last),
    "carriage-return-alone": Kind(_one_long_record),
    "utf-8": Kind(_in_utf_8),
    "byte-order-mark": of_bytes(lambda data, _draw: UTF_8 + data, "2.0"),
    "two-messages": of_bytes(lambda data, _draw: data * 2, "2.0"),
}
