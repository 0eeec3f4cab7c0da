"""Derives the expected 2.0 values of a 2.1 class, element by element from the mapping rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from generators.expected.from_20 import REMEMBERED, pairs_of
from schemas.errors import Refused
from schemas.facts import fills
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.together import together
from schemas.mapping.field_pairs import Mapped

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)", re.ASCII)


@dataclass(frozen=True)
class Made:
    """The fields of a record, and the number of truncated ones.

    `above` holds the values of this record and of those above it, by `RECORD/FIELD`; 2.0-only
    fields of records below are filled from these.
    """

    values: dict[str, str]
    cut: int
    above: dict[str, str]


def values_20(
    message: MessageType, record: str, values: Mapping[str, str], above: Mapping[str, str]
) -> Made:
    """Return the expected fields of a class's record.

    Raises Refused for what 2.0 cannot express.
    """
    found: dict[str, str] = {}
    cut = 0
    for pair in pairs_of(message.name)[record]:
        value = ""
        # Several elements share one 2.0 field; the first present one wins.
        for key in pair.keys:
            if value := values.get(key, ""):
                break
        if not value or pair.field.rule.role == "constant":
            continue
        if text := field_value(pair, value):
            found[pair.field.name] = text
            cut += bool(pair.field.rule.cut) and text != value
    _refuse_what_is_left(message, record, values, found)
    known = {**above, **{f"{record}/{name}": text for name, text in found.items()}}
    for field in _only_20(message.name)[record]:
        if text := _filled(field, found, known):
            found[field.name] = text
    code = fills.header_code(message.name) if record == HEADER else None
    if code:
        found.setdefault(code.field, code.value)
    return Made(found, cut, known)


@cache
def _only_20(name: str) -> dict[str, tuple[Field, ...]]:
    """Return the 2.0-only fields of each record; the header's include the trailer's."""
    records = catalogue().one(name).records
    found = {
        code: tuple(field for field in record.fields if field.rule.role == "drop")
        for code, record in records.items()
    }
    return found | {HEADER: (*found[HEADER], *found[TRAILER])}


def _filled(field: Field, found: Mapping[str, str], above: Mapping[str, str]) -> str:
    """Return the value of a 2.0-only field after conversion; empty if there is none."""
    rule = field.rule
    filled, is_either, empty = rule.back.partition("|")
    if is_either:
        text = filled if rule.argument in found else empty
    else:
        text = above.get(rule.argument, "") if rule.argument else rule.back
    nothing = "0" if field.is_number else " "
    return text if text.strip(nothing) else ""


@lru_cache(maxsize=REMEMBERED)
def field_value(pair: Mapped, value: str) -> str:
    """Return a 2.1 value as a field of 2.0 holds it; empty if the field is then absent.

    Raises Refused for a value that 2.0 cannot express.
    """
    field, rule = pair.field, pair.field.rule
    rows = [row for row in rule.map if row.code_21 == value and row.back != "no"]
    if rows:
        return "" if rows[0].back == "drop" else rows[0].code_20
    codes = field.codelist.valid("2.0") if field.codelist else {}
    if codes and value not in codes:
        if rule.fallback:
            return rule.fallback
        raise _no_place(field, value)
    return _digits(field, value) if field.is_number else _characters(field, value)


def _digits(field: Field, value: str) -> str:
    """Return a value as zero-filled digits; empty where zeros mean absent."""
    pattern = {"date": _DATE, "time": _TIME}.get(field.rule.codec)
    if pattern:
        parts = pattern.fullmatch(value)
        value = "".join(parts.groups()) if parts else ""
    number = value.lstrip("0")
    if not (value.isascii() and value.isdigit()) or len(number) > field.length:
        raise _no_place(field, value)
    listed = field.codelist.valid("2.0") if field.codelist else {}
    text = number.zfill(field.length)
    return text if number or field.rule.absent != "blank" or text in listed else ""


def _characters(field: Field, value: str) -> str:
    """Return a text, truncated if allowed; raises Refused for a leading space."""
    text = value[: field.rule.cut] if field.rule.cut else value
    if field.rule.role == "comment-text":
        return text.rstrip(" ")
    if text.startswith(" "):
        raise _no_place(field, value)
    return text.rstrip(" ")


def _refuse_what_is_left(
    message: MessageType, record: str, values: Mapping[str, str], found: Mapping[str, str]
) -> None:
    """Refuse repetitions beyond the fields of 2.0, and incomplete groups of fields."""
    held = {key for pair in pairs_of(message.name)[record] for key in pair.keys}
    for key in values:
        if key.endswith("]") and key not in held:
            raise Refused("OUT-REPEATED", f"record {record} has no field for {key}")
    for fields, _ in together(message.name).get(record, ()):
        if len({field.name in found for field in fields}) > 1:
            named = " and ".join(field.name for field in fields)
            raise Refused("OUT-REQUIRED", f"{named} of record {record} are filled together")


def _no_place(field: Field, value: str) -> Refused:
    what = f"{value!r} of {field.name} (record {field.record}) has no place in 2.0"
    return Refused("OUT-VALUE", what)
