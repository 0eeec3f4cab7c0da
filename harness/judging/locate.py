"""Finds the 2.0 and 2.1 address of a difference."""

from __future__ import annotations

from functools import cached_property

from harness.cases.case import Route
from harness.cases.specimen import Specimen
from harness.judging.addresses import ei_address, evidence, field_of, numbering, pair_of, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain, Difference
from harness.judging.xml_lines import Lines
from schemas.message.fault import EiAddress, Fault, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import parse


class Locator:
    """Finds the 2.0 and 2.1 address of a difference."""

    def __init__(self, specimen: Specimen, route: Route, actual: Node, output: bytes) -> None:
        self.message = specimen.message
        self.target = route[-1]
        self.actual = Siblings(actual)
        self.expected = Siblings(specimen.expected[self.target])
        self.ei_tree = specimen.trees["2.0"] if route[0] == "2.0" else None
        self.numbers_expected = numbering(self.message, self.ei_tree or specimen.expected["2.0"])
        self.data = output if self.target == "2.1" else specimen.sources.get("2.1", b"")
        self.xml_tree = self.actual if self.target == "2.1" else Siblings(specimen.trees["2.1"])

    @cached_property
    def lines(self) -> Lines:
        """The lines of the 2.1 message: the output, or its source."""
        return Lines(parse(self.data).root)

    def fault(self, difference: Difference) -> Fault:
        """The fault of a difference, with its addresses and its evidence grade."""
        return Fault(
            difference.code,
            difference.actual,
            difference.expected,
            ei=self.ei(difference),
            xml=self.xml(difference),
            evidence=evidence(self.message, difference.record, difference.key),
        )

    def ei(self, difference: Difference) -> EiAddress | None:
        """The address in 2.0: of the value in the output, or of its source."""
        record, key = difference.record, difference.key
        if self.target == "2.0" and difference.chain_actual:
            node = self.actual.at(difference.chain_actual)
            numbers: dict[Chain, int] = {difference.chain_actual: node.line if node else 0}
            address = ei_address(self.message, numbers, difference.chain_actual, record, key)
            if address:
                return address
        chain = difference.chain_expected
        if not chain and difference.code == "ENTITY-INVENTED":
            return None
        return ei_address(self.message, self.numbers_expected, chain, record, key)

    def xml(self, difference: Difference) -> XmlAddress | None:
        """The address in 2.1: of the value in the output, or of its source."""
        record, key = difference.record, difference.key
        field = field_of(self.message, record, key) if key else None
        if field is not None and pair_of(self.message, record, key) is None:
            return None
        tree, chain = self.xml_tree, difference.chain_expected
        if self.target == "2.1" and difference.chain_actual:
            chain = difference.chain_actual
        if not chain and difference.code == "ENTITY-INVENTED":
            return None
        if self.target == "2.1" and not difference.chain_actual and not key:
            # A lost record is placed where it should have been.
            tree = self.expected
        path = xml_path(self.message, tree, chain, record, key)
        return XmlAddress(path, self.lines.of(path))
