"""Derives the expected 2.1 values of a 2.0 record, field by field from the mapping rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from schemas.errors import Refused
from schemas.facts import fills
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.mapping.field_pairs import Mapped, mapped

# Cache size for converted values.
REMEMBERED = 4096
# Whether the filled text of a field is a value, given all values of its record.
_IsSaid = Callable[[str, Mapping[str, str]], bool]
# A mapped field, its name, whether its text is padded, and when it is a value (None: constant).
_Told = tuple[Mapped, str, bool, _IsSaid | None]


@cache
def pairs_of(name: str) -> dict[str, tuple[Mapped, ...]]:
    """Return the mapped fields of each record; the header's include the trailer's."""
    found = dict(mapped(name))
    return found | {HEADER: (*found[HEADER], *found.pop(TRAILER))}


def values_21(message: MessageType, record: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the expected elements of a record's class, except those where any value will do.

    Raises Refused for a value that 2.1 cannot express.
    """
    found: dict[str, str] = {}
    for pair, name, is_padded, is_said in _told(message.name)[record]:
        if is_said is None:
            found[pair.keys[0]] = pair.field.rule.back
            continue
        text = values.get(name, "")
        if is_padded:
            text = text.rstrip(" ")
        if text and is_said(text, values):
            key, value = element_and_value(pair, text)
            found[key] = value
    if record in _repeating(message.name):
        _stand_together(found)
    if record == HEADER:
        _without_code(message, found)
    return found


@cache
def _told(name: str) -> dict[str, tuple[_Told, ...]]:
    """Return how each mapped field of each record is told in 2.1."""
    return {record: tuple(map(_as_told, pairs)) for record, pairs in pairs_of(name).items()}


def _as_told(pair: Mapped) -> _Told:
    field = pair.field
    is_said = None if field.rule.role == "constant" else _presence(field)
    return pair, field.name, field.rule.role != "comment-text", is_said


@cache
def _repeating(name: str) -> frozenset[str]:
    """Return the records with fields that become repeating elements."""
    every = pairs_of(name).items()
    return frozenset(
        record
        for record, pairs in every
        if any(key.endswith("]") for pair in pairs for key in pair.keys)
    )


def _presence(field: Field) -> _IsSaid:
    """Return whether the filled text of a field is a value, by the absence rule of its row."""
    absent = field.rule.absent
    if absent == "never":
        return lambda *_: True
    if absent.startswith("with "):
        other = absent.removeprefix("with ")
        return lambda _text, values: bool(values.get(other, "").strip())
    if not field.is_number:
        return lambda *_: True
    listed = field.codelist.valid("2.0") if field.codelist else {}
    return lambda text, _: bool(text.strip("0")) or text in listed


# Dates, codes and small numbers recur often.
@lru_cache(maxsize=REMEMBERED)
def element_and_value(pair: Mapped, text: str) -> tuple[str, str]:
    """Return the element that a filled 2.0 value goes to, and its value there.

    Raises Refused for a value that 2.1 cannot express.
    """
    rule = pair.field.rule
    value = next((row.code_21 for row in rule.map if row.code_20 == text), "")
    value = value or _written(pair, text)
    for key, element in zip(pair.keys, pair.elements, strict=True):
        if element.accepts(value):
            return key, value
    if rule.fallback:
        return pair.keys[0], rule.fallback
    what = f"{text!r} of {pair.field.name} (record {pair.field.record}) has no place in 2.1"
    raise Refused("OUT-VALUE", what)


def _written(pair: Mapped, text: str) -> str:
    """Return a value in 2.1 notation; numbers lose their leading zeros."""
    kind = pair.elements[0].type
    if pair.field.rule.codec == "date":
        return "-".join((text[:4], text[4:6], text[6:]))
    if pair.field.rule.codec == "time":
        return ":".join((text[:2], text[2:4], text[4:]))
    is_number = kind is not None and kind.base == "integer" and kind.codelist is None
    return str(int(text)) if is_number and pair.field.is_number else text


def _stand_together(found: dict[str, str]) -> None:
    """Renumber repeating elements to close the gaps of empty fields."""
    repeated: dict[str, list[str]] = {}
    for key in sorted(key for key in found if key.endswith("]")):
        repeated.setdefault(key.partition("[")[0], []).append(found.pop(key))
    for name, listed in repeated.items():
        found |= numbered(name, listed)


def numbered(name: str, listed: Iterable[str]) -> dict[str, str]:
    """Return the values of a repeating element by node key."""
    return {f"{name}[{place}]": value for place, value in enumerate(listed, 1)}


def _without_code(message: MessageType, found: dict[str, str]) -> None:
    """Remove the header code where 2.1 may omit it and it only says that all is well."""
    code = fills.header_code(message.name)
    if code is None or not code.optional_21:
        return
    told = [key for key in found if key.startswith(f"{code.key}[")]
    if [found[key] for key in told] == [code.value]:
        del found[told[0]]
