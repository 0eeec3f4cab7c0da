"""Damage to one field of a 2.0 message that breaks one rule of the layout."""

from __future__ import annotations

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind
from harness.suites.refuse.damage.ei_lines import Lines, is_detail, is_free, is_loose, on_fields
from schemas.ei.lines import VERSION
from schemas.ei.links import dependent_fields, number_field
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, Field
from schemas.facts.table_rows import weakest
from schemas.facts.together import together

_OTHER_VERSIONS = ("0100", "0201", "0210", "0300")
_NO_DATES = ("20170230", "20171301", "20170100", "20170229", "99999999")
_NO_TIMES = ("240000", "126000", "235960", "999999")
_CONTROLS = ("\t", "\x07", "\x1b", "\x7f", "\x85", "\x9f")


def _text(message: MessageType, field: Field) -> bool:
    return not field.is_number and field.length > 1 and is_free(message, field)


def _number(message: MessageType, field: Field) -> bool:
    return field.is_number and is_free(message, field)


def _with_letter(draw: Draw, field: Field, held: str) -> str:
    at = draw.between(0, field.length - 1)
    return held[:at] + draw.pick("OlX-+., ²") + held[at + 1 :]


def _shifted(_draw: Draw, _field: Field, held: str) -> str:
    return f" {held.rstrip() or 'X'}".ljust(len(held))[: len(held)]


def _with_character(draw: Draw, held: str, character: str) -> str:
    at = draw.between(0, max(len(held.rstrip()) - 1, 0))
    return held[:at] + character + held[at + 1 :]


def _in_reserve(draw: Draw, field: Field, held: str) -> str:
    at = draw.between(0, field.length - 1)
    return held[:at] + draw.pick("0X") + held[at + 1 :]


def _other_digit(_draw: Draw, _field: Field, held: str) -> str:
    """Change the last character to another digit; fill in a blank key."""
    end = len(held.rstrip()) or 1
    return held[: end - 1] + ("2" if held[end - 1] == "1" else "1") + held[end:]


def _one_more(_draw: Draw, field: Field, held: str) -> str:
    return str((int(held) + 1) % 10**field.length).zfill(field.length)


def _other_version(specimen: Specimen, draw: Draw) -> Damaged:
    lines = Lines(specimen)
    first, length = lines.texts[0], len(VERSION)
    lines.texts[0] = first[:5] + draw.pick(_OTHER_VERSIONS) + first[5 + length :]
    return lines.damaged("A")


def _unknown_type(specimen: Specimen, draw: Draw) -> Damaged:
    field = specimen.message.code_field
    known = catalogue().by_code
    codes = [str(code) for code in range(100, 1000) if str(code) not in known]
    lines = Lines(specimen)
    lines.put(0, field, draw.pick(codes))
    return lines.damaged("A")


def _wrong_number(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Give a detail record the number of the one before, or none."""
    lines, previous = Lines(specimen), ""
    places = []
    for place, text in enumerate(lines.texts[:-1]):
        field = number_field(specimen.message, text[:2])
        if field is None or text[:2] == COMMENT:
            continue
        # A comment repeats the number of its record, and would be wrong too.
        if is_detail(text) and lines.texts[place + 1][:2] != COMMENT:
            places.append((place, field, previous or "0" * field.length))
        previous = lines.get(place, field)
    if not places:
        return None
    place, field, number = draw.pick(places)
    lines.put(place, field, number)
    return lines.damaged(field.evidence)


def _has_pairs(message: MessageType) -> bool:
    return bool(any(dependent_fields(message.name).values()) or together(message.name))


def _half_of_pair(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Break a pair of fields that must both be filled or both be blank."""
    lines, name = Lines(specimen), specimen.message.name
    halves: list[tuple[int, Field, str, str]] = []
    for place, text in enumerate(lines.texts):
        record = specimen.message.records[text[:2]]
        for field in dependent_fields(name)[record.code]:
            other = record.by_name[field.rule.absent_with]
            if lines.get(place, other) == other.blank:
                halves.append((place, field, "1".zfill(field.length), field.evidence))
        for fields, evidence in together(name).get(record.code, ()):
            if all(lines.get(place, field) != field.blank for field in fields):
                halves += [(place, field, field.blank, evidence) for field in fields]
    if not halves:
        return None
    place, field, value, evidence = draw.pick(halves)
    lines.put(place, field, value)
    return lines.damaged(evidence)


def _wrong_total(specimen: Specimen, draw: Draw) -> Damaged | None:
    lines, message = Lines(specimen), specimen.message
    stated = {total.total.amount: total for total in totals.of(message.name)}
    found = [(place, field) for place, field in lines.fields() if field in stated]
    # A total that is blank states nothing.
    found = [item for item in found if lines.get(*item) != item[1].blank]
    if not found:
        return None
    place, field = draw.pick(found)
    lines.put(place, field, _one_more(draw, field, lines.get(place, field)))
    return lines.damaged(weakest(field.evidence, stated[field].evidence_20))


KINDS: dict[str, Kind] = {
    "other-version": Kind(_other_version),
    "unknown-type": Kind(_unknown_type),
    "letter-in-number": on_fields(_number, _with_letter),
    "text-in-reserve": on_fields(lambda _, field: field.rule.role == "reserve", _in_reserve),
    "value-missing": on_fields(
        lambda message, field: field.must_be_filled and is_loose(message, field),
        lambda _draw, field, _held: field.blank,
    ),
    "not-left-aligned": on_fields(_text, _shifted),
    "no-such-date": on_fields(
        lambda message, field: field.rule.codec == "date" and is_loose(message, field),
        lambda draw, _field, _held: draw.pick(_NO_DATES),
    ),
    "no-such-time": on_fields(
        lambda message, field: field.rule.codec == "time" and is_loose(message, field),
        lambda draw, _field, _held: draw.pick(_NO_TIMES),
    ),
    "nul-byte": on_fields(_text, lambda draw, _field, held: _with_character(draw, held, "\0")),
    "control-character": on_fields(
        _text, lambda draw, _field, held: _with_character(draw, held, draw.pick(_CONTROLS))
    ),
    "wrong-key": on_fields(lambda _, field: field.rule.role == "equal", _other_digit),
    "wrong-number": Kind(_wrong_number),
    "wrong-comment": on_fields(
        lambda _, field: field.rule.role in ("comment-of", "comment-line"), _one_more
    ),
    "wrong-count": on_fields(lambda _, field: field.rule.role == "count", _one_more),
    "wrong-total": Kind(_wrong_total, lambda message: bool(totals.of(message.name))),
    "half-of-pair": Kind(_half_of_pair, _has_pairs),
}
