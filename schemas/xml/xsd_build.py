"""Builds the XSDs of 2.1 from the tables: `python -m schemas.xml.xsd_build` rewrites them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from schemas.facts.catalogue import catalogue, load
from schemas.facts.elements import UNBOUNDED, Element
from schemas.facts.message_types import MessageType
from schemas.facts.simple_types import SimpleType
from schemas.xml.validators import XSD

BASE_FILE = "basisschema.xsd"
_XS = "http://www.w3.org/2001/XMLSchema"
_NOTE = "<!-- Built from the tables of the project; SOURCES.md says where each fact comes from. -->"


def _line(depth: int, text: str) -> str:
    return f"{'  ' * depth}{text}\n"


def _facets(simple_type: SimpleType) -> Iterator[tuple[str, str]]:
    if simple_type.codelist:
        yield from (("enumeration", code) for code in simple_type.codelist.valid("2.1"))
    for name, value in (
        ("minLength", simple_type.min_length),
        ("maxLength", simple_type.max_length),
        ("minInclusive", simple_type.lowest),
        ("maxInclusive", simple_type.highest),
    ):
        if value is not None:
            yield name, str(value)
    if simple_type.pattern:
        yield "pattern", simple_type.pattern


def _simple_type(simple_type: SimpleType) -> Iterator[str]:
    yield _line(1, f"<xs:simpleType name={quoteattr(simple_type.name)}>")
    yield _line(2, f'<xs:restriction base="xs:{simple_type.base}">')
    for name, value in _facets(simple_type):
        yield _line(3, f"<xs:{name} value={quoteattr(value)}/>")
    yield _line(2, "</xs:restriction>")
    yield _line(1, "</xs:simpleType>")


def _occurs(element: Element) -> str:
    low = "" if element.lowest == 1 else f' minOccurs="{element.lowest}"'
    high = "unbounded" if element.highest == UNBOUNDED else str(element.highest)
    return low + ("" if element.highest == 1 else f' maxOccurs="{high}"')


def _narrowing(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the facets by which an element restricts its type."""
    if element.highest_value is not None:
        yield "maxInclusive", str(element.highest_value)
    if element.pattern:
        yield "pattern", element.pattern


def _element(element: Element, standard: str, depth: int) -> Iterator[str]:
    start = f"<xs:element name={quoteattr(element.name)}"
    name = element.complex_name or (element.type.name if element.type else "")
    facets = list(_narrowing(element))
    if name and not facets:
        yield _line(depth, f'{start} type="{standard}:{name}"{_occurs(element)}/>')
        return
    yield _line(depth, f"{start}{_occurs(element)}>")
    if name:
        yield _line(depth + 1, "<xs:simpleType>")
        yield _line(depth + 2, f'<xs:restriction base="{standard}:{name}">')
        for facet, value in facets:
            yield _line(depth + 3, f"<xs:{facet} value={quoteattr(value)}/>")
        yield _line(depth + 2, "</xs:restriction>")
        yield _line(depth + 1, "</xs:simpleType>")
    else:
        yield from _complex_type(element, standard, depth + 1)
    yield _line(depth, "</xs:element>")


def _complex_type(group: Element, standard: str, depth: int, name: str = "") -> Iterator[str]:
    named = f" name={quoteattr(name)}" if name else ""
    yield _line(depth, f"<xs:complexType{named}>")
    yield _line(depth + 1, "<xs:sequence>")
    for child in group.children:
        yield from _element(child, standard, depth + 2)
    yield _line(depth + 1, "</xs:sequence>")
    yield _line(depth, "</xs:complexType>")


def _schema(namespace: str, names: dict[str, str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + _NOTE + "\n"
    declared = "".join(f'\n           xmlns:{name}="{uri}"' for name, uri in names.items())
    yield f'<xs:schema xmlns:xs="{_XS}"{declared}\n'
    yield f'           targetNamespace="{namespace}" elementFormDefault="qualified">\n'


def message_schema(message: MessageType) -> str:
    """Return the XSD of a message type."""
    assert message.root is not None
    own, base = message.name.lower(), message.standard
    parts = [
        *_schema(message.namespace, {own: message.namespace, base: message.base_namespace}),
        _line(1, f'<xs:import namespace="{message.base_namespace}" schemaLocation="{BASE_FILE}"/>'),
        _line(1, '<xs:element name="Bericht">'),
        *_complex_type(message.root, base, 2),
        _line(1, "</xs:element>"),
        "</xs:schema>\n",
    ]
    return "".join(parts)


def base_schema(messages: list[MessageType]) -> str:
    """Return the XSD of the types that the messages of one standard share."""
    simple: dict[str, SimpleType] = {}
    groups: dict[str, Element] = {}
    for message in messages:
        for element in message.elements.values():
            if element.type:
                simple[element.type.name] = element.type
            if element.complex_name:
                groups.setdefault(element.complex_name, element)
    standard = messages[0].standard
    parts = [*_schema(messages[0].base_namespace, {standard: messages[0].base_namespace})]
    for name in sorted(groups):
        parts += _complex_type(groups[name], standard, 1, name)
    for name in sorted(simple):
        parts += _simple_type(simple[name])
    return "".join([*parts, "</xs:schema>\n"])


def build() -> dict[str, str]:
    """Return all XSDs by their path below `schemas/xsd`."""
    files = {}
    standards: dict[str, list[MessageType]] = {}
    for message in catalogue().messages.values():
        if message.root:
            standards.setdefault(message.standard, []).append(message)
            files[f"{message.standard}/{message.name.lower()}.xsd"] = message_schema(message)
    for standard, messages in standards.items():
        files[f"{standard}/{BASE_FILE}"] = base_schema(messages)
    return files


def main() -> None:
    """Check the tables, and write the XSDs into the package; raises TableError."""
    load()
    for name, text in build().items():
        path = XSD / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
