"""Checks the totals of a declaration against the sums of its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.ei.diagnose import field_address
from schemas.facts import fills
from schemas.facts.message_types import MessageType
from schemas.facts.totals import Total, of
from schemas.message.fault import Fault
from schemas.message.node import Node


def added(total: Total, root: Node) -> int:
    """Return the sum of a total's records, in eurocents."""
    lines = [node.values for node in root.walk() if node.record == total.record]
    taken = sum(total.minus_amount.of(line) for line in lines) if total.minus_amount else 0
    return sum(total.amount.of(line) for line in lines) - taken


def _is_rejected(message: MessageType, total: Total, root: Node, values: Mapping[str, str]) -> bool:
    """Whether a return message rejects everything: a header fault, no lines and nothing granted."""
    field, no_remark = fills.no_remark(message.name) or ("", "")
    has_fault = values.get(field, no_remark) != no_remark
    lines = any(node.record == total.record for node in root.walk())
    granted = total.minus_total.of(values) if total.minus_total else 0
    return has_fault and not lines and not granted


def check(
    message: MessageType, root: Node, values: Mapping[str, str], line: int
) -> Iterator[Fault]:
    """Yield a fault for each total that does not add up.

    `values` are those of the header and trailer; `line` is the record number of the trailer.
    """
    for total in of(message.name):
        # A total that is absent as a whole says nothing.
        if total.total.amount.presence != "M" and total.total.amount.name not in values:
            continue
        stated = total.total.of(values)
        if total.minus_total:
            stated -= total.minus_total.of(values)
            if _is_rejected(message, total, root, values):
                continue
        expected = added(total, root)
        if stated != expected:
            address = field_address(total.total.amount, line)
            grade = total.evidence_20
            yield Fault("EI-TOTAL", str(stated), str(expected), ei=address, evidence=grade)
