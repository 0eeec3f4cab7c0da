"""Values filled in where the target release requires something that the source cannot express."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue

# Marks where any value will do; no message can contain it.
ANY = "\0"


@dataclass(frozen=True)
class Only21:
    """An element without a 2.0 field; `template` is what is filled in, if anything."""

    record: str
    key: str
    path: str
    template: str
    evidence: str


@cache
def only_21(name: str) -> dict[str, tuple[Only21, ...]]:
    """Return the elements without a 2.0 field in the class of each record."""
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
    """Return the elements of each record that are filled with any value, as 2.0 has no source."""
    return {
        record: keys
        for record, items in only_21(name).items()
        if (keys := frozenset(item.key for item in items if item.template))
    }


def _owner(name: str, path: str) -> tuple[str, str]:
    """Return the record whose class an element belongs to, and its key in the node."""
    owners = [
        (record.container, record.code)
        for record in catalogue().one(name).records.values()
        if record.container and path.startswith(f"{record.container}/")
    ]
    container, code = max(owners, key=lambda item: len(item[0]))
    return code, path.removeprefix(f"{container}/")


@dataclass(frozen=True)
class HeaderCode:
    """A header code that one release writes where the other omits the element."""

    field: str
    key: str
    value: str
    optional_21: bool
    evidence: str


@cache
def no_remark(name: str) -> tuple[str, str] | None:
    """Return the header field of a return message with its code for no remark; else None."""
    role = catalogue().one(name).role
    rows = (row for row in tables.rows("fills") if row["messages"] == role)
    return next(((row["field"], row["value"]) for row in rows), None)


@cache
def header_code(name: str) -> HeaderCode | None:
    """Return the header code of a message type, or None if it has none."""
    message = catalogue().one(name)
    for row in tables.rows("fills"):
        if row["messages"] == message.role and row["element"] in message.elements:
            element = message.elements[row["element"]]
            key = f"{element.path}/{element.children[0].name}"
            return HeaderCode(row["field"], key, row["value"], element.optional, row.evidence)
    return None
