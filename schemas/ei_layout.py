"""The records of a 2.0 message, compiled for reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from schemas.mapping_rules import MESSAGE_CODE
from schemas.messages import MessageType, catalogue
from schemas.records import Field, Record
from schemas.simple_types import is_date

# Printable characters of ISO 8859-1.
_TEXT = "[\x20-\x7e\xa0-\xff]"

Check = Callable[[str], str]


@dataclass(frozen=True)
class Slot:
    """A field as the reader takes it from a matched record."""

    group: int
    field: Field
    check: Check | None


@dataclass(frozen=True)
class Layout:
    """A record, with a pattern for a whole line and what to take from it."""

    record: Record
    pattern: re.Pattern[str]
    values: tuple[Slot, ...]
    links: tuple[Slot, ...]

    @cached_property
    def value_specs(self) -> tuple[tuple[int, str, str, bool], ...]:
        """For each value: its group, name, what it holds when absent, and whether it is text."""
        return tuple(
            (
                slot.group,
                slot.field.name,
                "" if slot.field.zero_is_value else slot.field.blank,
                not slot.field.is_number,
            )
            for slot in self.values
        )

    @cached_property
    def checks(self) -> tuple[tuple[int, Field, Check], ...]:
        """The groups that have more to check than the pattern does."""
        return tuple((slot.group, slot.field, slot.check) for slot in self.values if slot.check)


def _field_pattern(field: Field) -> str:
    if field.rule.role == "reserve":
        return f" {{{field.length}}}"
    if field.rule.role == "constant":
        return field.rule.argument
    one = "[0-9]" if field.is_number else _TEXT
    return f"({one}{{{field.length}}})"


def ei_date(raw: str) -> str:
    """A date of 2.0 (EEJJMMDD) as one of 2.1; no judgement on whether it exists."""
    return f"{raw[:4]}-{raw[4:6]}-{raw[6:]}"


@cache
def _good_date(raw: str) -> bool:
    return is_date(ei_date(raw))


def _is_time(raw: str) -> bool:
    return raw[:2] < "24" and raw[2:4] < "60" and raw[4:] < "60"


def allowed_codes(message: MessageType, field: Field) -> frozenset[str] | None:
    """The codes a field of 2.0 may hold, or None where it is free."""
    if field.codelist is None:
        return None
    codes = field.codelist.valid("2.0")
    if not codes:
        return None
    if field.rule.argument == MESSAGE_CODE:
        return frozenset(message.codes)
    return frozenset(codes)


def _check(message: MessageType, field: Field) -> Check | None:
    """The check of a raw value: the code of the fault, or an empty text."""
    blank = "" if field.zero_is_value else field.blank
    empty = "EI-FILLED" if field.must_be_filled else ""
    codes = allowed_codes(message, field)
    is_text = not field.is_number

    def check(raw: str) -> str:
        if raw == blank:
            return empty
        if is_text and raw[0] == " ":
            return "EI-ALIGN"
        if codes is not None and raw.rstrip() not in codes:
            return "EI-CODE"
        if field.rule.codec == "date" and not _good_date(raw):
            return "EI-DATE"
        if field.rule.codec == "time" and not _is_time(raw):
            return "EI-TIME"
        return ""

    plain = field.rule.codec not in ("date", "time") and codes is None
    return None if plain and not empty and not is_text else check


def _layout(message: MessageType, record: Record) -> Layout:
    values, links, group = [], [], 0
    for field in record.fields:
        if field.rule.role in ("reserve", "constant"):
            continue
        if field.has_value:
            values.append(Slot(group, field, _check(message, field)))
        else:
            links.append(Slot(group, field, None))
        group += 1
    pattern = re.compile("".join(_field_pattern(field) for field in record.fields))
    return Layout(record, pattern, tuple(values), tuple(links))


@cache
def layouts(name: str) -> dict[str, Layout]:
    """The layouts of a message type, by record."""
    message = catalogue().one(name)
    return {code: _layout(message, record) for code, record in message.records.items()}
