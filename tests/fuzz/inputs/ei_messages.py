"""2.0 messages that are a little wrong, or still right: records, columns and fields changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from tests.fuzz.inputs.start_messages import TYPES, eis

ENCODING = "iso-8859-1"
Lines = list[str]
Wound = Callable[[DrawFn, MessageType, Lines], None]
DATES = ["20160229", "20150229", "19000101", "00010101", "99991231", "20161301", "20160001"]
TIMES = ["000000", "235959", "240000", "236000", "120060", "000001"]
LETTERS = st.characters(codec=ENCODING, exclude_characters="\r\n")
PRINTABLE = st.sampled_from([*" aZ09-'&<>%{}\\\"", "\xa0", "\xad", "é", "ÿ", "¹", "¼"])


def _padded(field: Field, text: str) -> str:
    length = field.length
    return (text.zfill(length) if field.is_number else text.ljust(length))[:length]


@cache
def _likely(field: Field) -> SearchStrategy[str]:
    """What may well stand in a field: a code of either release, a date, digits or letters."""
    listed = field.codelist
    if listed is not None:
        codes = [*listed.valid("2.0"), *listed.valid("2.1"), ""]
        return st.sampled_from(codes).map(lambda code: _padded(field, code))
    if field.rule.codec in ("date", "time"):
        texts = DATES if field.rule.codec == "date" else TIMES
        return st.sampled_from([*texts, ""]).map(lambda text: _padded(field, text))
    kinds = st.text("0123456789" if field.is_number else PRINTABLE, max_size=field.length)
    return kinds.map(lambda text: _padded(field, text))


@cache
def _odd(field: Field) -> SearchStrategy[str]:
    """What should not stand in a field, mostly."""
    length = field.length
    extremes = st.sampled_from("09 \xa0x").map(lambda letter: letter * length)
    days = st.sampled_from([*DATES, *TIMES]).map(lambda text: text[:length].ljust(length, "0"))
    return extremes | days | st.text(LETTERS, min_size=length, max_size=length)


def _line(draw: DrawFn, lines: Lines) -> int:
    return draw(st.integers(0, len(lines) - 1))


def _write(lines: Lines, number: int, field: Field, text: str) -> None:
    line = lines[number]
    lines[number] = line[: field.start - 1] + text + line[field.end :]


def _field(draw: DrawFn, message: MessageType, lines: Lines) -> None:
    """Something odd in any field."""
    number = _line(draw, lines)
    if record := message.records.get(lines[number][:2]):
        field = draw(st.sampled_from(record.fields))
        _write(lines, number, field, draw(_odd(field)))


def _value(draw: DrawFn, message: MessageType, lines: Lines) -> None:
    """Another value that is likely."""
    number = _line(draw, lines)
    record = message.records.get(lines[number][:2])
    fields = [field for field in record.fields if field.has_value] if record else []
    if fields:
        field = draw(st.sampled_from(fields))
        _write(lines, number, field, draw(_likely(field)))


def _comment(draw: DrawFn, message: MessageType, lines: Lines) -> None:
    """Lines of comment behind a record, some of them in part or wholly blank."""
    record = message.records.get("98")
    if record is None:
        return
    text = next(field for field in record.fields if field.rule.role == "comment-text")
    line = "98".ljust(message.record_length)
    at = _line(draw, lines) + 1
    for said in draw(st.lists(_likely(text) | st.sampled_from(["", "x" * 140]), max_size=4)):
        lines.insert(at, line)
        _write(lines, at, text, _padded(text, said))


def _character(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    """One other character, such as a digit that is no number."""
    number = _line(draw, lines)
    line = lines[number]
    if filled := [place for place, letter in enumerate(line) if letter != " "]:
        at = draw(st.sampled_from(filled))
        lines[number] = line[:at] + draw(st.sampled_from("¹²³0 -A\x85")) + line[at + 1 :]


def _copied(draw: DrawFn, message: MessageType, lines: Lines) -> None:
    """The value of a field from another record of its kind, in this message or another."""
    number = _line(draw, lines)
    code = lines[number][:2]
    other = draw(st.sampled_from(eis(message.name))).decode(ENCODING).split("\r\n")
    same = [line for line in (*lines, *other) if line[:2] == code]
    if code not in message.records:
        return
    field = draw(st.sampled_from(message.records[code].fields))
    _write(lines, number, field, draw(st.sampled_from(same))[field.start - 1 : field.end])


def _detail(draw: DrawFn, lines: Lines) -> int:
    return draw(st.integers(1, max(len(lines) - 2, 1))) % len(lines)


def _drop(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    del lines[_detail(draw, lines)]


def _double(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    number = _detail(draw, lines)
    lines[number:number] = [lines[number]] * draw(st.sampled_from([1, 1, 2, 60]))


def _move(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    line = lines.pop(_detail(draw, lines))
    lines.insert(draw(st.integers(0, len(lines))), line)


def _swap(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    number = _detail(draw, lines)
    lines[number : number + 2] = reversed(lines[number : number + 2])


def _cut(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    place = _line(draw, lines)
    lines[:] = lines[place:] if draw(st.booleans()) else lines[:place]


def _foreign(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    """A record of another message, perhaps of another type."""
    other = draw(st.sampled_from(eis(draw(st.sampled_from(TYPES))))).decode(ENCODING)
    lines.insert(_line(draw, lines), draw(st.sampled_from(other.split("\r\n"))))


def _columns(draw: DrawFn, _: MessageType, lines: Lines) -> None:
    """Letters put in, taken out or written over, from some column on."""
    number = _line(draw, lines)
    line = lines[number]
    at = draw(st.integers(0, len(line)))
    text = draw(st.text(LETTERS, max_size=20))
    taken = draw(st.sampled_from([0, 1, len(text), len(text), len(line)]))
    lines[number] = line[:at] + text + line[at + taken :]


GENTLE: list[Wound] = [_value, _value, _copied, _comment, _drop, _double, _move, _swap]
WOUNDS: list[Wound] = [*GENTLE, _field, _character, _foreign, _columns, _cut]


def renumbered(message: MessageType, lines: Lines, step: int = 1) -> Lines:
    """The lines with the numbers and counts that follow from them, where these have a place."""
    kinds = [line[:2] for line in lines if line[:2] not in ("01", "99")]
    found, number, place = [], 0, 0
    for line in lines:
        kind = line[:2]
        record = message.records.get(kind)
        number, place = (number, place + 1) if kind == "98" else (number + step, 0)
        if kind in ("01", "99"):
            number -= step
        for field in record.fields if record else ():
            role, argument = field.rule.role, field.rule.argument
            count = len(kinds) if argument == "*" else kinds.count(argument)
            values = {"sequence": number, "comment-of": number, "comment-line": place}
            value = count if role == "count" else values.get(role)
            if value is not None:
                digits = str(value).zfill(field.length)[: field.length]
                line = line[: field.start - 1] + digits + line[field.end :]
        found.append(line)
    return found


def _wounded(draw: DrawFn, names: list[str], wounds: list[Wound]) -> tuple[MessageType, Lines]:
    message = catalogue().one(draw(st.sampled_from(names)))
    lines = draw(st.sampled_from(eis(message.name))).decode(ENCODING).split("\r\n")[:-1]
    for wound in draw(st.lists(st.sampled_from(wounds), max_size=4)):
        if lines:
            wound(draw, message, lines)
    return message, lines


@st.composite
def likely_eis(draw: DrawFn, names: list[str] = TYPES) -> bytes:
    """A message with other values and records, of which the numbers and counts are right."""
    message, lines = _wounded(draw, names, GENTLE)
    # The records of a return message keep their numbers, so that some are passed over.
    step = draw(st.sampled_from([1, 1, 3])) if message.role == "retour" else 1
    return "\r\n".join([*renumbered(message, lines, step), ""]).encode(ENCODING)


@st.composite
def odd_eis(draw: DrawFn, names: list[str] = TYPES) -> bytes:
    """A message with wounds of any kind, down to its line ends."""
    message, lines = _wounded(draw, names, WOUNDS)
    if draw(st.booleans()):
        lines = renumbered(message, lines)
    end = draw(st.sampled_from(["\r\n"] * 20 + ["\n", "\r", ""]))
    last = draw(st.sampled_from([end] * 20 + ["", "\x1a", "\r\n\r\n"]))
    return (end.join(lines) + last).encode(ENCODING)


@st.composite
def twins(draw: DrawFn) -> tuple[bytes, bytes]:
    """Two messages with a wound between them."""
    message, lines = _wounded(draw, TYPES, GENTLE)
    other = list(lines)
    for wound in draw(st.lists(st.sampled_from(GENTLE), min_size=1, max_size=2)):
        if other:
            wound(draw, message, other)
    one, two = (
        "\r\n".join([*renumbered(message, found), ""]).encode(ENCODING) for found in (lines, other)
    )
    return one, two
