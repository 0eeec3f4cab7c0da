"""The records of a 2.0 message, compiled for reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from schemas.mapping_rules import MESSAGE_CODE
from schemas.messages import MessageType, catalogue
from schemas.records import Field, Record
from schemas.simple_types import is_date

# Printable characters of ISO 8859-1.
_TEXT = "[\x20-\x7e\xa0-\xff]"
Check = Callable[[str], str]
Groups = tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A value as the reader takes it from a matched record.

    `blank` is what it holds when absent; `codes` what it may hold, where that is a list; `check`
    gives the code of the fault of a date or time.
    """

    field: Field
    group: int
    blank: str
    required: bool
    is_text: bool
    codes: frozenset[str] | None
    check: Check | None


@dataclass(frozen=True)
class Layout:
    """A record, with a pattern for a whole line and what to take from it; the header is at 0."""

    record: Record
    pattern: re.Pattern[str]
    depth: int
    slots: tuple[Slot, ...]
    specs: tuple[tuple[int, str, str, bool, bool, frozenset[str] | None, Check | None], ...]
    link_names: tuple[str, ...]
    links: Callable[[Groups], Groups]
    fields: tuple[Field, ...]


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


@lru_cache(maxsize=65536)
def _date_fault(raw: str) -> str:
    return "" if is_date(ei_date(raw)) else "EI-DATE"


def _time_fault(raw: str) -> str:
    return "" if raw[:2] < "24" and raw[2:4] < "60" and raw[4:] < "60" else "EI-TIME"


_CHECKS: dict[str, Check] = {"date": _date_fault, "time": _time_fault}


def allowed_codes(message: MessageType, field: Field) -> frozenset[str] | None:
    """The codes a field of 2.0 may hold, or None where it is free."""
    if field.codelist is None:
        return None
    codes = field.codelist.valid("2.0")
    if not codes:
        return None
    return frozenset(message.codes if field.rule.argument == MESSAGE_CODE else codes)


def _slot(message: MessageType, field: Field, group: int) -> Slot:
    return Slot(
        field=field,
        group=group,
        blank="" if field.zero_is_value else field.blank,
        required=field.must_be_filled,
        is_text=not field.is_number,
        codes=allowed_codes(message, field),
        check=_CHECKS.get(field.rule.codec),
    )


def _depth(message: MessageType, record: Record) -> int:
    depth = 0
    while record.parent:
        record, depth = message.records[record.parent], depth + 1
    return depth


def _layout(message: MessageType, record: Record) -> Layout:
    taken = [f for f in record.fields if f.rule.role not in ("reserve", "constant")]
    slots = tuple(_slot(message, f, group) for group, f in enumerate(taken) if f.has_value)
    links = [(group, field.name) for group, field in enumerate(taken) if not field.has_value]
    groups = [group for group, _ in links]
    # One item alone would come out of an itemgetter bare.
    getter = itemgetter(*groups, 0) if groups else (lambda _: ())
    return Layout(
        record=record,
        pattern=re.compile("".join(_field_pattern(field) for field in record.fields)),
        depth=_depth(message, record),
        slots=slots,
        specs=tuple(
            (s.group, s.field.name, s.blank, s.required, s.is_text, s.codes, s.check) for s in slots
        ),
        link_names=tuple(name for _, name in links),
        links=getter,
        fields=tuple(taken),
    )


@cache
def layouts(name: str) -> dict[str, Layout]:
    """The layouts of a message type, by record."""
    message = catalogue().one(name)
    return {code: _layout(message, record) for code, record in message.records.items()}
