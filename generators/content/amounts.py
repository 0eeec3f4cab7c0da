"""Computes the totals of a declaration once all its lines are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from generators.content.content import Content
from generators.content.derive import derive, pairs_of_keys
from generators.values.agreements import CREDIT, DEBIT
from generators.values.draw import NO_CHANCE, Draw
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER
from schemas.facts.totals import Amount, Total, of
from schemas.mapping.field_pairs import mapped


@cache
def _keys_21(name: str, record: str) -> dict[str, str]:
    """Return the element key of each field of a record."""
    records = (HEADER, TRAILER) if record == HEADER else (record,)
    return {pair.field.name: pair.keys[0] for code in records for pair in mapped(name)[code]}


def _signed(values: Mapping[str, str], amount: Amount, keys: Mapping[str, str]) -> int:
    number = int(values.get(keys.get(amount.amount.name, amount.amount.name), "0"))
    sign = values.get(keys.get(amount.sign.name, amount.sign.name))
    return -number if sign == CREDIT else number


def signed_21(message: MessageType, record: str, values: Mapping[str, str]) -> tuple[int, ...]:
    """Return what a record adds to each total of a message and to its subtrahend (eurocents)."""
    found: list[int] = []
    for total in of(message.name):
        for amount in (total.amount, total.minus_amount):
            counts = amount is not None and total.record == record
            keys = _keys_21(message.name, record) if counts else {}
            found.append(_signed(values, amount, keys) if amount and counts else 0)
    return tuple(found) if any(found) else ()


def present_21(message: MessageType, record: str, values: Mapping[str, str]) -> tuple[bool, ...]:
    """Return which totals are present in a record with these values."""
    return tuple(
        record == HEADER and _is_present(total, values, _header(message))
        for total in of(message.name)
    )


def keys_21(message: MessageType, present: Sequence[bool]) -> Iterator[str]:
    """Yield the keys of the present totals: for each the amount and its sign."""
    header = _header(message)
    for total, is_there in zip(of(message.name), present, strict=True):
        for amount in _amounts(total) if is_there else ():
            yield header[amount.amount.name]
            yield header[amount.sign.name]


def drawn_21(draw: Draw, message: MessageType, content: Content) -> Iterator[str]:
    """Yield the texts of the totals in the header of a content, in the order of `keys_21`."""
    assert content.prefab is not None
    totals = of(message.name)
    rests = [_rest(draw, total) for total in totals]
    lines = [line.prefab.amounts for line in content.walk() if line.prefab and line.prefab.amounts]
    for place, total in enumerate(totals):
        is_there = content.prefab.drawn_part.totals[place]
        for minus, _ in enumerate(_amounts(total) if is_there else ()):
            yield from _said(rests[place] + sum(line[2 * place + minus] for line in lines))


def _header(message: MessageType) -> dict[str, str]:
    return _keys_21(message.name, HEADER)


def _is_present(total: Total, values: Mapping[str, str], keys: Mapping[str, str]) -> bool:
    name = total.total.amount.name
    return total.total.amount.presence == "M" or bool(values.get(keys.get(name, name)))


def _amounts(total: Total) -> tuple[Amount, ...]:
    return (total.total, total.minus_total) if total.minus_total else (total.total,)


def _said(number: int) -> tuple[str, str]:
    return str(abs(number)), CREDIT if number < 0 else DEBIT


def _rest(draw: Draw, total: Total) -> int:
    """Draw what was declared and fully granted: not returned, but in both totals (eurocents)."""
    return draw.between(0, 500_000) if total.minus_total else 0


def _sum(lines: Sequence[Mapping[str, str]], amount: Amount, keys: Mapping[str, str]) -> int:
    return sum(_signed(line, amount, keys) for line in lines)


def _sums(total: Total, lines: Sequence[Mapping[str, str]], keys: Mapping[str, str]) -> list[int]:
    amounts = filter(None, (total.amount, total.minus_amount))
    return [_sum(lines, amount, keys) for amount in amounts]


def fill_20(draw: Draw, message: MessageType, root: Content) -> None:
    """Set the totals of a content drawn as 2.0."""
    values = root.values.source_20
    for total in of(message.name):
        rest = _rest(draw, total)
        lines = [item.values.source_20 for item in root.walk() if item.record == total.record]
        if not _is_present(total, values, {}):
            continue
        for amount, added in zip(_amounts(total), _sums(total, lines, {}), strict=True):
            text, values[amount.sign.name] = _said(rest + added)
            values[amount.amount.name] = text.zfill(amount.amount.length)


def _lines_21(root: Content, total: Total) -> list[dict[str, str]]:
    return [item.values.source_21 for item in root.walk() if item.record == total.record]


def rests(message: MessageType, root: Content) -> list[int]:
    """Return what each total holds besides the lines of the message, in eurocents."""
    header, values = _header(message), root.values.source_21
    return [
        _signed(values, total.total, header)
        - _sum(_lines_21(root, total), total.amount, _keys_21(message.name, total.record))
        if total.minus_total
        else 0
        for total in of(message.name)
    ]


def fill_again(message: MessageType, root: Content, rests: Sequence[int]) -> None:
    """Recompute the totals after lines were removed; `rests` are those from before."""
    header = _header(message)
    for total, rest in zip(of(message.name), rests, strict=True):
        if not _is_present(total, root.values.source_21, header):
            continue
        drawn: dict[str, str] = {}
        added = _sums(total, _lines_21(root, total), _keys_21(message.name, total.record))
        for amount, number in zip(_amounts(total), added, strict=True):
            drawn[header[amount.amount.name]], drawn[header[amount.sign.name]] = _said(
                rest + number
            )
        derive(NO_CHANCE, pairs_of_keys(message.name, HEADER, tuple(drawn)), root.values, drawn)
