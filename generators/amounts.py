"""Totals that add up, once all lines of a declaration are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generators.agreements import CREDIT, DEBIT
from generators.content import Content
from generators.draw import Draw
from schemas.mapping import mapped
from schemas.messages import MessageType
from schemas.records import HEADER, TRAILER
from schemas.totals import Amount, Total, of


@cache
def _keys_21(name: str, record: str) -> dict[str, str]:
    """For each field of a record the key of its element."""
    records = (HEADER, TRAILER) if record == HEADER else (record,)
    return {pair.field.name: pair.keys[0] for code in records for pair in mapped(name)[code]}


def _signed(values: Mapping[str, str], amount: Amount, keys: Mapping[str, str]) -> int:
    number = int(values.get(keys.get(amount.amount.name, amount.amount.name), "0"))
    sign = values.get(keys.get(amount.sign.name, amount.sign.name))
    return -number if sign == CREDIT else number


def _set(values: dict[str, str], amount: Amount, keys: Mapping[str, str], number: int) -> None:
    field = amount.amount
    text = str(abs(number))
    in_21 = field.name in keys
    values[keys.get(field.name, field.name)] = text if in_21 else text.zfill(field.length)
    values[keys.get(amount.sign.name, amount.sign.name)] = CREDIT if number < 0 else DEBIT


def _fill(
    draw: Draw,
    message: MessageType,
    root: Content,
    total: Total,
    header: dict[str, str],
    in_21: bool,
) -> None:
    keys = _keys_21(message.name, total.record) if in_21 else {}
    own = _keys_21(message.name, HEADER) if in_21 else {}
    total_key = own.get(total.total.amount.name, total.total.amount.name)
    if total.total.amount.presence != "M" and total_key not in header:
        return
    lines = [item.v21 if in_21 else item.v20 for item in root.walk() if item.record == total.record]
    # What was declared and fully granted does not come back, but stays in both totals.
    rest = draw.between(0, 500_000) if total.minus_total else 0
    _set(header, total.total, own, rest + sum(_signed(line, total.amount, keys) for line in lines))
    if total.minus_total and total.minus_amount:
        granted = sum(_signed(line, total.minus_amount, keys) for line in lines)
        _set(header, total.minus_total, own, rest + granted)


def fill_21(draw: Draw, message: MessageType, root: Content, header: dict[str, str]) -> None:
    """Set the totals in the header of a content that was drawn as 2.1."""
    for total in of(message.name):
        _fill(draw, message, root, total, header, True)


def fill_20(draw: Draw, message: MessageType, root: Content) -> None:
    """Set the totals of a content that was drawn as 2.0."""
    for total in of(message.name):
        _fill(draw, message, root, total, root.v20, False)
