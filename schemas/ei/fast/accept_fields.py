"""Patterns for the lines of a printable 2.0 message whose every field is valid."""

from __future__ import annotations

from functools import cache

from schemas.ei.layout import allowed_codes, repeated_below
from schemas.ei.record_templates import LINE_END
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field, Record
from schemas.facts.together import together
from schemas.message.alternatives import any_of

# The captured fields of a line, unstripped.
RecordValues = tuple[str, ...]
_DATE = (
    "(?!0000)[0-9]{4}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31"
    "|(?<=[02468][48]|[2468]0|[13579][26])0229|(?<=2000)0229)"
)
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"
_WRITTEN = {"date": _DATE, "time": _TIME}
# A list of more codes is looked up, as a pattern of it is slow to compile.
_MOST_CODES = 16


@cache
def _padded(codes: frozenset[str], is_number: bool, length: int) -> frozenset[str]:
    padded = (code if is_number else code.ljust(length) for code in codes)
    return frozenset(code for code in padded if len(code) == length)


@cache
def _listed(message: MessageType, field: Field) -> frozenset[str] | None:
    """Return what may stand in a field with a list, or None for other fields."""
    codes, blank = allowed_codes(message, field), {field.blank}
    if not field.has_value or codes is None:
        return None
    padded = _padded(codes, field.is_number, field.length)
    if field.must_be_filled:
        return padded - blank
    return padded if field.zero_is_value else padded | blank


def long_list(message: MessageType, field: Field) -> frozenset[str] | None:
    """Return what may stand in a field if its pattern leaves that out, or None."""
    values = _listed(message, field)
    return values if values and len(values) > _MOST_CODES else None


def _field(message: MessageType, field: Field) -> str:
    length, role, values = field.length, field.rule.role, _listed(message, field)
    if role in ("reserve", "constant"):
        return f" {{{length}}}" if role == "reserve" else field.rule.argument
    if values is not None and not long_list(message, field):
        return any_of(values)
    digits = f"[0-9]{{{length}}}"
    if values is not None or not field.has_value:
        return digits if field.is_number else f".{{{length}}}"
    text = digits if field.is_number else f"[^ ].{{{length - 1}}}"
    value = _WRITTEN.get(field.rule.codec, text)
    blank = f"{'0' if field.is_number else ' '}{{{length}}}"
    if field.must_be_filled:
        return f"(?!{blank}){value}" if field.is_number else value
    return value if field.zero_is_value else f"(?:{blank}|{value})"


def _looked_at(message: MessageType, record: Record) -> set[str]:
    """Return the names of the fields that a check across fields or records needs."""
    found = {field.name for field in record.fields if long_list(message, field)}
    found |= repeated_below(message, record)
    for group, _ in together(message.name).get(record.code, ()):
        found |= {field.name for field in group}
    for field in record.fields:
        if field.rule.absent_with:
            found |= {field.name, field.rule.absent_with}
    for total in totals.of(message.name):
        amounts = filter(None, (total.total, total.minus_total, total.amount, total.minus_amount))
        names = {field.name for item in amounts for field in (item.amount, item.sign)}
        if record.code in (HEADER, TRAILER, total.record):
            found |= names & record.by_name.keys()
    return found


@cache
def taken(name: str) -> dict[str, tuple[Field, ...]]:
    """Return the fields that are captured from each record of a message type, in order.

    Left out are those that exist in 2.0 only and that no other field depends on.
    """
    message = catalogue().one(name)
    found = {}
    for code, record in message.records.items():
        needed = _looked_at(message, record)
        left_out = ("reserve", "constant", "drop")
        found[code] = tuple(
            item
            for item in record.fields
            if item.rule.role not in left_out or (item.name in needed and item.has_value)
        )
    return found


@cache
def value_indexes(name: str) -> dict[str, dict[str, int]]:
    """Return the index of each captured field within its record, by record code and field name."""
    return {
        code: {item.name: place for place, item in enumerate(fields)}
        for code, fields in taken(name).items()
    }


def line_pattern(message: MessageType, record: Record) -> str:
    """Return the pattern of a line with its line end, which captures the `taken` fields."""
    kept = taken(message.name)[record.code]
    fields = ((item, _field(message, item)) for item in record.fields)
    return "".join(f"({text})" if item in kept else text for item, text in fields) + LINE_END
