"""Locates the element of a broken rule in the message, in the terms of its release."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from schemas.ei.diagnose import field_address
from schemas.facts.records import TRAILER
from schemas.message.fault import EiAddress, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import Paths, local_name
from schemas.reading import Reading
from schemas.rules.element_refs import ElementRef
from schemas.xml.layout import Group, layout


class ElementAddresses:
    """Addresses of elements in one message; `root` is the tree that was judged."""

    def __init__(self, reading: Reading, root: Node) -> None:
        self.reading = reading
        self.root = root
        self.paths = Paths()

    def ei(self, ref: ElementRef, node: Node) -> EiAddress:
        """Return the columns of a field; fields of the trailer belong to the header node."""
        assert ref.field is not None
        line = self.reading.records if ref.field.record == TRAILER else node.line
        return field_address(ref.field, line)

    def xml(self, ref: ElementRef, node: Node) -> XmlAddress:
        """Return the path and line of an element, or of its nearest ancestor that is present."""
        element = self._elements[id(node)]
        for step in ref.key.split("/"):
            found = next((child for child in element if local_name(child) == step), None)
            if found is None:
                break
            element = found
        return XmlAddress(self.paths.of(element), element.sourceline or 0)

    @cached_property
    def _elements(self) -> dict[int, etree._Element]:
        """The XML element of each node, by the node's id; both are in document order."""
        reading = self.reading
        assert reading.message is not None
        assert reading.document is not None
        found = [reading.document]
        _classes(layout(reading.message.name), reading.document, found)
        return {id(node): item for node, item in zip(self.root.walk(), found, strict=True)}


def _classes(group: Group, element: etree._Element, found: list[etree._Element]) -> None:
    """Collect the elements that are classes, parents first."""
    for child in element:
        member = group.by_tag.get(str(child.tag))
        if isinstance(member, Group):
            if member.record:
                found.append(child)
            _classes(member, child, found)
