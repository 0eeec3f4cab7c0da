"""The totals of a declaration, and the amounts that add up to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field

CREDIT = "C"


@dataclass(frozen=True)
class Amount:
    """An amount in eurocents, and the field with its sign (debit or credit)."""

    amount: Field
    sign: Field

    def of(self, values: Mapping[str, str]) -> int:
        """Return the signed amount in eurocents; 0 if absent."""
        raw = values.get(self.amount.name, "0")
        number = int(raw) if raw.isascii() and raw.isdigit() else 0
        return -number if values.get(self.sign.name) == CREDIT else number


@dataclass(frozen=True)
class Total:
    """A total and the amounts that add up to it; the `minus_` ones, if any, are subtracted."""

    total: Amount
    minus_total: Amount | None
    record: str
    amount: Amount
    minus_amount: Amount | None
    evidence: str

    @property
    def evidence_20(self) -> str:
        """The grade in 2.0: of the weakest of the total and the fields that it adds up."""
        amounts = (self.total, self.minus_total, self.amount, self.minus_amount)
        fields = [field for one in amounts if one for field in (one.amount, one.sign)]
        return tables.weakest(self.evidence, *(field.evidence for field in fields))


def _amount(message: MessageType, record: str, names: tuple[str, str]) -> Amount:
    if record:
        return Amount(message.field(record, names[0]), message.field(record, names[1]))
    return Amount(message.header_field(names[0]), message.header_field(names[1]))


@cache
def of(name: str) -> tuple[Total, ...]:
    """Return the totals of a message type."""
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
