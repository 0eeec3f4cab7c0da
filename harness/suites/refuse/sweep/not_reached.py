"""What the sweep leaves out, and why: the rows of `not_reached.csv`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.suites.refuse.sweep.ei_fields import REPEATS
from schemas.ei.layout import allowed_codes
from schemas.facts import table_rows as tables
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field

_FOLDER = Path(__file__).parent
_COUNTED = ("sequence", "comment-of", "comment-line", "count")
_FIELDS: dict[str, Callable[[MessageType, Field], bool]] = {
    "constant": lambda _, field: field.rule.role == "constant",
    "message-code": lambda _, field: field.rule.argument == MESSAGE_CODE,
    "repeats": lambda _, field: field.rule.role in REPEATS,
    "counted": lambda _, field: field.rule.role in _COUNTED,
    "codes": lambda message, field: allowed_codes(message, field) is not None,
    "zero-is-value": lambda _, field: field.has_value and field.zero_is_value,
    "blank-goes-back": lambda _, field: field.rule.role == "drop" and not field.must_be_filled,
    "comment-text": lambda _, field: field.rule.role == "comment-text",
    "one-position": lambda _, field: field.length == 1,
    "reserve": lambda _, field: field.rule.role == "reserve",
}
_ELEMENTS: dict[str, Callable[[Element], bool]] = {
    "takes-empty": lambda element: element.accepts(""),
    "codes": lambda element: element.type is not None and element.type.codelist is not None,
}


@dataclass(frozen=True)
class NotReached:
    """Kinds of fault that are left out for some fields, selected by a shared property."""

    kinds: tuple[str, ...]
    release: str
    fields: str
    why: dict[str, str]


@cache
def not_reached() -> tuple[NotReached, ...]:
    """All rows of the table."""
    return tuple(
        NotReached(
            tuple(row["kinds"].split()),
            row["release"],
            row["fields"],
            row.in_languages("why"),
        )
        for row in tables.rows("not_reached", _FOLDER)
    )


def why_not_field(message: MessageType, kind: str, field: Field) -> NotReached | None:
    """The reason to leave a kind of fault out for a 2.0 field, if the table has one."""
    found = (item for item in not_reached() if item.release == "2.0" and kind in item.kinds)
    return next((item for item in found if _FIELDS[item.fields](message, field)), None)


def why_not_element(kind: str, element: Element) -> NotReached | None:
    """The reason to leave a kind of fault out for a 2.1 element, if the table has one."""
    found = (item for item in not_reached() if item.release == "2.1" and kind in item.kinds)
    return next((item for item in found if _ELEMENTS[item.fields](element)), None)
