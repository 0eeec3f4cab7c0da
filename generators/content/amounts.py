"""Computes the totals of a declaration once all its lines are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from generators.content.content import Content
from generators.content.derive import derive, pairs_of_keys
from generators.values.agreements import CREDIT, DEBIT
from generators.values.draw import Draw
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


def fill_21(draw: Draw, message: MessageType, root: Content) -> None:
    """Set the totals among the 2.1 elements of a content; lines too large for them become less."""
    rests = [_rest(draw, total) for total in of(message.name)]
    for total, rest in zip(of(message.name), rests, strict=True):
        if _is_present(total, root.values.source_21, _header(message)):
            _make_room(message, _lines_21(root, total), total, rest)
    for total, rest in zip(of(message.name), rests, strict=True):
        root.values.source_21 |= _totals_21(message, root, total, rest)


def _make_room(
    message: MessageType, lines: Sequence[dict[str, str]], total: Total, rest: int
) -> None:
    """Give lines the amounts of the least, from the largest on, until their sum fits a total."""
    keys = _keys_21(message.name, total.record)
    added = filter(None, (total.amount, total.minus_amount))
    for amount, of_total in zip(added, _amounts(total), strict=True):
        number = rest + _sum(lines, amount, keys)
        over = abs(number) - (10**of_total.amount.length - 1)
        if over > 0:
            sizes = [_signed(line, amount, keys) * (1 if number > 0 else -1) for line in lines]
            _lessen(lines, sizes, over, _group(keys[amount.amount.name]))


def _lessen(lines: Sequence[dict[str, str]], sizes: Sequence[int], over: int, group: str) -> None:
    """Copy a group of amounts from the least line of a sign, until they are `over` less in all."""
    places = sorted((place for place, size in enumerate(sizes) if size > 0), key=sizes.__getitem__)
    least = {key: value for key, value in lines[places[0]].items() if key.startswith(group)}
    while over > 0 and len(places) > 1:
        place = places.pop()
        over -= sizes[place] - sizes[places[0]]
        for key in [key for key in lines[place] if key.startswith(group)]:
            del lines[place][key]
        lines[place].update(least)


def _group(key: str) -> str:
    """Return the start of the keys that agree with an amount."""
    return f"{key.partition('/')[0]}/"


def fill_again(message: MessageType, root: Content, rests: Sequence[int]) -> None:
    """Recompute the totals after lines were removed; `rests` are those from before."""
    for total, rest in zip(of(message.name), rests, strict=True):
        if drawn := _totals_21(message, root, total, rest):
            derive(pairs_of_keys(message.name, HEADER, tuple(drawn)), root.values, drawn)


def _totals_21(message: MessageType, root: Content, total: Total, rest: int) -> dict[str, str]:
    """Return a total and its subtrahend with their signs, by key, if these are present."""
    header, found = _header(message), dict[str, str]()
    if _is_present(total, root.values.source_21, header):
        added = _sums(total, _lines_21(root, total), _keys_21(message.name, total.record))
        for amount, number in zip(_amounts(total), added, strict=True):
            key, sign = header[amount.amount.name], header[amount.sign.name]
            found[key], found[sign] = _said(rest + number)
    return found
