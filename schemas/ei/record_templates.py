"""Format strings for the records of a 2.0 message, one for each set of filled fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.ei.layout import repeated_below
from schemas.ei.lines import ENCODING
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field, Record
from schemas.message.value_pick import MOST_KEPT, Pick, picker

LINE_END = "\r\n"
# Marks a blank where a value is required; no value can contain it.
MISSING = "\0"


@dataclass(frozen=True)
class RecordFormat:
    """Format string of a record with a certain set of filled fields, and ready-made comments.

    `pick` takes the values for the format string, and `numbers` those of the numeric fields, which
    have `digits` positions in total. `lines` is the number of records.
    """

    text: str
    pick: Pick
    numbers: Pick
    digits: int
    lines: int = 1


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

    def format_for(
        self, present: Iterable[str], comments: Iterable[str], ready: Mapping[str, str]
    ) -> RecordFormat:
        """Return the format for some present fields, with ready-made values and comment lines."""
        slots = [item for item in self.fields if item.name in present]
        numbers = [item for item in slots if item.is_number]
        lines = ["".join(parts(self, present, ready)), *comments]
        again = [self.sequence] * (len(lines) - 1)
        return RecordFormat(
            text="".join(line + LINE_END for line in lines),
            pick=picker([item.name for item in slots] + again),
            numbers=picker([item.name for item in numbers]),
            digits=sum(item.length for item in numbers),
            lines=len(lines),
        )


@lru_cache(maxsize=MOST_KEPT)
def record_format(template: Template, present: tuple[str, ...]) -> RecordFormat:
    """Return the cached format of a record for a set of present fields."""
    return template.format_for(present, (), {})


def parts(template: Template, present: Iterable[str], ready: Mapping[str, str]) -> Iterator[str]:
    """Yield the fields of a record as parts of a format string."""
    for item in template.record.fields:
        if item.rule.role == "constant":
            yield item.rule.argument
        elif item.name in present and item in template.fields:
            yield slot(item)
        elif item.name in ready and item in template.fields:
            yield (slot(item) % ready[item.name]).replace("%", "%%")
        else:
            yield blank(item)


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
