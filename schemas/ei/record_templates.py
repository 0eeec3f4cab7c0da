"""Format strings for the records of a 2.0 message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter

from schemas.ei.layout import repeated_below
from schemas.ei.lines import ENCODING
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field, Record

LINE_END = "\r\n"
# Marks a blank where a value is required; no value can contain it.
MISSING = "\0"
# What a value can hold: all of ISO 8859-1 but the control characters.
_CHARACTERS = bytes(code for code in range(256) if not (code < 32 or 127 <= code < 160))


@dataclass(frozen=True, eq=False)
class Template:
    """A record code, with what writing it takes to know about its fields.

    `equal` pairs a field with the `RECORD/FIELD` that it repeats; `below` lists the fields that
    records below repeat, each as that name, its own name, and its text when absent.
    """

    record: Record
    fields: tuple[Field, ...]
    sequence: str
    digits: int
    equal: tuple[tuple[str, str], ...]
    owner: str
    below: tuple[tuple[str, str, str], ...]

    @cached_property
    def text(self) -> str:
        """The format string of the record: a slot for each field with a value."""
        return "".join(map(self._part, self.record.fields)) + LINE_END

    def _part(self, item: Field) -> str:
        if item.rule.role == "constant":
            return item.rule.argument.replace("%", "%%")
        return slot(item) if item in self.fields else item.blank

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields with a slot."""
        return tuple(item.name for item in self.fields)

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """The texts of these fields when absent."""
        return tuple(map(blank, self.fields))

    @cached_property
    def numbers(self) -> tuple[Callable[[tuple[str, ...]], tuple[str, ...]], int]:
        """What takes the numeric fields out of all, and the digits that these have in total."""
        places = [place for place, item in enumerate(self.fields) if item.is_number]
        return itemgetter(*places), sum(self.fields[place].length for place in places)


def filled(template: Template, row: Mapping[str, str]) -> str:
    """Return a record with some values: padded to their lengths, never truncated."""
    return template.text % tuple(map(row.get, template.names, template.blanks))


def checked(template: Template, row: Mapping[str, str]) -> str:
    """Return a record as `filled` does, empty if its numbers have not all digits of their fields.

    Values are never truncated, so one that does not fit shows in the length of the record.
    """
    texts = tuple(map(row.get, template.names, template.blanks))
    numbers, digits = template.numbers
    return template.text % texts if sum(map(len, numbers(texts))) == digits else ""


def encoded(lines: Sequence[str]) -> bytes | None:
    """Return records as bytes, or None if there is a character that 2.0 does not allow."""
    try:
        data = "".join(lines).encode(ENCODING)
    except UnicodeEncodeError:
        return None
    return data if data.translate(None, _CHARACTERS) == LINE_END.encode() * len(lines) else None


def slot(item: Field) -> str:
    """Return the placeholder of a field: padded to its length, never truncated."""
    return f"%{item.length}s" if item.is_number else f"%-{item.length}s"


def blank(item: Field) -> str:
    """Return the text of an absent value; too long for its field if the value is required."""
    return item.blank + (MISSING if item.has_value and item.must_be_filled else "")


def is_encodable(text: str) -> bool:
    """Whether all characters exist in ISO 8859-1."""
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _template(message: MessageType, record: Record) -> Template:
    filled = tuple(f for f in record.fields if f.rule.role not in ("reserve", "constant"))
    roles = {field.rule.role: field for field in filled}
    repeated = repeated_below(message, record)
    return Template(
        record=record,
        fields=filled,
        sequence=roles["sequence"].name if "sequence" in roles else "",
        digits=roles["sequence"].length if "sequence" in roles else 0,
        equal=tuple((f.name, f.rule.argument) for f in filled if f.rule.role == "equal"),
        owner=roles["owner"].name if "owner" in roles else "",
        below=tuple(
            (f"{record.code}/{f.name}", f.name, f.blank if f.is_number else "")
            for f in filled
            if f.name in repeated
        ),
    )


@cache
def templates(name: str) -> dict[str, Template]:
    """Return the templates of a message type, by record code."""
    message = catalogue().one(name)
    return {code: _template(message, record) for code, record in message.records.items()}


@cache
def child_records(name: str) -> dict[str, tuple[Record, ...]]:
    """Return the child records of each record, by its code, in writing order."""
    records = catalogue().one(name).records
    return {
        code: tuple(record for record in records.values() if record.parent == code)
        for code in records
    }
