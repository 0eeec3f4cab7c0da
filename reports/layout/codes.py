"""The codes that a field or element allows."""

from __future__ import annotations

from collections.abc import Sequence

from reports.layout.model import Codes
from schemas.ei.layout import allowed_codes
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field

_MOST_NAMED = 12


def allowed_20(message: MessageType, field: Field) -> list[str]:
    """The codes that a field allows, in list order; none if it is free."""
    allowed = allowed_codes(message, field)
    if allowed is None or field.codelist is None:
        return []
    return [code for code in field.codelist.valid("2.0") if code in allowed]


def allowed_21(element: Element) -> list[str]:
    """The codes that an element allows, in list order; none if it is free."""
    listed = element.type.codelist if element.type else None
    return [code for code in listed.valid("2.1") if element.accepts(code)] if listed else []


def codes_20(message: MessageType, field: Field) -> Codes | None:
    """The codes of a field with their labels; None if it is free."""
    return _codes(field.codelist, allowed_20(message, field), "2.0")


def codes_21(element: Element) -> Codes | None:
    """The codes of an element with their labels; None if it is free."""
    listed = element.type.codelist if element.type else None
    return _codes(listed, allowed_21(element), "2.1")


def _codes(listed: CodeList | None, codes: Sequence[str], release: str) -> Codes | None:
    if listed is None or not codes:
        return None
    known = listed.valid(release)
    return Codes(listed.name, {code: known[code].label for code in codes})


def some_codes(codes: Sequence[str]) -> str:
    """The first codes, and the number of the others."""
    rest = len(codes) - _MOST_NAMED
    return ", ".join(codes[:_MOST_NAMED]) + (f" (+{rest})" if rest > 0 else "")
