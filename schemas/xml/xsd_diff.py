"""Compares ikeur's XSDs with official ones, using the `xmlschema` package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import xmlschema

from schemas import outside
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.parse_xml import MOST_SCHEMA, file_of
from schemas.xml.validators import own, with_spec_pack

_FACETS = ("min_length", "max_length", "min_value", "max_value")


@dataclass(frozen=True)
class XsdDifference:
    """One difference: its kind, the element, and both sides."""

    kind: str
    message: str
    path: str
    ours: str
    theirs: str

    def to_json(self) -> dict[str, str]:
        """Return the difference as a JSON object."""
        return asdict(self)


@dataclass(frozen=True)
class _Element:
    place: int
    occurs: str
    facets: dict[str, str]
    codes: tuple[str, ...]


def _looked_at(url: str) -> str:
    """Return the URL of a file that can be a schema; raises OSError if there is none."""
    path = file_of(url)
    outside.opened(path, most=MOST_SCHEMA).close()
    return path.absolute().as_uri()


def _load(path: Path) -> Any:
    try:
        return xmlschema.XMLSchema(str(path), allow="local", defuse="always", uri_mapper=_looked_at)
    except (xmlschema.XMLSchemaException, OSError, ValueError) as error:
        raise UsageError("USE-SPEC-PACK", f"not a usable XSD: {error}", str(path)) from None


def _patterns(xsd_type: Any) -> str:
    found: list[str] = []
    while xsd_type is not None:
        facet = getattr(xsd_type, "patterns", None)
        if facet is not None:
            found += [item for item in facet.regexps if item not in found]
        xsd_type = getattr(xsd_type, "base_type", None)
    return " ".join(sorted(found))


def _facets(xsd_type: Any) -> dict[str, str]:
    facets = {name: getattr(xsd_type, name, None) for name in _FACETS}
    found = {name: str(value) for name, value in facets.items() if value is not None}
    found["base"] = str(xsd_type.primitive_type.local_name) if xsd_type.primitive_type else ""
    if patterns := _patterns(xsd_type):
        found["pattern"] = patterns
    return found


def _walk(element: Any, path: str) -> Iterator[tuple[str, _Element]]:
    if not element.type.has_complex_content() and element.type.is_simple():
        return
    for place, child in enumerate(element.type.content.iter_elements()):
        below = f"{path}/{child.local_name}"
        high = "*" if child.max_occurs is None else child.max_occurs
        simple = child.type.is_simple()
        codes = tuple(str(code) for code in child.type.enumeration or ()) if simple else ()
        facets = _facets(child.type) if simple else {}
        yield below, _Element(place, f"{child.min_occurs}..{high}", facets, codes)
        yield from _walk(child, below)


def elements(path: Path) -> dict[str, _Element]:
    """Return the elements of a message XSD by path; raises UsageError for an unusable XSD."""
    schema = _load(path)
    if "Bericht" not in schema.elements:
        raise UsageError("USE-SPEC-PACK", "no element Bericht", str(path))
    return dict(_walk(schema.elements["Bericht"], ""))


def _element_differences(
    message: str, path: str, ours: _Element, theirs: _Element
) -> Iterator[XsdDifference]:
    if ours.place != theirs.place:
        yield XsdDifference("order", message, path, str(ours.place + 1), str(theirs.place + 1))
    if ours.occurs != theirs.occurs:
        yield XsdDifference("cardinality", message, path, ours.occurs, theirs.occurs)
    for name in sorted({*ours.facets, *theirs.facets}):
        one, other = ours.facets.get(name, ""), theirs.facets.get(name, "")
        if one != other:
            yield XsdDifference(f"facet {name}", message, path, one, other)
    for code in sorted(set(ours.codes) ^ set(theirs.codes)):
        here = code in ours.codes
        yield XsdDifference("code", message, path, code if here else "", "" if here else code)


def differences(message: MessageType, ours: Path, theirs: Path) -> Iterator[XsdDifference]:
    """Yield the differences for one message type, in document order of ours."""
    one, other = elements(ours), elements(theirs)
    for path in dict.fromkeys([*one, *other]):
        if path not in other:
            yield XsdDifference("element", message.name, path, one[path].occurs, "")
        elif path not in one:
            yield XsdDifference("element", message.name, path, "", other[path].occurs)
        else:
            yield from _element_differences(message.name, path, one[path], other[path])


def diff(folder: Path) -> Iterator[XsdDifference]:
    """Yield the differences between ikeur's XSDs and those of a folder.

    Raises UsageError for an unusable spec pack.
    """
    ours, theirs = own(), with_spec_pack(folder)
    for message in catalogue().messages.values():
        if message.root and message.namespace in theirs.official:
            yield from differences(
                message, ours.files[message.namespace], theirs.files[message.namespace]
            )
