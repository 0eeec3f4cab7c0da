"""What a 2.0 field becomes in 2.1, in words; every word follows from the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.layout.codes import allowed_20, some_codes
from reports.shared.texts import Texts
from schemas.facts.fills import HeaderCode
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.facts.table_rows import weakest
from schemas.mapping.field_pairs import Mapped

KEPT, CUT, LOST, FILLED, DERIVED = "kept", "cut", "lost", "filled", "derived"


def kind_21(field: Field) -> str:
    """What happens to a field: `kept`, `lost` or `derived`."""
    if field.rule.role == "drop":
        return LOST
    return KEPT if field.paths and field.rule.role != "constant" else DERIVED


def words_21(
    message: MessageType,
    field: Field,
    pairs: Sequence[Mapped],
    header: HeaderCode | None,
    t: Texts,
) -> tuple[str, ...]:
    """What a field becomes; `pairs` are its mapped pairs, `header` the header code in it."""
    rule = field.rule
    if not message.convertible:
        return (t("layout.stays"),)
    if rule.role == "drop":
        return (t("layout.21.lost"),)
    if rule.role == "constant":
        return (t("layout.21.constant", value=rule.back) if pairs else t("layout.21.code"),)
    if rule.role == "comment-text":
        return (t("layout.21.comment"),)
    if not pairs:
        return (t(f"layout.21.{rule.role}"),)
    return tuple(_value(message, field, pairs[0], header, t))


def _value(
    message: MessageType, field: Field, pair: Mapped, header: HeaderCode | None, t: Texts
) -> Iterator[str]:
    if len(pair.keys) > 1:
        yield t("layout.21.choice")
    yield _notation(field, pair, t)
    if field.rule.map and (moved := _moved(field)):
        yield t("layout.21.map", codes=moved)
    if unknown := _unknown(message, field, pair):
        key = "fallback" if field.rule.fallback else "unknown"
        yield t(f"layout.21.{key}", codes=some_codes(unknown), value=field.rule.fallback)
    yield _absence(field, t)
    if pair.keys[0].endswith("]"):
        yield t("layout.21.repeated")
    if header and header.optional_21:
        yield t("layout.21.header_code", value=header.value)


def _notation(field: Field, pair: Mapped, t: Texts) -> str:
    if field.rule.codec in ("date", "time"):
        return t(f"layout.21.{field.rule.codec}")
    if not field.is_number:
        return t("layout.21.text")
    kind = pair.elements[0].type
    return t("layout.21.number" if kind and kind.is_number else "layout.21.digits")


def _moved(field: Field) -> str:
    rows = [row for row in field.rule.map if row.code_20]
    return ", ".join(f"{row.code_20} → {row.code_21}" for row in rows)


def _unknown(message: MessageType, field: Field, pair: Mapped) -> list[str]:
    """The codes of 2.0 that no element of the field allows."""
    moved = {row.code_20: row.code_21 for row in field.rule.map}
    return [
        code
        for code in allowed_20(message, field)
        if not any(element.accepts(moved.get(code, code)) for element in pair.elements)
        and code != field.blank
    ]


def _absence(field: Field, t: Texts) -> str:
    """When the element is absent, or that zeros are a value."""
    if field.rule.absent_with:
        return t("layout.21.absent_with", field=field.rule.absent_with)
    if field.zero_is_value:
        return t("layout.21.zero" if field.rule.absent == "never" else "layout.21.zero_code")
    if field.must_be_filled:
        return t("layout.21.filled")
    return t("layout.21.absent.zeros" if field.is_number else "layout.21.absent.spaces")


def evidence_of(field: Field, pairs: Sequence[Mapped], header: HeaderCode | None) -> str:
    """The weakest grade of the facts behind the mapping of a field."""
    grades = [pair.evidence for pair in pairs] + [row.evidence for row in field.rule.map]
    return weakest(field.evidence, *grades, *([header.evidence] if header else []))
