"""The code lists that some layouts name, each with all its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.layout.model import MessageLayout
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES, CodeList


@dataclass(frozen=True)
class ShownCode:
    """A code, with the releases in which it is valid."""

    code: str
    label: str
    releases: tuple[str, ...]
    evidence: str


@dataclass(frozen=True)
class ShownList:
    """A code list of a standard (`iwmo` or `ijw`)."""

    anchor: str
    standard: str
    name: str
    codes: tuple[ShownCode, ...]


def list_anchor(standard: str, name: str) -> str:
    """The anchor of a code list."""
    return f"list-{standard}-{name}"


def shown_lists(items: Iterable[MessageLayout]) -> list[ShownList]:
    """The lists that the fields and elements of some layouts name, by standard and name."""
    found: dict[tuple[str, str], CodeList] = {}
    for item in items:
        named = {row.codes.name for record in item.records for row in record.fields if row.codes}
        named |= {row.codes.name for row in item.elements if row.codes}
        for listed in _lists_of(item.name):
            if listed.name in named:
                found[item.standard, listed.name] = listed
    return [
        ShownList(list_anchor(standard, name), standard, name, tuple(_codes(listed)))
        for (standard, name), listed in sorted(found.items())
    ]


def _lists_of(name: str) -> Iterator[CodeList]:
    message = catalogue().one(name)
    for record in message.records.values():
        yield from (field.codelist for field in record.fields if field.codelist)
    for element in message.elements.values():
        if element.type and element.type.codelist:
            yield element.type.codelist


def _codes(listed: CodeList) -> Iterator[ShownCode]:
    for code in listed.codes:
        releases = tuple(release for release in RELEASES if code.valid[release])
        yield ShownCode(code.code, code.label, releases, code.evidence)
