"""The field of a finding by a name that message types and releases share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reports.events.events import Finding
from reports.events.finding_place import without_places
from schemas.facts.catalogue import catalogue
from schemas.facts.records import COMMENT
from schemas.mapping.field_pairs import Mapped, mapped

_NAMED_BY = 2


def identity(finding: Finding) -> str:
    """The field as `Client/Bsn`, the end of its path in 2.1, or its name if only 2.0 has it.

    Empty if the finding is about no field.
    """
    path = without_places(finding.xml.path) if finding.xml else ""
    if path.count("/") > 1:
        below = path.strip("/").partition("/")[2]
        return _comments(finding.message).get(below) or end_of(path)
    if finding.ei and finding.ei.field:
        record, name = finding.ei.record, finding.ei.field
        return _elements(finding.message).get((record, name), name)
    return ""


def end_of(path: str) -> str:
    """The last elements of a path, by which it is named."""
    return "/".join(path.strip("/").split("/")[-_NAMED_BY:])


@cache
def _comments(message: str) -> dict[str, str]:
    """The field of each element with a comment, which 2.0 has in records of their own."""
    return {
        element.path: pair.field.name
        for pair in _pairs(message)
        if pair.field.record == COMMENT
        for element in pair.elements
    }


@cache
def _elements(message: str) -> dict[tuple[str, str], str]:
    """The element of each field of a message type, by record and name."""
    return {
        (pair.field.record, pair.field.name): end_of(pair.elements[0].path)
        for pair in _pairs(message)
        if pair.elements and pair.field.record != COMMENT
    }


def _pairs(message: str) -> Iterator[Mapped]:
    known = catalogue().messages.get(message)
    for pairs in mapped(message).values() if known and known.root else ():
        yield from pairs
