"""What a 2.0 field is made of when a message comes from 2.1, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.layout.codes import allowed_20, allowed_21, some_codes
from reports.layout.words_21 import CUT, DERIVED, FILLED, KEPT
from reports.shared.texts import Texts
from schemas.facts.elements import Element
from schemas.facts.fills import HeaderCode
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, Field
from schemas.mapping.field_pairs import Mapped


def kind_20(field: Field) -> str:
    """How a field is filled: `kept`, `cut`, `filled` or `derived`."""
    if field.rule.role == "drop":
        return FILLED
    if not field.paths or field.rule.role == "constant":
        return DERIVED
    return CUT if field.rule.cut else KEPT


def words_20(
    message: MessageType,
    field: Field,
    pairs: Sequence[Mapped],
    header: HeaderCode | None,
    t: Texts,
) -> tuple[str, ...]:
    """How a field is filled; `pairs` are its mapped pairs, `header` the header code in it."""
    rule = field.rule
    if not message.convertible:
        return (t("layout.stays"),)
    if rule.role == "drop":
        return (_filled(field, t),)
    if rule.role == "constant":
        return (t("layout.20.constant", value=rule.argument),)
    if rule.role == "count" and rule.argument != "*":
        return (t("layout.20.count", record=rule.argument, n=str(field.length)),)
    if rule.role == "count":
        return (t("layout.20.count_all", n=str(field.length)),)
    if rule.role == "sequence":
        key = "sequence" if COMMENT in message.records else "sequence_plain"
        return (t(f"layout.20.{key}"),)
    if rule.role in ("equal", "owner"):
        return tuple(_repeated(message, field, t))
    if rule.role != "value":
        return (t(f"layout.20.{rule.role}", n=str(field.length)),)
    return tuple(_value(message, field, pairs[0], header, t)) if pairs else ()


def _filled(field: Field, t: Texts) -> str:
    rule = field.rule
    if "|" in rule.back:
        filled, _, empty = rule.back.partition("|")
        return t("layout.20.either", value=filled, field=rule.argument, empty=empty)
    if rule.argument:
        record, _, name = rule.argument.partition("/")
        return t("layout.20.from", field=name, record=record)
    if rule.back.strip("0 "):
        return t("layout.20.filled", value=rule.back)
    return t("layout.20.zeros" if field.is_number else "layout.20.spaces")


def _repeated(message: MessageType, field: Field, t: Texts) -> Iterator[str]:
    record, _, name = field.rule.argument.partition("/")
    yield t(f"layout.20.{field.rule.role}", field=name, record=record)
    source = message.records[record].by_name[name]
    if not source.must_be_filled:
        yield t("layout.20.repeated.zeros" if source.is_number else "layout.20.repeated.spaces")


def _value(
    message: MessageType, field: Field, pair: Mapped, header: HeaderCode | None, t: Texts
) -> Iterator[str]:
    if len(pair.keys) > 1:
        yield t("layout.20.choice")
    yield _notation(field, t)
    yield from _too_long(field, pair, t)
    yield from _codes(message, field, pair, t)
    yield from _zero(field, pair, t)
    if header:
        yield t("layout.20.header_code", value=header.value)
    elif any(_may_be_absent(message, field, pair, element) for element in pair.elements):
        yield _absence(field, t)


def _notation(field: Field, t: Texts) -> str:
    if field.rule.codec in ("date", "time"):
        return t(f"layout.20.{field.rule.codec}")
    return t("layout.20.digits" if field.is_number else "layout.20.text", n=str(field.length))


def _too_long(field: Field, pair: Mapped, t: Texts) -> Iterator[str]:
    """What happens to a value of 2.1 that is longer than the field."""
    is_free = field.rule.codec in ("text", "number") and not field.codelist
    if field.rule.cut:
        yield t("layout.20.cut", n=str(field.rule.cut))
    elif is_free and any(_longest(element) > field.length for element in pair.elements):
        yield t("layout.20.too_long", n=str(field.length))


def _longest(element: Element) -> int:
    """The number of characters that an element may have, as far as its facets say."""
    kind = element.type
    assert kind is not None
    if kind.base == "integer":
        highest = kind.highest if element.highest_value is None else element.highest_value
        return len(str(highest)) if highest is not None else 99
    return 9999 if kind.max_length is None else kind.max_length


def _codes(message: MessageType, field: Field, pair: Mapped, t: Texts) -> Iterator[str]:
    rule, allowed = field.rule, allowed_20(message, field)
    if back := [row for row in rule.map if row.back == "yes"]:
        yield t("layout.20.map", codes=", ".join(f"{row.code_21} → {row.code_20}" for row in back))
    if dropped := [row.code_21 for row in rule.map if row.back == "drop"]:
        yield t("layout.20.dropped", codes=", ".join(dropped))
    known = {*allowed, *(row.code_21 for row in rule.map if row.back != "no")}
    lacking = [code for item in pair.elements for code in allowed_21(item) if code not in known]
    if allowed and lacking:
        key = "fallback" if rule.fallback else "unknown"
        yield t(f"layout.20.{key}", codes=some_codes(lacking), value=rule.fallback)


def _zero(field: Field, pair: Mapped, t: Texts) -> Iterator[str]:
    """What happens to a zero of 2.1 where zeros are blank."""
    if not field.is_number or field.zero_is_value or field.codelist or field.rule.codec == "date":
        return
    # A text of digits is a zero at its full length only.
    zeros = dict.fromkeys(
        zero
        for element in pair.elements
        for zero in ["0" if element.type and element.type.base == "integer" else field.blank]
        if element.accepts(zero)
    )
    key = "refused" if field.must_be_filled else "absent"
    yield from (t(f"layout.20.zero.{key}", zero=zero) for zero in zeros)


def _may_be_absent(message: MessageType, field: Field, pair: Mapped, element: Element) -> bool:
    """Whether the class of a record may be there without the element."""
    if len(pair.keys) > 1 or pair.keys[0].endswith("]"):
        return True
    owner = "" if pair.keys[0] == element.path else message.records[field.record].container
    path = element.path
    while path and path != owner:
        if message.elements[path].optional:
            return True
        path = path.rpartition("/")[0]
    return False


def _absence(field: Field, t: Texts) -> str:
    if field.must_be_filled:
        return t("layout.20.required")
    return t("layout.20.absent.zeros" if field.is_number else "layout.20.absent.spaces")
