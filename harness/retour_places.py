"""Where something stands in a message of a pair, by its place in the tree."""

from __future__ import annotations

from dataclasses import dataclass

from harness.compare import Chain
from harness.places import ei_address, xml_address, xml_path
from schemas.faults import EiAddress, Fault, XmlAddress
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import TRAILER


@dataclass(frozen=True)
class Places:
    """The places of one message; `records` is how many a 2.0 message has."""

    message: MessageType
    release: str
    root: Node
    data: bytes
    records: int

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
        numbers = {chain: node.line, ((TRAILER, 0),): self.records}
        return ei_address(self.message, numbers, chain, node.record, key)

    def _xml(self, chain: Chain, key: str) -> XmlAddress:
        path = xml_path(self.message, self.root, chain, self.at(chain).record, key)
        return xml_address(self.data, path)

    def at(self, chain: Chain) -> Node:
        """The class at a place."""
        node = self.root
        for record, place in chain:
            node = node.of(record)[place]
        return node
