"""What a kind of fault does to a 2.0 message: to fields, records and lines."""

from __future__ import annotations

from collections.abc import Callable

from schemas.facts.records import Field
from tests.suts.fault_kinds.kinds import Kind
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_kinds.value_changes import CHANGES
from tests.suts.spoiling import Records

_BYTES: dict[str, Callable[[list[str]], str]] = {
    "end records with LF": lambda lines: "".join(f"{line}\n" for line in lines),
    "leave out the last line end": "\r\n".join,
    "write empty lines": lambda lines: "".join(f"{line}\r\n\r\n" for line in lines),
}


def change(records: Records, kind: Kind, spot: Spot) -> bytes:
    """A message spoilt at a spot."""
    if kind.does in _BYTES:
        return _BYTES[kind.does](records.lines).encode("iso-8859-1")
    if kind.does in _RECORDS:
        _RECORDS[kind.does](records, spot)
    else:
        _change_values(records, kind, spot)
    return records.write()


def _field(records: Records, spot: Spot) -> Field:
    found = records.message.records[spot.record].fields
    return next(item for item in found if item.start == spot.start)


def _change_values(records: Records, kind: Kind, spot: Spot) -> None:
    field = _field(records, spot)
    places = records.of(spot.record)
    if kind.of == "later":
        places = places[1:]
    if kind.of == "last":
        places = places[-1:]
    for place in places:
        line = records.lines[place]
        known = line[field.start - 1 : field.end]
        is_absent = known == field.blank
        if is_absent == (kind.when == "absent") or kind.when == "either":
            value = known if field.is_number else known.rstrip(" ")
            records.lines[place] = _written(line, field, CHANGES[kind.does](value, spot))


def _written(line: str, field: Field, value: str) -> str:
    """The record with another value in a field, padded and cut as its type asks."""
    if len(value) != field.length:
        value = value.zfill(field.length) if field.is_number else value.ljust(field.length)
        value = value[-field.length :] if field.is_number else value[: field.length]
    return line[: field.start - 1] + value + line[field.end :]


def _blocks(records: Records, spot: Spot) -> list[tuple[int, int]]:
    """Where each record of a kind starts and ends, with all that stands below it."""
    below, grown = {spot.record, "98"}, True
    kinds = records.message.records.values()
    while grown:
        more = {item.code for item in kinds if item.parent in below - {"98"}} - below
        below |= more
        grown = bool(more)
    found = []
    for place in records.of(spot.record):
        end = place + 1
        inside = below - {spot.record}
        while records.lines[end][:2] in inside:
            end += 1
        found.append((place, end))
    return found


def _families(records: Records, spot: Spot) -> list[list[tuple[int, int]]]:
    """The records of a kind that stand behind each other, with all below them."""
    found: list[list[tuple[int, int]]] = []
    for start, end in _blocks(records, spot):
        if found and found[-1][-1][1] == start:
            found[-1].append((start, end))
        else:
            found.append([(start, end)])
    return found


def _lose_the_last_of_more(records: Records, spot: Spot) -> None:
    for family in reversed(_families(records, spot)):
        if len(family) > 1:
            del records.lines[slice(*family[-1])]
    records.count_again()


def _lose_the_first_of_more(records: Records, spot: Spot) -> None:
    for family in reversed(_families(records, spot)):
        if len(family) > 1:
            del records.lines[slice(*family[0])]
    records.count_again()


def _double_the_last(records: Records, spot: Spot) -> None:
    for start, end in _blocks(records, spot)[-1:]:
        records.lines[end:end] = records.lines[start:end]
    records.count_again()


def _lose_uncounted(records: Records, spot: Spot) -> None:
    family = max(_families(records, spot), key=len, default=[])
    if len(family) > 1:
        del records.lines[slice(*family[-1])]


def _turn_round(records: Records, spot: Spot) -> None:
    for family in _families(records, spot):
        blocks = [records.lines[start:end] for start, end in reversed(family)]
        records.lines[family[0][0] : family[-1][1]] = [line for block in blocks for line in block]
    records.count_again()


def _leave_out(records: Records, spot: Spot) -> None:
    for place in reversed(records.of(spot.record)):
        del records.lines[place]


def _write_twice(records: Records, spot: Spot) -> None:
    place = records.of(spot.record)[0]
    records.lines.insert(place, records.lines[place])


def _lengthen(records: Records, spot: Spot) -> None:
    for place in records.of(spot.record):
        records.lines[place] += " "


def _shorten(records: Records, spot: Spot) -> None:
    for place in records.of(spot.record):
        records.lines[place] = records.lines[place][:-1]


def _strip(records: Records, spot: Spot) -> None:
    for place in records.of(spot.record):
        records.lines[place] = records.lines[place].rstrip()


def _mark_wrongly(records: Records, spot: Spot) -> None:
    for place in records.of(spot.record):
        records.lines[place] = f"88{records.lines[place][2:]}"


def _take_from_the_first(records: Records, spot: Spot) -> None:
    field, (first, *others) = _field(records, spot), records.of(spot.record) or [0]
    value = records.lines[first][field.start - 1 : field.end]
    for place in others:
        records.lines[place] = _written(records.lines[place], field, value)


def _exchange_the_first_two(records: Records, spot: Spot) -> None:
    field, places = _field(records, spot), records.of(spot.record)[:2]
    values = [records.lines[place][field.start - 1 : field.end] for place in places]
    for place, value in zip(places, reversed(values), strict=True):
        records.lines[place] = _written(records.lines[place], field, value)


def _sort_by_kind(records: Records, _: Spot) -> None:
    records.lines[1:-1] = sorted(records.lines[1:-1], key=lambda line: line[:2])


_RECORDS: dict[str, Callable[[Records, Spot], None]] = {
    function.__name__.replace("_", " ").strip(): function
    for function in (
        _lose_the_last_of_more,
        _lose_the_first_of_more,
        _double_the_last,
        _lose_uncounted,
        _turn_round,
        _leave_out,
        _write_twice,
        _lengthen,
        _shorten,
        _strip,
        _mark_wrongly,
        _take_from_the_first,
        _exchange_the_first_two,
        _sort_by_kind,
    )
}
