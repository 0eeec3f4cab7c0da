"""The totals of a declaration: what the last record must add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.ei.diagnose import field_address
from schemas.facts import fills
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import Field
from schemas.message.fault import Fault
from schemas.message.node import Node

CREDIT = "C"


@dataclass(frozen=True)
class Amount:
    """An amount in eurocents and the field that tells whether it is debit or credit."""

    amount: Field
    sign: Field

    def of(self, values: Mapping[str, str]) -> int:
        """The amount as a signed number of eurocents; 0 when absent."""
        raw = values.get(self.amount.name, "0")
        number = int(raw) if raw.isascii() and raw.isdigit() else 0
        return -number if values.get(self.sign.name) == CREDIT else number


@dataclass(frozen=True)
class Total:
    """A total and the amounts that it adds up, or two totals of which the difference does."""

    total: Amount
    minus_total: Amount | None
    record: str
    amount: Amount
    minus_amount: Amount | None
    evidence: str


def _amount(message: MessageType, record: str, names: tuple[str, str]) -> Amount:
    if record:
        return Amount(message.field(record, names[0]), message.field(record, names[1]))
    return Amount(message.header_field(names[0]), message.header_field(names[1]))


@cache
def of(name: str) -> tuple[Total, ...]:
    """The totals of a message type."""
    message = catalogue().one(name)
    found = []
    for row in tables.rows("totals"):
        if row["message"] != name:
            continue
        minus = row["minus_total"], row["minus_total_debet_credit"]
        minus_amount = row["minus_amount"], row["minus_amount_debet_credit"]
        total = row["total"], row["total_debet_credit"]
        amount = row["amount"], row["amount_debet_credit"]
        found.append(
            Total(
                total=_amount(message, "", total),
                minus_total=_amount(message, "", minus) if minus[0] else None,
                record=row["record"],
                amount=_amount(message, row["record"], amount),
                minus_amount=_amount(message, row["record"], minus_amount) if minus[0] else None,
                evidence=row.evidence,
            )
        )
    return tuple(found)


def added(total: Total, root: Node) -> int:
    """What the records of a message add up to, in eurocents."""
    lines = [node.values for node in root.walk() if node.record == total.record]
    taken = sum(total.minus_amount.of(line) for line in lines) if total.minus_amount else 0
    return sum(total.amount.of(line) for line in lines) - taken


def _is_rejected(message: MessageType, total: Total, root: Node, values: Mapping[str, str]) -> bool:
    """Whether a return message rejects the whole: a fault in the header, no lines, no grant."""
    code = fills.header_code(message.name)
    has_fault = code is not None and values.get(code.field, code.value) != code.value
    lines = any(node.record == total.record for node in root.walk())
    granted = total.minus_total.of(values) if total.minus_total else 0
    return has_fault and not lines and not granted


def check(
    message: MessageType, root: Node, values: Mapping[str, str], line: int
) -> Iterator[Fault]:
    """The totals that do not add up; `values` are those of the header and the last record."""
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
            yield Fault("EI-TOTAL", str(stated), str(expected), ei=address, evidence=total.evidence)
