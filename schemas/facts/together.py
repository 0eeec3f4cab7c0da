"""Fields of 2.0 that must be filled together or not at all."""

from __future__ import annotations

from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.records import Field

# Groups of fields that are filled together, each with its evidence grade.
Together = tuple[tuple[tuple[Field, ...], str], ...]


@cache
def together(name: str) -> dict[str, Together]:
    """Return the groups of each record whose fields are filled together."""
    groups: dict[str, Together] = {}
    for row in tables.rows("together"):
        if name in row["messages"].split():
            record = catalogue().one(name).records[row["record"]]
            fields = tuple(record.by_name[item] for item in row["fields"].split("|"))
            groups[record.code] = (*groups.get(record.code, ()), (fields, row.evidence))
    return groups
