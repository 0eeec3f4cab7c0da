"""What is filled in where the target asks for something that the source cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.message_types import catalogue

# Stands where any value will do; no message can hold it.
ANY = "\0"


@dataclass(frozen=True)
class Only21:
    """An element that 2.0 has no field for; `template` is what is filled in, if anything."""

    record: str
    key: str
    path: str
    template: str
    evidence: str


@cache
def only_21(name: str) -> dict[str, tuple[Only21, ...]]:
    """For each record the elements of its class that 2.0 has no field for."""
    message = catalogue().one(name)
    found: dict[str, tuple[Only21, ...]] = {}
    for row in tables.rows("only_21"):
        if row["messages"] != "all" and name not in row["messages"].split():
            continue
        for path in message.elements:
            if f"/{path}".endswith(f"/{row['element']}"):
                record, key = _owner(name, path)
                item = Only21(record, key, path, row["fill"], row.evidence)
                found[record] = (*found.get(record, ()), item)
    return found


@cache
def filled_keys(name: str) -> dict[str, frozenset[str]]:
    """For each record the elements of which any value will do, as nothing in 2.0 says it."""
    return {
        record: keys
        for record, items in only_21(name).items()
        if (keys := frozenset(item.key for item in items if item.template))
    }


def _owner(name: str, path: str) -> tuple[str, str]:
    """The record whose class an element belongs to, and its key in the node."""
    owners = [
        (record.container, record.code)
        for record in catalogue().one(name).records.values()
        if record.container and path.startswith(f"{record.container}/")
    ]
    container, code = max(owners, key=lambda item: len(item[0]))
    return code, path.removeprefix(f"{container}/")


@dataclass(frozen=True)
class HeaderCode:
    """The code of the header that one release writes where the other leaves the element out."""

    field: str
    key: str
    value: str
    optional_21: bool
    evidence: str


@cache
def header_code(name: str) -> HeaderCode | None:
    """The header code of a message type, or None where it has none."""
    message = catalogue().one(name)
    for row in tables.rows("fills"):
        if row["messages"] == message.role and row["element"] in message.elements:
            element = message.elements[row["element"]]
            key = f"{element.path}/{element.children[0].name}"
            return HeaderCode(row["field"], key, row["value"], element.optional, row.evidence)
    return None
