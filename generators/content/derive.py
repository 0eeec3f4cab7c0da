"""Derives 2.0 values from 2.1 values, and what each conversion must keep.

This is the oracle: it follows the rows of the mapping and shares no code with the converter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import methodcaller

from generators.content.sides import SOURCE, Values
from generators.values.absence import says_zero
from generators.values.specs import BOTH
from schemas.facts import fills
from schemas.facts.mapping_rules import MapRow, Rule
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER
from schemas.mapping.field_pairs import Mapped, mapped

_ONLY_20_SHARE = 0.15
# So many marks are tried to find one by which no field has a code that only 2.0 has.
_MARKS = 1009
# A field with the same value in both releases: its key, name, 2.0 notation, 2.0 blank, and whether
# 2.0 may truncate it.
_Plain = tuple[str, str, Callable[[str], str] | None, str, bool]


@dataclass(frozen=True)
class Pairs:
    """The mapped fields of some elements; the values of `special` ones need mapping."""

    constants: dict[str, str]
    plain: tuple[_Plain, ...]
    special: tuple[Mapped, ...]


@cache
def pairs_by_record(name: str) -> dict[str, tuple[Mapped, ...]]:
    """Return the mapped fields of each record; those of the trailer count as the header's."""
    found = dict(mapped(name))
    found[HEADER] = (*found[HEADER], *found.pop(TRAILER))
    return found


def pairs_of(name: str, record: str, keys: Iterable[str]) -> Pairs:
    """Return the mapped fields of some elements of a record; repeating ones without their place."""
    listed = {*keys}
    return _compiled(
        pair
        for pair in pairs_by_record(name)[record]
        if any(key.partition("[")[0] in listed for key in pair.keys)
    )


@cache
def pairs_of_keys(name: str, record: str, keys: tuple[str, ...]) -> Pairs:
    """Return the mapped fields of some elements of a record."""
    return _compiled(pair for pair in pairs_by_record(name)[record] if pair.keys[0] in keys)


def derive(pairs: Pairs, values: Values, drawn: dict[str, str], mark: float = 0.0) -> None:
    """Add 2.1 elements to the values on all sides; `pairs` are their mapped fields.

    By `mark`, in [0, 1), one of several 2.0 codes is chosen.
    """
    told, said, back = values.source_20, values.expected_21, values.expected_20
    if drawn is not values.source_21:
        values.source_21.update(drawn)
    if pairs.constants:
        values.source_21.update(pairs.constants)
        said.update(pairs.constants)
    for key, name, notation, blank, is_cut in pairs.plain:
        if (value := drawn.get(key)) is None:
            continue
        if (written := notation(value) if notation else value) == blank:
            continue
        told[name] = back[name] = written
        if is_cut and written != value:
            values.cut += 1
            value = written
        said[key] = value
    for pair in pairs.special:
        # Several elements share one 2.0 field; the first present one wins.
        for key in pair.keys:
            if key in drawn:
                _special(values, pair, key, drawn[key], mark)
                break


def header_code(message: MessageType, values: Values) -> None:
    """Set the header code that 2.0 writes where 2.1 leaves it out."""
    code = fills.header_code(message.name)
    if code is None:
        return
    if not values.source_21.get(f"{code.key}[1]"):
        values.source_20[code.field] = values.expected_20[code.field] = code.value
        return
    told = {key: said for key, said in values.expected_21.items() if key.startswith(f"{code.key}[")}
    if code.optional_21 and list(told.values()) == [code.value]:
        del values.expected_21[min(told)]


def for_one_release(values: Values, release: str) -> None:
    """Clear all sides but the source, if the values were drawn for one release."""
    if release != BOTH:
        for side, listed in enumerate(values.of):
            if side != SOURCE[release]:
                listed.clear()


def _compiled(pairs: Iterable[Mapped]) -> Pairs:
    constants: dict[str, str] = {}
    plain: list[_Plain] = []
    special: list[Mapped] = []
    for pair in pairs:
        rule = pair.field.rule
        if rule.role == "constant":
            constants[pair.keys[0]] = rule.back
        elif rule.map or rule.fallback or len(pair.keys) > 1:
            special.append(pair)
        else:
            plain.append(_plain(pair, pair.keys[0]))
    return Pairs(constants, tuple(plain), tuple(special))


