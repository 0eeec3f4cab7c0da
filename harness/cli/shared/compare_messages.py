"""Compares the content of two messages, within one release or across both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from harness.judging.addresses import ei_address, numbering, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Difference, differences, without
from harness.reference.to_20 import tree_20
from harness.reference.to_21 import tree_21
from schemas.errors import Refused, UsageError
from schemas.facts.fills import filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node, size
from schemas.reading import Reading
from schemas.releases.detect import release_of
from schemas.releases.read_write import read
from schemas.rules.evaluate import obstacles

_BY_MAPPING = {"FIELD-CUT": "cut by mapping", "FIELD-CHANGED": "changed by mapping"}


@dataclass
class Comparison:
    """The differences between two messages, and those that the mapping alone causes."""

    message: str
    kept: int = 0
    differences: list[dict[str, str]] = field(default_factory=list)
    by_mapping: list[dict[str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The comparison as a JSON object."""
        return {
            "message": self.message,
            "same": not self.differences,
            "kept": self.kept,
            "differences": self.differences,
            "by_mapping": self.by_mapping,
        }


def _row(code: str, where: str, expected: str, actual: str) -> dict[str, str]:
    return {"code": code, "where": where, "expected": expected, "actual": actual}


def _rows(message: MessageType, one: Node, other: Node, release: str) -> list[dict[str, str]]:
    numbers = numbering(message, other) if release == "2.0" else {}
    one_numbers = numbering(message, one) if release == "2.0" else {}

    tree_one, tree_other = Siblings(one), Siblings(other)

    def where(item: Difference) -> str:
        chain = item.chain_actual or item.chain_expected
        if release == "2.1":
            tree = tree_other if item.chain_actual or not item.chain_expected else tree_one
            return xml_path(message, tree, chain, item.record, item.key)
        known = numbers if item.chain_actual or not item.chain_expected else one_numbers
        return str(ei_address(message, known, chain, item.record, item.key) or "")

    return [
        _row(item.code, where(item), item.expected, item.actual) for item in differences(one, other)
    ]


def _tree(reading: Reading, name: str) -> tuple[MessageType, Node]:
    if reading.message is None or reading.root is None:
        fault = reading.faults[0]
        raise UsageError(
            "USE-MESSAGE", f"not a message that can be read: {fault.code} {fault.where}", name
        )
    return reading.message, reading.root


def compare_messages(first: bytes, second: bytes, name_a: str, name_b: str) -> Comparison:
    """Compare two messages; raises UsageError if one cannot be read."""
    releases = release_of(first), release_of(second)
    readings = read(first, releases[0]), read(second, releases[1])
    message, one = _tree(readings[0], name_a)
    other_message, other = _tree(readings[1], name_b)
    comparison = Comparison(message.name)
    if message is not other_message:
        row = _row("TYPE-CHANGED", "the message", message.name, other_message.name)
        comparison.differences = [row]
    elif releases[0] == releases[1]:
        comparison.differences = _rows(message, one, other, releases[0])
        comparison.kept = max(size(one) - len(comparison.differences), 0)
    else:
        _compare_across(comparison, message, one, other, releases[0])
    # Content outside the tables is in no tree, so the trees alone could be equal.
    comparison.differences += _unfit(*readings)
    return comparison


def _unfit(one: Reading, other: Reading) -> list[dict[str, str]]:
    """The faults that only one of two messages has, as differences."""
    first, second = ([_row_of(item) for item in obstacles(each)] for each in (one, other))
    rows = []
    for place, mine, theirs in ((0, first, second), (1, second, first)):
        for code, where, actual in (Counter(mine) - Counter(theirs)).elements():
            rows.append(_row(code, where, *(("", actual) if place else (actual, ""))))
    return rows


def _row_of(fault: Fault) -> tuple[str, str, str]:
    """A fault without its line, which depends on the layout of the text."""
    return fault.code, fault.xml.path if fault.xml else fault.where, fault.actual


def _compare_across(
    comparison: Comparison, message: MessageType, one: Node, other: Node, release: str
) -> None:
    """Compare in 2.1, on what both releases can hold."""
    ei, xml = (one, other) if release == "2.0" else (other, one)
    filled = filled_keys(message.name)
    try:
        from_ei = tree_21(message, ei)
        back = tree_20(message, xml)
        from_xml = without(tree_21(message, back), filled)
        kept_20 = tree_20(message, from_ei)
    except Refused as error:
        comparison.differences = [_row(error.code, error.where, "", error.what)]
        return
    from_ei = without(from_ei, filled)
    pair = (from_ei, from_xml) if release == "2.0" else (from_xml, from_ei)
    comparison.differences = _rows(message, *pair, "2.1")
    comparison.kept = max(size(pair[0]) - len(comparison.differences), 0)
    lost = [*_rows(message, from_xml, xml, "2.1"), *_rows(message, kept_20, ei, "2.0")]
    comparison.by_mapping = [_explained(row, release) for row in lost]


def _explained(row: dict[str, str], release: str) -> dict[str, str]:
    """A difference that the mapping causes, with A and B in the given order."""
    in_xml = row["where"].startswith("/")
    said, held = row["actual"], row["expected"]
    a_is_source = in_xml == (release == "2.1")
    code = _BY_MAPPING.get(row["code"], "lost by mapping")
    if said and held and said.startswith(held):
        code = "cut by mapping"
    return _row(code, row["where"], *((said, held) if a_is_source else (held, said)))
