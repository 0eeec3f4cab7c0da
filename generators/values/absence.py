"""When a field of 2.0 counts as absent, by its row."""

from __future__ import annotations

from schemas.facts.records import Field


def says_zero(field: Field) -> bool:
    """Whether zeros in a field are a value, rather than mean absent."""
    if not field.is_number:
        return False
    codes = field.codelist.valid("2.0") if field.codelist else {}
    # The row says: absent when blank, never, or with another field.
    return field.rule.absent.partition(" ")[0] in ("never", "with") or "0" * field.length in codes


def not_blank(field: Field, value: str) -> str:
    """Return a value, or an empty text if it leaves a field blank."""
    return value if value.strip("0" if field.is_number else " ") else ""


def may_be_absent(field: Field) -> bool:
    """Whether a message may omit a field, as far as zeros can express that."""
    if field.presence != "M" or not field.has_value:
        return True
    if says_zero(field):
        return False
    # A field that conversion from 2.1 fills with zeros may also start as zeros.
    back = field.rule.back.split("|") if field.rule.role == "drop" else []
    return "0" * field.length in back
