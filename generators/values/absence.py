"""When a field of 2.0 says nothing, as its row tells."""

from __future__ import annotations

from schemas.facts.records import Field


def says_zero(field: Field) -> bool:
    """Whether zeros in a field are a value, rather than say that there is none."""
    if not field.is_number:
        return False
    codes = field.codelist.valid("2.0") if field.codelist else {}
    # The row tells apart: absent when blank, never, or with another field.
    return field.rule.absent.partition(" ")[0] in ("never", "with") or "0" * field.length in codes


def may_be_absent(field: Field) -> bool:
    """Whether a message may leave a field out, in so far as zeros can say so."""
    if field.presence != "M" or not field.has_value:
        return True
    if says_zero(field):
        return False
    # What comes back as zeros where 2.1 cannot say it may be zeros from the start.
    back = field.rule.back.split("|") if field.rule.role == "drop" else []
    return "0" * field.length in back
