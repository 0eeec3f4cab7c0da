"""How a record of a 2.0 message is written: as a format string, for the fields that are filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.ei.layout import repeated_below
from schemas.ei.lines import ENCODING
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import Field, Record
from schemas.message.value_pick import MOST_KEPT, Pick, picker

LINE_END = "\r\n"
# Behind a blank that may not be: no value of a message can hold it.
MISSING = "\0"


@dataclass(frozen=True)
class Shape:
    """A record in which certain fields are filled, with its comments where they are ready-made.

    `pick` takes the values for the format string and `numbers` those of the numbers among them,
    which have `digits` positions together; `lines` counts the records.
    """

    text: str
    pick: Pick
    numbers: Pick
    digits: int
    lines: int = 1


@dataclass(frozen=True, eq=False)
class Template:
    """A kind of record, with what to know about its fields to write it."""

    record: Record
    fields: tuple[Field, ...]
    sequence: str
    digits: int
    equal: tuple[tuple[str, str], ...]
    owner: str
    below: tuple[tuple[str, str, str], ...]

    def shape(
        self, present: Iterable[str], comments: Iterable[str], ready: Mapping[str, str]
    ) -> Shape:
        """How it looks when certain fields are filled, some of them ready, with its comments."""
        slots = [item for item in self.fields if item.name in present]
        numbers = [item for item in slots if item.is_number]
        lines = ["".join(pieces(self, present, ready)), *comments]
        again = [self.sequence] * (len(lines) - 1)
        return Shape(
            text="".join(line + LINE_END for line in lines),
            pick=picker([item.name for item in slots] + again),
            numbers=picker([item.name for item in numbers]),
            digits=sum(item.length for item in numbers),
            lines=len(lines),
        )


@lru_cache(maxsize=MOST_KEPT)
def shape_of(template: Template, present: tuple[str, ...]) -> Shape:
    """How a record looks when certain fields are filled."""
    return template.shape(present, (), {})


def pieces(template: Template, present: Iterable[str], ready: Mapping[str, str]) -> Iterator[str]:
    """The fields of a record as parts of a format string."""
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
    """A value in a format string: filled up to its length, never cut."""
    return f"%{item.length}s" if item.is_number else f"%-{item.length}s"


def blank(item: Field) -> str:
    """What stands for an absent value; too long where it may not be absent."""
    return item.blank + (MISSING if item.has_value and item.must_be_filled else "")


def is_encodable(text: str) -> bool:
    """Whether all characters are in ISO 8859-1."""
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
    """The templates of a message type, by record."""
    message = catalogue().one(name)
    return {code: _template(message, record) for code, record in message.records.items()}


@cache
def kinds_below(name: str) -> dict[str, tuple[Record, ...]]:
    """For each record the kinds of record below it, in the order they are written."""
    records = catalogue().one(name).records
    return {
        code: tuple(record for record in records.values() if record.parent == code)
        for code in records
    }
