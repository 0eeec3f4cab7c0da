"""Addresses of faults in a message of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from harness.judging.addresses import ei_address, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain
from harness.judging.xml_lines import Lines
from schemas.facts.message_types import MessageType
from schemas.facts.records import TRAILER
from schemas.message.fault import EiAddress, Fault, XmlAddress
from schemas.message.node import Node
from schemas.reading import Reading


@dataclass(frozen=True)
class FaultLocator:
    """Builds faults with an address in one parsed message."""

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
        retour: str = "",
    ) -> Fault:
        """A fault at a class of this message, or at one of its values."""
        return Fault(
            code,
            actual,
            expected,
            ei=self._ei(chain, key) if self.release == "2.0" else None,
            xml=self._xml(chain, key) if self.release == "2.1" else None,
            evidence=evidence,
            rule=rule,
            retour=retour,
        )

    def _ei(self, chain: Chain, key: str) -> EiAddress | None:
        node = self.at(chain)
        numbers = {chain: node.line, ((TRAILER, 0),): self.reading.records}
        return ei_address(self.message, numbers, chain, node.record, key)

    def _xml(self, chain: Chain, key: str) -> XmlAddress:
        path = xml_path(self.message, self._tree, chain, self.at(chain).record, key)
        return XmlAddress(path, self._lines.of(path))

    @cached_property
    def _tree(self) -> Siblings:
        return Siblings(self.root)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.reading.document)

    def at(self, chain: Chain) -> Node:
        """The class at a chain."""
        node = self._tree.at(chain)
        assert node is not None
        return node
