"""Checks on captured fields whether the totals of a declaration add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.ei.fast.accept_fields import RecordValues, value_indexes
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field


@dataclass(frozen=True)
class _Amount:
    """The indexes of an amount and its sign, and the sign value that means credit."""

    amount: int
    sign: int
    credit: str

    def of(self, row: RecordValues) -> int:
        """Return the amount in eurocents, negative for credit; 0 when absent."""
        number = int(row[self.amount])
        return -number if row[self.sign] == self.credit else number


@dataclass(frozen=True)
class Total:
    """A total in the header and trailer, and the amounts of a record code that add up to it.

    A second total or amount is subtracted from the first. `absent` is the index and the blank of
    the field that shows whether the total is present.
    """

    record: str
    absent: tuple[int, str] | None
    totals: tuple[_Amount, ...]
    amounts: tuple[_Amount, ...]

    def holds(self, codes: Sequence[str], rows: Sequence[RecordValues]) -> bool:
        """Whether the total equals the sum, or is absent altogether."""
        ends = rows[0] + rows[-1]
        if self.absent and ends[self.absent[0]] == self.absent[1]:
            return True
        lines = [row for code, row in zip(codes, rows, strict=True) if code == self.record]
        stated, *off_stated = [amount.of(ends) for amount in self.totals]
        found, *off_found = [sum(map(amount.of, lines)) for amount in self.amounts]
        return stated - sum(off_stated) == found - sum(off_found)


def _amounts(at: dict[str, int], *amounts: totals.Amount | None) -> tuple[_Amount, ...]:
    return tuple(
        _Amount(at[item.amount.name], at[item.sign.name], totals.CREDIT.ljust(item.sign.length))
        for item in amounts
        if item
    )


def _absent(at: dict[str, int], message: MessageType, total: Field) -> tuple[int, str] | None:
    if total.presence == "M" or not total.rule.absent_with:
        return None
    told = message.header_field(total.rule.absent_with)
    return at[told.name], told.blank


def accept_totals(name: str) -> tuple[Total, ...]:
    """Return the total checks of a message type."""
    at = value_indexes(name)
    behind = len(at[HEADER])
    ends = at[HEADER] | {field: behind + place for field, place in at[TRAILER].items()}
    return tuple(
        Total(
            record=item.record,
            absent=_absent(ends, catalogue().one(name), item.total.amount),
            totals=_amounts(ends, item.total, item.minus_total),
            amounts=_amounts(at[item.record], item.amount, item.minus_amount),
        )
        for item in totals.of(name)
    )
