"""Fills the fields that only 2.0 has, on the way back from 2.1."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.facts.records import Record


def dropped_20(
    record: Record, values: Mapping[str, str], above: Mapping[str, str]
) -> dict[str, str]:
    """The 2.0-only fields of a record, filled by their rules.

    `values` are the 2.0 values of the record; `above` maps `RECORD/FIELD` to the values of its
    owners.
    """
    filled = {}
    for field in record.fields:
        rule = field.rule
        if rule.role != "drop":
            continue
        if "|" in rule.back:
            present, _, absent = rule.back.partition("|")
            value = present if rule.argument in values else absent
        else:
            value = above.get(rule.argument, "") if rule.argument else rule.back
        if value and (value != field.blank):
            filled[field.name] = value
    return filled
