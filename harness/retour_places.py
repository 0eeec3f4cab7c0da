"""Where something stands in a message of a pair, by its place in the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from harness.compare import Chain
from harness.places import ei_address, xml_path
from schemas.faults import EiAddress, Fault, XmlAddress
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.reading import Reading
from schemas.records import TRAILER
from schemas.xml_parse import local_name

_STEP = re.compile(r"([^\[]+)(?:\[([0-9]+)\])?")


@dataclass(frozen=True)
class Places:
    """The places of one message that was read."""

    message: MessageType
    release: str
    root: Node
    reading: Reading

    def fault(
        self,
        code: str,
        chain: Chain,
        key: str = "",
        *,
        actual: str = "",
        expected: str = "",
        evidence: str = "C",
        rule: str = "",
    ) -> Fault:
        """A fault at a class of this message, or at a value of it."""
        return Fault(
            code,
            actual,
            expected,
            ei=self._ei(chain, key) if self.release == "2.0" else None,
            xml=self._xml(chain, key) if self.release == "2.1" else None,
            evidence=evidence,
            rule=rule,
        )

    def _ei(self, chain: Chain, key: str) -> EiAddress | None:
        node = self.at(chain)
        numbers = {chain: node.line, ((TRAILER, 0),): self.reading.records}
        return ei_address(self.message, numbers, chain, node.record, key)

    def _xml(self, chain: Chain, key: str) -> XmlAddress:
        path = xml_path(self.message, self.root, chain, self.at(chain).record, key)
        document = self.reading.document
        return XmlAddress(path, _line(document, path) if document is not None else 0)

    def at(self, chain: Chain) -> Node:
        """The class at a place."""
        node = self.root
        for record, place in chain:
            node = node.of(record)[place]
        return node


def _line(document: etree._Element, path: str) -> int:
    """The line of the element at a path, or of the nearest one above it that is there."""
    element = document
    for step in path.split("/")[2:]:
        found = _STEP.fullmatch(step)
        name, place = (found[1], int(found[2] or 1)) if found else (step, 1)
        same = [child for child in element if local_name(child) == name]
        if len(same) < place:
            break
        element = same[place - 1]
    return element.sourceline or 0
