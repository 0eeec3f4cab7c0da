"""Where in a message a rule is broken, in the terms of its release."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from schemas.ei.diagnose import field_address
from schemas.facts.records import TRAILER
from schemas.message.fault import EiAddress, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import Paths, local_name
from schemas.reading import Reading
from schemas.rules.element_refs import Spot
from schemas.xml.layout import Group, layout


class Places:
    """The places of one message; `root` is the tree that was judged."""

    def __init__(self, reading: Reading, root: Node) -> None:
        self.reading = reading
        self.root = root
        self.paths = Paths()

    def ei(self, spot: Spot, node: Node) -> EiAddress:
        """The columns of a field; those of the last record belong to the header's node."""
        assert spot.field is not None
        line = self.reading.records if spot.field.record == TRAILER else node.line
        return field_address(spot.field, line)

    def xml(self, spot: Spot, node: Node) -> XmlAddress:
        """The path and line of an element, or of the nearest one above it that is there."""
        element = self._elements[id(node)]
        for step in spot.key.split("/"):
            found = next((child for child in element if local_name(child) == step), None)
            if found is None:
                break
            element = found
        return XmlAddress(self.paths.of(element), element.sourceline or 0)

    @cached_property
    def _elements(self) -> dict[int, etree._Element]:
        """The element of each node: both stand in the order of the document."""
        reading = self.reading
        assert reading.message is not None
        assert reading.document is not None
        found = [reading.document]
        _classes(layout(reading.message.name), reading.document, found)
        return {id(node): item for node, item in zip(self.root.walk(), found, strict=True)}


def _classes(group: Group, element: etree._Element, found: list[etree._Element]) -> None:
    """Gather the elements that are classes of their own, parents first."""
    for child in element:
        member = group.by_tag.get(str(child.tag))
        if isinstance(member, Group):
            if member.record:
                found.append(child)
            _classes(member, child, found)
