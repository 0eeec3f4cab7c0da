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
# A field and what it is made of, its name, and whether 2.0 may cut it.
_Said = tuple[Mapped, str, bool]


@dataclass(frozen=True)
class Made:
    """The fields of a record, and the number of truncated ones.

    `above` holds what this record and those above it say in the fields, by `RECORD/FIELD`, that
    2.0-only fields of records below repeat.
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
    for pair, name, may_be_cut in _said(message.name)[record]:
        value = ""
        # Several elements share one 2.0 field; the first present one wins.
        for key in pair.keys:
            if value := values.get(key, ""):
                break
        if value and (text := field_value(pair, value)):
            found[name] = text
            cut += may_be_cut and text != value
    _refuse_what_is_left(message, record, values, found)
    repeated = _repeated(message.name).get(record, ())
    known = {**above, **{key: found[name] for name, key in repeated if name in found}}
    for field in _only_20(message.name)[record]:
        if text := _filled(field, found, known):
            found[field.name] = text
    code = fills.header_code(message.name) if record == HEADER else None
    if code:
        found.setdefault(code.field, code.value)
    return Made(found, cut, known)


@cache
def _said(name: str) -> dict[str, tuple[_Said, ...]]:
    """Return the fields of each record that say what elements say."""
    return {
        record: tuple(
            (pair, pair.field.name, bool(pair.field.rule.cut))
            for pair in pairs
            if pair.field.rule.role != "constant"
        )
        for record, pairs in pairs_of(name).items()
    }


@cache
def _repeated(name: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the fields of each record that records below may repeat, as name and `RECORD/NAME`."""
    fields = (field for every in _only_20(name).values() for field in every)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for key in dict.fromkeys(field.rule.argument for field in fields):
        record, is_of_record, field_name = key.partition("/")
        if is_of_record:
            found[record] = (*found.get(record, ()), (field_name, key))
    return found


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
    held = _held(message.name)[record]
    for key in values:
        if key.endswith("]") and key not in held:
            raise Refused("OUT-REPEATED", f"record {record} has no field for {key}")
    for fields, _ in together(message.name).get(record, ()):
        if len({field.name in found for field in fields}) > 1:
            named = " and ".join(field.name for field in fields)
            raise Refused("OUT-REQUIRED", f"{named} of record {record} are filled together")


@cache
def _held(name: str) -> dict[str, frozenset[str]]:
    """Return the elements that each record has a field for."""
    every = pairs_of(name).items()
    return {
        record: frozenset(key for pair in pairs for key in pair.keys) for record, pairs in every
    }


def _no_place(field: Field, value: str) -> Refused:
    what = f"{value!r} of {field.name} (record {field.record}) has no place in 2.0"
    return Refused("OUT-VALUE", what)
