"""Takes the values of a matched record, field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.facts.records import Field

Values = dict[str, str]
# A faulty value: the fault code, the field name and the value.
Problem = tuple[str, str, str]
Report = Callable[[Problem], None]
Extractor = Callable[[tuple[str, ...], Report], tuple[Values, Values]]
Check = Callable[[str], str]


@dataclass(frozen=True)
class CheckedField:
    """A field with the codes it may hold, or the function that gives the fault of a value."""

    field: Field
    codes: frozenset[str] | None
    check: Check | None


def absent_text(field: Field) -> str:
    """Return the text that says that a field is absent; empty if every text is a value."""
    return "" if field.zero_is_value else field.blank


def extractor(fields: Sequence[CheckedField], repeated: frozenset[str]) -> Extractor:
    """Return the function that splits a record into its values and its links.

    `fields` are those that the record's pattern captures, in order. `repeated` names values that
    records below repeat; these are also put among the links, unstripped.
    """
    taken = [
        (
            item,
            item.field.name,
            not item.field.has_value or item.field.name in repeated,
            item.field.has_value,
            absent_text(item.field),
            not item.field.is_number,
        )
        for item in fields
    ]

    def extract(groups: tuple[str, ...], report: Report) -> tuple[Values, Values]:
        values: Values = {}
        links: Values = {}
        for (item, name, is_link, has_value, absent, is_text), raw in zip(
            taken, groups, strict=True
        ):
            if is_link:
                links[name] = raw
            if has_value and raw != absent:
                values[name] = _value(item, name, is_text, raw, report)
            elif has_value and item.field.must_be_filled:
                report(("EI-FILLED", name, raw))
        return values, links

    return extract


def _value(item: CheckedField, name: str, is_text: bool, raw: str, report: Report) -> str:
    """Return the value of a filled field without padding, and report its faults."""
    if is_text:
        if raw[0] == " ":
            report(("EI-ALIGN", name, raw))
        raw = raw.rstrip(" ")
    if item.codes is not None:
        if raw not in item.codes:
            report(("EI-CODE", name, raw))
    elif item.check and (fault := item.check(raw)):
        report((fault, name, raw))
    return raw