def _plain(pair: Mapped, key: str) -> _Plain:
    field = pair.field
    blank = "" if says_zero(field) else field.blank
    return key, field.name, _notation(pair), blank, bool(field.rule.cut)


@cache
def _alone(pair: Mapped, key: str) -> Pairs:
    return Pairs({}, (_plain(pair, key),), ())


def _notation(pair: Mapped) -> Callable[[str], str] | None:
    """Return the function that writes a 2.1 value in 2.0: zero-filled, or truncated if allowed.

    None stands for the same text.
    """
    field, length, cut = pair.field, pair.field.length, pair.field.rule.cut
    if field.rule.codec == "date":
        return methodcaller("replace", "-", "")
    if field.rule.codec == "time":
        return lambda value: value[:2] + value[3:5] + value[6:]
    if field.is_number:
        return methodcaller("zfill", length)
    return (lambda value: value[:cut].rstrip()) if cut else None


def _special(values: Values, pair: Mapped, key: str, value: str, mark: float) -> None:
    rule = pair.field.rule
    # Each field of a record must choose for itself.
    mark = mark * pair.field.start % 1.0
    if rule.map and _mapped_code(values, pair, key, value, mark):
        return
    if rule.fallback:
        _fallback_code(values, pair, key, value, mark)
    else:
        derive(_alone(pair, key), values, {key: value})


def _mapped_code(values: Values, pair: Mapped, key: str, value: str, mark: float) -> bool:
    """Set a value whose code differs between the releases; False if the map does not list it."""
    rule, name = pair.field.rule, pair.field.name
    rows = _rows(rule).get(value)
    if not rows:
        return False
    row = rows[int(mark * len(rows))]
    back = next((item for item in rows if item.back == "yes"), None)
    if row.code_20:
        values.source_20[name] = row.code_20
        values.expected_21[key] = value
    if back:
        values.expected_20[name] = back.code_20
    return True


@cache
def _rows(rule: Rule) -> dict[str, tuple[MapRow, ...]]:
    """Return the rows of a map by 2.1 code."""
    found: dict[str, tuple[MapRow, ...]] = {}
    for row in rule.map:
        found[row.code_21] = (*found.get(row.code_21, ()), row)
    return found


def _fallback_code(values: Values, pair: Mapped, key: str, value: str, mark: float) -> None:
    """Set a code that one release may lack, which the fallback then replaces."""
    name, fallback = pair.field.name, pair.field.rule.fallback
    listed = pair.field.codelist
    only_20 = _codes_only_20(pair) if mark < _ONLY_20_SHARE else ()
    if only_20:
        values.source_20[name] = only_20[int(mark / _ONLY_20_SHARE * len(only_20))]
        values.source_21[key] = values.expected_21[key] = fallback
        values.expected_20[name] = fallback
    else:
        known = listed is None or value in listed.valid("2.0")
        kept = value if known else fallback
        values.source_20[name] = values.expected_20[name] = kept
        values.expected_21[key] = kept


@cache
def _codes_only_20(pair: Mapped) -> tuple[str, ...]:
    """The codes of a field that 2.1 lacks and its fallback replaces."""
    listed = pair.field.codelist
    if listed is None or not pair.field.rule.fallback:
        return ()
    return tuple(sorted(set(listed.valid("2.0")) - set(listed.valid("2.1"))))


def only_20_marks(name: str, record: str, key: str) -> list[float]:
    """Return the marks by which the field of an element has each code that only 2.0 has."""
    for pair in pairs_by_record(name)[record]:
        if key in pair.keys:
            count = len(_codes_only_20(pair))
            return [
                (place + 0.5) / count * _ONLY_20_SHARE / pair.field.start for place in range(count)
            ]
    return []


def shared_mark(name: str, record: str) -> float:
    """Return a mark by which no field of a record has a code that only 2.0 has."""
    starts = [
        pair.field.start for pair in pairs_by_record(name)[record] if pair.field.rule.fallback
    ]
    tried = (number / _MARKS for number in range(_MARKS))
    return next(
        mark for mark in tried if all(mark * start % 1.0 >= _ONLY_20_SHARE for start in starts)
    )
