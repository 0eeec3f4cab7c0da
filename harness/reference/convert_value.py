"""Converts values between the releases, field by field as the tables say."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from schemas.ei.layout import allowed_codes, ei_date
from schemas.errors import Refused
from schemas.facts.codelists import MOST_CODES
from schemas.facts.elements import UNBOUNDED, Element
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.facts.simple_types import NOT_BLANK, SimpleType, is_date, is_time
from schemas.mapping.field_pairs import Mapped

Convert = Callable[[str], str]


def _unknown(field: Field, value: str, release: str, name: str) -> Refused:
    what = f"{value!r} of {field.name} (record {field.record}) is no code of {name} in {release}"
    return Refused("OUT-CODE", what)


def _unfit(field: Field, value: str, target: str) -> Refused:
    what = f"{value!r} of {field.name} (record {field.record}) cannot stand in {target}"
    return Refused("OUT-VALUE", what)


def to_21(pair: Mapped) -> Callable[[str], tuple[str, str]]:
    """Return the function from a filled 2.0 value to its 2.1 key and value.

    It raises Refused if no 2.1 code corresponds, or the element does not accept the value.
    """
    rule, field = pair.field.rule, pair.field
    notation = _notation_21(field, pair.elements[0])
    targets = list(zip(pair.keys, pair.elements, strict=True))

    def convert(raw: str) -> tuple[str, str]:
        row = rule.code_21(raw)
        value = row.code_21 if row else notation(raw)
        for key, element in targets:
            if element.accepts(value):
                return key, value
        if rule.fallback:
            return targets[0][0], rule.fallback
        if listed := _type(pair.elements[0]).codelist:
            raise _unknown(field, raw, "2.1", listed.name)
        raise _unfit(field, raw, f"{pair.elements[0].path} of 2.1")

    return lru_cache(maxsize=MOST_CODES)(convert) if field.codelist or rule.map else convert


def direct_21(pair: Mapped) -> bool:
    """Whether every filled 2.0 value of a field is valid in 2.1 unchanged."""
    field, kind = pair.field, _type(pair.elements[0])
    as_it_is = field.rule.codec == "text" or field.rule.role == "comment-text"
    if len(pair.keys) > 1 or field.rule.map or not as_it_is or field.codelist:
        return False
    plain = kind.base == "string" and kind.codelist is None and not pair.elements[0].pattern
    digits = field.is_number and kind.pattern == f"[0-9]{{{field.length}}}"
    # The lines of a comment are joined, to any length.
    longest = UNBOUNDED if field.rule.role == "comment-text" else field.length
    fits = kind.max_length is None or longest <= kind.max_length
    return plain and fits and (digits or kind.pattern in ("", NOT_BLANK))


def number_21(pair: Mapped) -> bool:
    """Whether every filled 2.0 value of a field is valid in 2.1 once leading zeros are stripped."""
    field, element = pair.field, pair.elements[0]
    kind = _type(element)
    if len(pair.keys) > 1 or field.rule.map or field.codelist or kind.codelist or kind.pattern:
        return False
    numbers = field.is_number and kind.is_number and field.rule.codec in ("text", "number")
    highest = kind.highest if element.highest_value is None else element.highest_value
    in_range = kind.lowest == 0 and (highest is None or highest >= 10**field.length - 1)
    return numbers and in_range and not element.pattern


def without_zeros(raw: str) -> str:
    """Strip leading zeros, as 2.1 writes numbers."""
    return raw.lstrip("0") or "0"


def value_21(pair: Mapped) -> Convert:
    """Return the function from a filled 2.0 value to its 2.1 value, for a field with one element.

    It raises Refused as `to_21` does.
    """
    if direct_21(pair):
        return str
    if number_21(pair):
        return without_zeros
    convert = to_21(pair)
    return lambda raw: convert(raw)[1]


def _type(element: Element) -> SimpleType:
    assert element.type is not None
    return element.type


def _notation_21(field: Field, element: Element) -> Convert:
    if field.rule.codec == "date":
        return ei_date
    if field.rule.codec == "time":
        return lambda raw: f"{raw[:2]}:{raw[2:4]}:{raw[4:]}"
    if field.is_number and _type(element).is_number:
        return without_zeros
    return str


def to_20(message: MessageType, pair: Mapped) -> Convert:
    """Return the function from a 2.1 value to its unpadded 2.0 value, or an empty text for absent.

    It raises Refused if no 2.0 code corresponds, or the value does not fit the field.
    """
    rule, field = pair.field.rule, pair.field
    codes = allowed_codes(message, field)
    notation = _notation_20(field)
    if codes is None and not rule.map:
        return notation

    @lru_cache(maxsize=MOST_CODES)
    def convert(value: str) -> str:
        row = rule.code_20(value)
        if row:
            return "" if row.back == "drop" else row.code_20
        if codes is not None and value and value not in codes:
            if rule.fallback:
                return rule.fallback
            name = field.codelist.name if field.codelist else ""
            raise _unknown(field, value, "2.0", name)
        return notation(value)

    return convert


def _notation_20(field: Field) -> Convert:
    def date(value: str) -> str:
        if not is_date(value):
            raise _unfit(field, value, "a date of 2.0")
        return value.replace("-", "")

    def time(value: str) -> str:
        if not is_time(value):
            raise _unfit(field, value, "a time of 2.0")
        return value.replace(":", "")

    def digits(value: str) -> str:
        if not (value.isascii() and value.isdigit()) or len(value.lstrip("0")) > field.length:
            raise _unfit(field, value, f"{field.length} digits of 2.0")
        if not value.strip("0") and not field.zero_is_value:
            return ""
        return value[-field.length :].zfill(field.length)

    def text(value: str) -> str:
        if field.rule.cut:
            value = value[: field.rule.cut]
        if value.startswith(" ") and field.rule.role != "comment-text":
            raise _unfit(field, value, "a text of 2.0, which starts at the left")
        return value.rstrip(" ")

    if field.rule.codec in ("date", "time"):
        return date if field.rule.codec == "date" else time
    return digits if field.is_number else text
