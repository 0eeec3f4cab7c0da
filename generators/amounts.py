"""Totals that add up, once all lines of a declaration are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from generators.agreements import CREDIT, DEBIT
from generators.content import Content
from generators.derive import derive, pairs_of_keys
from generators.draw import NO_CHANCE, Draw
from schemas.mapping import mapped
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import HEADER, TRAILER
from schemas.totals import Amount, Total, of


@cache
def _keys_21(name: str, record: str) -> dict[str, str]:
    """For each field of a record the key of its element."""
    records = (HEADER, TRAILER) if record == HEADER else (record,)
    return {pair.field.name: pair.keys[0] for code in records for pair in mapped(name)[code]}


def _signed(line: Node, amount: Amount, keys: Mapping[str, str]) -> int:
    number = int(line.get(keys.get(amount.amount.name, amount.amount.name), "0"))
    sign = line.get(keys.get(amount.sign.name, amount.sign.name))
    return -number if sign == CREDIT else number


def _set(values: dict[str, str], amount: Amount, keys: Mapping[str, str], number: int) -> None:
    field = amount.amount
    text = str(abs(number))
    in_21 = field.name in keys
    values[keys.get(field.name, field.name)] = text if in_21 else text.zfill(field.length)
    values[keys.get(amount.sign.name, amount.sign.name)] = CREDIT if number < 0 else DEBIT


def _fill(rest: int, message: MessageType, tree: Node, total: Total, in_21: bool) -> dict[str, str]:
    """The values of a total, where the header has it; `rest` is in both totals of a difference."""
    keys = _keys_21(message.name, total.record) if in_21 else {}
    own = _keys_21(message.name, HEADER) if in_21 else {}
    total_key = own.get(total.total.amount.name, total.total.amount.name)
    header: dict[str, str] = {}
    if total.total.amount.presence != "M" and not tree.get(total_key):
        return header
    _set(header, total.total, own, rest + _sum(tree, total, total.amount, keys))
    if total.minus_total and total.minus_amount:
        _set(header, total.minus_total, own, rest + _sum(tree, total, total.minus_amount, keys))
    return header


def _sum(tree: Node, total: Total, amount: Amount, keys: Mapping[str, str]) -> int:
    return sum(_signed(line, amount, keys) for line in tree.walk() if line.record == total.record)


def _rest(draw: Draw, total: Total) -> int:
    """What was declared and fully granted: it does not come back, but stays in both totals."""
    return draw.between(0, 500_000) if total.minus_total else 0


def fill_21(draw: Draw, message: MessageType, root: Content) -> None:
    """Set the totals in the header of a content that was drawn as 2.1."""
    for total in of(message.name):
        _fill_all(draw, message, root, total, _rest(draw, total))


def _fill_all(draw: Draw, message: MessageType, root: Content, total: Total, rest: int) -> None:
    values = _fill(rest, message, root.source_21, total, True)
    derive(draw, pairs_of_keys(message.name, HEADER, tuple(values)), root, values)


def fill_20(draw: Draw, message: MessageType, root: Content) -> None:
    """Set the totals of a content that was drawn as 2.0."""
    for total in of(message.name):
        root.source_20.own |= _fill(_rest(draw, total), message, root.source_20, total, False)


def rests(message: MessageType, root: Content) -> list[int]:
    """What each total holds besides the lines of the message."""
    tree, header = root.source_21, _keys_21(message.name, HEADER)
    return [
        _signed(tree, total.total, header)
        - _sum(tree, total, total.amount, _keys_21(message.name, total.record))
        if total.minus_total
        else 0
        for total in of(message.name)
    ]


def fill_again(message: MessageType, root: Content, rests: Sequence[int]) -> None:
    """Set the totals of a content of which lines were taken out; `rests` as it was before."""
    for total, rest in zip(of(message.name), rests, strict=True):
        _fill_all(NO_CHANCE, message, root, total, rest)
