"""2.0 messages that are a little wrong, or still right: one change, or a few, to a valid one."""

from __future__ import annotations

import random
from collections.abc import Callable

from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from tests.fuzz.inputs.ei_messages import DATES, TIMES, Lines, renumbered

_CHARACTERS = [*" 0129CDaZ-&<>\"'%{}\\", *"\x00\x09\x1a\x7f\x85\xa0\xad\xe9\xff\xb9\xbc"]
_TEXTS = [
    *("", "0", "1", "9", "C", "D", "x", " x", "x ", "&", "<b>", "]]>", "\xa0", "\xa0x", "NL1", "é"),
    *("x" * 400, "&" * 400, " " * 399 + "x", "NL123456789B01", "98000001", "0200", "0001", "{}%s"),
]
_ENDS = ["\n", "\r", "", "\r\n\r\n", "\r\r\n", "\x1a"]
Change = Callable[[random.Random, MessageType, Lines, Lines], None]


def _fields(message: MessageType, line: str) -> tuple[Field, ...]:
    record = message.records.get(line[:2])
    return record.fields if record else ()


def _write(lines: Lines, number: int, field: Field, text: str) -> None:
    line, length = lines[number], field.length
    padded = (text.rjust(length, "0") if field.is_number else text.ljust(length))[:length]
    lines[number] = line[: field.start - 1] + padded + line[field.end :]


def _value(chance: random.Random, message: MessageType, lines: Lines, _: Lines) -> None:
    """Another value in a field: a code, a day, a time, a number, blanks, a text."""
    number = chance.randrange(len(lines))
    fields = [field for field in _fields(message, lines[number]) if field.rule.role != "reserve"]
    if not fields:
        return
    field = chance.choice(fields)
    kinds: list[list[str]] = [_TEXTS, [field.blank], [str(chance.randrange(10**6))]]
    if field.codelist:
        kinds += [[*field.codelist.valid("2.0")], [*field.codelist.valid("2.1"), ""]] * 2
    if field.rule.codec in ("date", "time"):
        day = f"{chance.randrange(10000):04}{chance.randrange(14):02}{chance.randrange(33):02}"
        kinds += [DATES, TIMES, [day]]
    _write(lines, number, field, chance.choice(chance.choice(kinds)))


def _copied(chance: random.Random, message: MessageType, lines: Lines, others: Lines) -> None:
    """The value of a field from another record of its kind, here or in another message."""
    number = chance.randrange(len(lines))
    fields = _fields(message, lines[number])
    same = [line for line in (*lines, *others) if line[:2] == lines[number][:2]]
    if fields:
        field = chance.choice(fields)
        _write(lines, number, field, chance.choice(same)[field.start - 1 : field.end])


def _repeated(chance: random.Random, message: MessageType, lines: Lines, _: Lines) -> None:
    """Another value in all fields of its name, as keys and what repeats them are."""
    fields = _fields(message, chance.choice(lines))
    if not fields:
        return
    name, text = chance.choice(fields).name, chance.choice(_TEXTS)
    for number, line in enumerate(lines):
        for field in _fields(message, line):
            if field.name == name:
                _write(lines, number, field, text)


def _character(chance: random.Random, _: MessageType, lines: Lines, others: Lines) -> None:
    number = chance.randrange(len(lines))
    line = lines[number]
    place = chance.randrange(len(line) + 1)
    gone = chance.choice((1, 1, 1, 1, 0, 2))
    lines[number] = line[:place] + chance.choice(_CHARACTERS) + line[place + gone :]


def _record(chance: random.Random, _: MessageType, lines: Lines, others: Lines) -> None:
    """A record left out, doubled, moved, or put in from another message."""
    number, place = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        del lines[number]
    elif kind == 1:
        lines.insert(number, lines[number])
    elif kind == 2:
        lines.insert(place, lines.pop(number))
    else:
        lines.insert(place, chance.choice(others))


def _comment(chance: random.Random, message: MessageType, lines: Lines, _others: Lines) -> None:
    """Lines of comment behind a record."""
    record = message.records.get("98")
    if record is None:
        return
    place = chance.randrange(len(lines)) + 1
    for _ in range(chance.randint(1, 3)):
        lines.insert(place, "98".ljust(message.record_length))
        for field in record.fields:
            if field.rule.role == "comment-text":
                _write(lines, place, field, chance.choice(_TEXTS))


CHANGES: tuple[Change, ...] = (
    _value, _value, _value, _value, _copied, _copied, _copied, _repeated, _character, _record,
    _record, _comment,
)  # fmt: skip


def changed(chance: random.Random, message: MessageType, text: str, other: str) -> str:
    """A message with one change, or a few; `other` is a message of its type to take from."""
    lines, others = text.split("\r\n")[:-1], other.split("\r\n")[:-1]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if lines:
            chance.choice(CHANGES)(chance, message, lines, others)
    if chance.random() < 0.7:
        lines = renumbered(message, lines, chance.choice((1, 1, 1, 3)))
    last = chance.choice(_ENDS) if chance.random() < 0.02 else "\r\n"
    return (chance.choice(_ENDS) if chance.random() < 0.02 else "\r\n").join(lines) + last
